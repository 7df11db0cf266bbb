"""Tables of members: what they add, leave and refuse."""

from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from core.tables import TableError
from core.verbs import Conflict
from councils.actions.imports import import_members
from councils.exchange import MembersPlan, make_plan
from councils.membercolumns import read_rows
from councils.models import Council, Membership, Person
from tests.conftest import Land, browser_of
from tests.councils.made import make_council, make_member, make_person, make_seat

TABLE = """naam;mandaat;vanaf;functie;geslacht;besluit van;besluit nummer
Lid A;lid;1-1-2026;voorzitter;v;15-12-2025;2025/9
Lid B;plaatsvervanger;2026-01-01;;m;;
"""


@pytest.fixture
def council(land: Land) -> Council:
    council = make_council(land.municipality, land["bergen"], slug="dorpsraad")
    make_seat(council, "substitute")
    return council


def planned(council: Council, text: str, *, sees_gender: bool = True) -> MembersPlan:
    """What a table would do, as its secretary reads it."""
    return make_plan(council, read_rows(BytesIO(text.encode())), sees_gender=sees_gender)


def brought(council: Council, text: str, by: Any, **more: Any) -> MembersPlan:
    """A table that comes in."""
    return import_members(council=council, rows=read_rows(BytesIO(text.encode())), by=by, **more)


def test_members_are_appointed_with_their_decision_or_without(
    council: Council, cast: dict[str, User]
) -> None:
    brought(council, TABLE, cast["secretary"])
    one, other = council.memberships.order_by("person__name").select_related("person", "seat")
    assert (one.person.gender, one.has_decision, one.offices.get().kind) == ("f", True, "chair")
    assert (other.seat.mandate, other.has_decision) == ("substitute", False)
    again = brought(council, TABLE, cast["secretary"])
    assert (len(again.same), len(again.added), Membership.objects.count()) == (2, 0, 2)


def test_who_is_known_is_not_made_twice(council: Council, cast: dict[str, User]) -> None:
    known = make_person(council.municipality, name="lid a", email="a@voorbeeld.example")
    brought(council, TABLE, cast["secretary"])
    assert Membership.objects.get(person=known).council == council
    make_person(council.municipality, name="Lid B")
    other = make_council(council.municipality)
    twice = planned(other, TABLE).refused
    assert "Meerdere mensen" in twice[-1].reasons[-1]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Lid;lid;gisteren", "geen datum"),
        ("Lid;koning;2026-01-01", "is geen van"),
        ("Lid;waarnemer;2026-01-01", "plaatsen zijn er nog niet"),
        ("Lid;lid;2020-01-01", "geen zittingsperiode"),
        (";lid;2026-01-01", "een naam en een eerste dag"),
        ("=1+1;lid;2026-01-01", "formule"),
    ],
)
def test_what_is_wrong_is_said_and_left_out(council: Council, row: str, words: str) -> None:
    plan = planned(council, f"naam;mandaat;vanaf\n{row}\nLid goed;lid;2026-01-01\n")
    assert [one.name for one in plan.added] == ["Lid goed"]
    assert words in " ".join(plan.refused[0].reasons)


def test_nobody_sits_twice_at_a_time(council: Council) -> None:
    member = make_member(council)
    plan = planned(
        council, f"naam;vanaf\n{member.person.name};2026-01-01\nLid C;2026-01-01\nLid C;2026-02-01\n"
    )
    assert [row.outcome for row in plan.rows] == ["refuse", "add", "refuse"]


def test_a_column_that_nobody_knows_is_named(council: Council) -> None:
    with pytest.raises(TableError, match="haarkleur"):
        read_rows(BytesIO(b"naam;vanaf;haarkleur\nLid;2026-01-01;rood\n"))
    with pytest.raises(TableError, match="vanaf"):
        read_rows(BytesIO(b"naam\nLid\n"))


def test_gender_comes_in_by_the_secretary_alone(council: Council, cast: dict[str, User]) -> None:
    with pytest.raises(ValidationError, match="geslacht"):
        brought(council, TABLE, cast["steward"])
    assert not Person.objects.exists()


def test_what_changed_since_one_looked_is_not_brought_in(council: Council, cast: dict[str, User]) -> None:
    digest = planned(council, TABLE).digest
    brought(council, TABLE, cast["secretary"])
    with pytest.raises(Conflict):
        brought(council, TABLE, cast["secretary"], digest=digest)


def test_a_table_is_looked_at_before_it_comes_in(council: Council, cast: dict[str, User]) -> None:
    client = browser_of(cast["secretary"])
    file = SimpleUploadedFile("leden.csv", TABLE.encode(), "text/csv")
    page = client.post("/raden/inlezen/", {"council": council.pk, "file": file}, follow=True)
    text = page.content.decode()
    assert "Lid A" in text
    assert "vrouw" not in text
    assert not council.memberships.exists()
    url = page.redirect_chain[-1][0]
    digest = text.split('name="digest" value="')[1].split('"')[0]
    client.post(url, {"what": "confirm", "digest": digest, "confirm": "1"})
    assert council.memberships.count() == 2


