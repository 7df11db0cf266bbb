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
from councils.exchange import MembersPlan, make_plan, read_rows
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


def planned(council: Council, text: str) -> MembersPlan:
    """What a table would do."""
    return make_plan(council, read_rows(BytesIO(text.encode())))


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