def taken(council: Council, user: User, extension: str = "csv") -> bytes:
    """The table of members, as somebody takes it along."""
    answer = browser_of(user).get(f"/raden/{council.slug}/leden.{extension}")
    assert answer.status_code == 200
    return answer.getvalue()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_comes_back_as_it_was(council: Council, cast: dict[str, User], extension: str) -> None:
    brought(council, TABLE, cast["secretary"])
    council.memberships.update(delegation="=HYPERLINK(1)")
    Person.objects.update(postal_address="-Kerkplein 1")
    rows = read_rows(BytesIO(taken(council, cast["secretary"], extension)))
    assert "'=HYPERLINK(1)" in taken(council, cast["secretary"]).decode()
    plan = make_plan(council, rows, sees_gender=True)
    assert [one.outcome for one in plan.rows] == ["same", "same"]
    assert plan.missing == []


def test_gender_goes_out_for_who_may_know_it_alone(council: Council, cast: dict[str, User]) -> None:
    brought(council, TABLE, cast["secretary"])
    assert "geslacht" in taken(council, cast["secretary"]).decode()
    assert "geslacht" not in taken(council, cast["steward"]).decode()
    assert browser_of(cast["resident"]).get("/raden/dorpsraad/leden.csv").status_code == 404


def test_what_differs_of_who_sits_there_is_changed(council: Council, cast: dict[str, User]) -> None:
    brought(council, TABLE, cast["secretary"])
    text = (
        "naam;vanaf;spreekt voor;e-mail;geslacht;functie\n"
        "Lid A;2026-01-01;De harmonie;a@voorbeeld.example;x;\n"
        "Lid B;2026-01-01;;;m;secretaris\n"
    )
    plan = make_plan(council, read_rows(BytesIO(text.encode())), sees_gender=True)
    assert [one.outcome for one in plan.rows] == ["change", "change"]
    assert ("spreekt voor", "", "De harmonie") in plan.changed[0].changes
    assert ("geslacht", "", "") in plan.changed[0].changes
    done = brought(council, text, cast["secretary"], digest=plan.digest)
    one, other = council.memberships.order_by("person__name").select_related("person")
    assert (one.delegation, one.person.email, one.person.gender) == (
        "De harmonie",
        "a@voorbeeld.example",
        "x",
    )
    assert (one.decision_number, len(done.changed)) == ("2025/9", 2)
    assert not one.offices.current().exists()
    assert other.offices.current().get().kind == "secretary"
    assert len(brought(council, text, cast["secretary"]).same) == 2


def test_an_office_is_handed_over_by_a_table(council: Council, cast: dict[str, User]) -> None:
    brought(council, TABLE, cast["secretary"])
    text = "naam;vanaf;functie\nLid B;2026-01-01;voorzitter\nLid A;2026-01-01;\n"
    brought(council, text, cast["secretary"])
    one, other = council.memberships.order_by("person__name")
    assert not one.offices.current().exists()
    assert other.offices.current().get().kind == "chair"
    both = planned(council, "naam;vanaf;functie\nLid A;2026-01-01;voorzitter\nLid B;2026-01-01;voorzitter\n")
    assert [row.outcome for row in both.rows] == ["change", "refuse"]


def test_a_last_day_lets_somebody_leave(council: Council, cast: dict[str, User]) -> None:
    brought(council, TABLE, cast["secretary"])
    text = "naam;vanaf;tot;waarom gestopt\nLid A;2026-01-01;2026-11-30;ontslag genomen\n"
    plan = planned(council, text)
    assert [one.name for one in plan.ended] == ["Lid A"]
    assert [one.person.name for one in plan.missing] == ["Lid B"]
    brought(council, text, cast["secretary"])
    member = council.memberships.get(person__name="Lid A")
    assert (str(member.last_on), member.ended) == ("2026-11-30", "resigned")
    assert str(member.offices.get().last_on) == "2026-11-30"
    assert council.memberships.get(person__name="Lid B").last_on is None
    assert len(planned(council, "naam;vanaf;tot\nLid A;2026-01-01;\n").same) == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{key};Lid A;waarnemer;2026-01-01;", "benoem"),
        ("{key};Lid A;lid;2026-02-01;", "benoem"),
        ("{key};Lid A;lid;2026-01-01;2025-01-01", "laatste dag"),
        ("{key};=1+1;lid;2026-01-01;", "formule"),
        ("00000000-0000-0000-0000-000000000000;Lid A;lid;2026-01-01;", "Geen lid van deze raad"),
        ("niets;Lid A;lid;2026-01-01;", "geen kenmerk"),
    ],
)
def test_what_a_table_cannot_change_is_said(
    council: Council, cast: dict[str, User], row: str, words: str
) -> None:
    brought(council, TABLE, cast["secretary"])
    key = council.memberships.get(person__name="Lid A").uuid
    (refused,) = planned(council, f"id;naam;mandaat;vanaf;tot\n{row.format(key=key)}\n").rows
    assert refused.outcome == "refuse"
    assert words in " ".join(refused.reasons)


def test_a_name_is_mended_by_the_identifier(council: Council, cast: dict[str, User]) -> None:
    brought(council, TABLE, cast["secretary"])
    key = council.memberships.get(person__name="Lid A").uuid
    brought(council, f"id;naam;vanaf\n{key};Lid Anders;\n{key};Lid Nog;\n", cast["secretary"])
    assert council.memberships.get(uuid=key).person.name == "Lid Anders"


def test_a_table_tells_the_office_nothing_of_gender(council: Council, cast: dict[str, User]) -> None:
    """What the office guesses is not held against what is kept."""
    brought(council, TABLE, cast["secretary"])
    for guess in "vmx":
        (row,) = planned(council, f"naam;vanaf;geslacht\nLid A;2026-01-01;{guess}\n", sees_gender=False).rows
        assert (row.outcome, row.changes) == ("refuse", [])
