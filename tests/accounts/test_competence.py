"""Who is competent: the person follows from the field, the place and the date; two cannot be for the same."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import actions
from accounts.competence import competent_for, gaps, named, named_for
from accounts.models import Competence, MandateHolder, PolicyField, User
from areas.models import CalendarPeriod
from core.verbs import Conflict, Refused
from tests.accounts.helpers import FIRST
from tests.conftest import OPERATOR, Land, make_municipality

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 3, 10)


@pytest.fixture
def field(land: Land) -> PolicyField:
    return actions.add_policy_field(by=OPERATOR, municipality=land.municipality, name="Mobiliteit")


def holder(land: Land, name: str, **fields: Any) -> MandateHolder:
    return actions.name_holder(by=OPERATOR, municipality=land.municipality, name=name, **fields)


def competent(land: Land, who: MandateHolder, **fields: Any) -> list[Competence]:
    values: dict[str, Any] = {"valid_from": FIRST, "why": "proef", **fields}
    return actions.give_competence(by=OPERATOR, municipality=land.municipality, holder=who, **values)


def who(land: Land, field: PolicyField | None, *slugs: str, on: dt.date = TODAY) -> list[str]:
    """The names of who is competent."""
    found = competent_for(land.municipality, field, [land[slug] for slug in slugs], on)
    return [one.holder.name for one in found]


def test_each_their_own_area(land: Land, field: PolicyField) -> None:
    competent(land, holder(land, "Noord"), areas=[land["noord-deelgemeente"]])
    competent(land, holder(land, "Dalen"), areas=[land["dalen"]])
    assert who(land, field, "bergen") == ["Noord"], "within, along main parts"
    assert who(land, field, "dalen") == ["Dalen"]
    assert who(land, field, "bergen", "dalen", "midden") == ["Noord", "Dalen"], "each once"
    assert who(land, field) == [], "for the whole municipality nobody is"
    assert who(land, None, "dalen") == ["Dalen"]


def test_every_area_and_the_whole_college(land: Land, field: PolicyField) -> None:
    competent(land, holder(land, "College", is_college=True))
    assert who(land, field) == who(land, None, "bergen") == ["College"]
    competent(land, holder(land, "Ann"), fields=[field])
    assert who(land, field, "bergen", "dalen") == ["Ann"], "the field by name goes before every field"
    assert who(land, None, "bergen") == ["College"]
    competent(land, holder(land, "Bea"), fields=[field], areas=[land["noord-deelgemeente"]])
    competent(land, holder(land, "Cas"), fields=[field], areas=[land["bergen"]])
    assert who(land, field, "bergen") == ["Cas"], "the nearest area first"
    assert who(land, field, "midden") == ["Bea"]
    assert who(land, field, "dalen") == ["Ann"]
    with pytest.raises(ValidationError):
        holder(land, "Nog een", is_college=True)
    with pytest.raises(ValidationError):
        actions.change_holder(
            by=OPERATOR, holder=MandateHolder.objects.get(is_college=True), name="College", is_college=True,
            user=User.objects.create_user("mia@proefdorp.example"),
        )  # fmt: skip


def test_what_is_open_passes_to_the_successor(land: Land, field: PolicyField) -> None:
    ann, bea = holder(land, "Ann"), holder(land, "Bea")
    today = timezone.localdate()
    [first] = competent(land, ann, fields=[field], valid_until=today + 100 * DAY)
    later = actions.end_competence(
        by=OPERATOR, competence=first, last_day=today, successor=bea, why="Ontslag"
    )
    assert later is not None
    assert (later.valid_from, later.valid_until) == (today + DAY, today + 100 * DAY)
    assert who(land, field, on=today) == ["Ann"]
    assert who(land, field, on=today + DAY) == ["Bea"]
    assert who(land, field, on=today + 101 * DAY) == []
    with pytest.raises(Refused, match="zichzelf"):
        actions.end_competence(by=OPERATOR, competence=later, last_day=today, successor=bea, why="x")
    with pytest.raises(Refused, match="vroeger"):
        actions.end_competence(by=OPERATOR, competence=first, last_day=today + DAY, why="x")


def test_all_at_once_and_what_has_not_begun(land: Land, field: PolicyField) -> None:
    ann, bea = holder(land, "Ann"), holder(land, "Bea")
    today = timezone.localdate()
    competent(land, ann, fields=[field])
    competent(land, ann, areas=[land["dalen"]], valid_from=today + 10 * DAY)
    number = actions.pass_on_competences(by=OPERATOR, holder=ann, last_day=today, successor=bea, why="Nieuw")
    assert number == 2
    assert {one.holder.name for one in Competence.objects.lasting(today + DAY)} == {"Bea"}
    assert Competence.objects.get(area=land["dalen"]).valid_from == today + 10 * DAY


@pytest.mark.parametrize("places", [(True, True), (True, False), (False, True), (False, False)])
def test_two_for_the_same_are_refused(land: Land, field: PolicyField, places: tuple[bool, bool]) -> None:
    fields, areas = [field] if places[0] else [], [land["dalen"]] if places[1] else []
    [first] = competent(land, holder(land, "Ann"), fields=fields, areas=areas, valid_until=TODAY)
    bea = holder(land, "Bea")
    with pytest.raises(ValidationError, match="al iemand bevoegd"):
        competent(land, bea, fields=fields, areas=areas, valid_from=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Competence.objects.create(
            municipality=land.municipality, holder=bea, field=first.field, area=first.area, valid_from=TODAY
        )
    competent(land, bea, fields=fields, areas=areas, valid_from=TODAY + DAY)


def test_one_refused_row_keeps_none(land: Land, field: PolicyField) -> None:
    competent(land, holder(land, "Ann"), fields=[field], areas=[land["dalen"]])
    with pytest.raises(ValidationError):
        competent(land, holder(land, "Bea"), fields=[field], areas=[land["bergen"], land["dalen"]])
    assert Competence.objects.count() == 1


def test_gaps_are_said(land: Land, field: PolicyField) -> None:
    assert [(gap.areas, gap.first, gap.last) for gap in gaps(land.municipality, TODAY)] == [((), TODAY, None)]
    competent(land, holder(land, "Ann"), fields=[field], areas=[land["noord-deelgemeente"]])
    [gap] = gaps(land.municipality, TODAY)
    assert gap.areas == (land["dalen"],)
    bea = holder(land, "Bea")
    competent(land, bea, areas=[land["dalen"]], valid_until=TODAY + 9 * DAY)
    competent(land, bea, areas=[land["dalen"]], valid_from=TODAY + 20 * DAY)
    [gap] = gaps(land.municipality, TODAY)
    assert (gap.areas, gap.first, gap.last) == ((land["dalen"],), TODAY + 10 * DAY, TODAY + 19 * DAY)
    competent(land, holder(land, "College", is_college=True))
    assert gaps(land.municipality, TODAY) == []


def test_before_elections_the_function_alone(land: Land, field: PolicyField) -> None:
    competent(land, holder(land, "Ann", title="schepen"), fields=[field])
    competent(land, holder(land, "Bea"), areas=[land["dalen"]])
    competent(land, holder(land, "Het college", is_college=True))
    rows = list(Competence.objects.select_related("holder", "area").order_by("pk"))
    words = [(one.words, one.area) for one in named(rows, land.municipality, TODAY)]
    assert words == [("schepen Ann", ""), ("Bea", "Dalen"), ("Het college", "")]
    CalendarPeriod.objects.create(
        municipality=land.municipality, kind="before_elections", name="Sperperiode", first=TODAY, last=TODAY
    )
    words = [(one.words, one.area) for one in named(rows, land.municipality, TODAY)]
    assert words == [("schepen", ""), ("de bevoegde mandataris", "Dalen"), ("Het college", "")]
    assert named(rows, land.municipality, TODAY + DAY)[0].words == "schepen Ann"


def test_who_is_competent_today_in_words_takes_one_query(
    land: Land, field: PolicyField, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    today = timezone.localdate()
    competent(land, holder(land, "Ann", title="schepen"), fields=[field], areas=[land["noord-deelgemeente"]])
    competent(land, holder(land, "Het college", is_college=True))
    here = [land["bergen"].pk, land["dalen"].pk]
    with django_assert_num_queries(1):
        said = [(one.words, one.area) for one in named_for(land.municipality, field.pk, here)]
    assert said == [("schepen Ann", "Noord"), ("Het college", "")]
    CalendarPeriod.objects.create(
        municipality=land.municipality, kind="before_elections", name="Sperperiode", first=today, last=today
    )
    assert [one.words for one in named_for(land.municipality, field.pk, here)] == ["schepen", "Het college"]
    assert named_for(land.municipality, None, here) == []


def test_what_is_of_another_municipality(land: Land, field: PolicyField) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    stranger = actions.name_holder(by=OPERATOR, municipality=other, name="Zij")
    with pytest.raises(ValidationError, match="andere gemeente"):
        competent(land, stranger, fields=[field])
    assert competent_for(other, None) == ()


@pytest.mark.parametrize("part", ["alderman", "steward", "worker_here", "resident"])
def test_only_administrators(land: Land, cast: dict[str, User], field: PolicyField, part: str) -> None:
    by, municipality = cast[part], land.municipality
    ann = holder(land, "Ann")
    [row] = competent(land, ann)
    for asked in (
        lambda: actions.add_policy_field(by=by, municipality=municipality, name="Jeugd"),
        lambda: actions.rename_policy_field(by=by, field=field, name="Jeugd"),
        lambda: actions.name_holder(by=by, municipality=municipality, name="Ik", user=by),
        lambda: actions.change_holder(by=by, holder=ann, name="Ik", user=by),
        lambda: actions.give_competence(
            by=by, municipality=municipality, holder=ann, valid_from=FIRST, why="x"
        ),
        lambda: actions.end_competence(by=by, competence=row, last_day=TODAY, why="x"),
        lambda: actions.pass_on_competences(by=by, holder=ann, last_day=TODAY, why="x"),
    ):
        with pytest.raises(PermissionDenied):
            asked()


def test_two_who_put_it_right_at_once(land: Land, field: PolicyField) -> None:
    ann = holder(land, "Ann")
    [row] = competent(land, ann, fields=[field])
    values: dict[str, Any] = {
        "holder": ann, "field": field, "area": None, "valid_from": FIRST, "valid_until": None, "why": "fout",
    }  # fmt: skip
    seen = Competence.objects.get(pk=row.pk).version
    actions.change_competence(by=OPERATOR, competence=row, version=seen, **{**values, "valid_until": TODAY})
    with pytest.raises(Conflict):
        actions.change_competence(by=OPERATOR, competence=row, version=seen, **values)


def test_an_area_that_goes(land: Land, field: PolicyField) -> None:
    ann, bea = holder(land, "Ann"), holder(land, "Bea")
    competent(land, ann, fields=[field], areas=[land["dalen"]])
    competent(land, ann, areas=[land["dalen"]])
    competent(land, bea, fields=[field], areas=[land["midden"]])
    from accounts.actions.competence import move_competences

    assert move_competences(keys=[land["dalen"].pk], to=land["midden"].pk, by=OPERATOR) == 1
    assert who(land, field, "midden", on=timezone.localdate()) == ["Bea"], "who is competent there stays so"
    assert who(land, None, "midden", on=timezone.localdate()) == ["Ann"]


def test_it_takes_one_query(
    land: Land, field: PolicyField, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for slug in ("bergen", "midden", "dalen"):
        competent(land, holder(land, slug), fields=[field], areas=[land[slug]])
    with django_assert_num_queries(1):
        found = competent_for(land.municipality, field, list(land.areas.values()), TODAY)
        assert {one.holder.name for one in found} == {"bergen", "midden", "dalen"}


def test_the_pages(land: Land, field: PolicyField, as_part: Callable[[str], Client]) -> None:
    client, nl = as_part("administrator"), {"accept-language": "nl"}
    assert client.post("/account/mandaten/nieuw/", {"name": "Ann", "title": "schepen"}).status_code == 302
    ann = MandateHolder.objects.get()
    listed = client.get("/account/bevoegdheden/", headers=nl).content.decode()
    assert "Waar niemand bevoegd is" in listed
    sent = {
        "holder": ann.pk, "fields_of_policy": [field.pk], "areas": [land["dalen"].pk, land["bergen"].pk],
        "valid_from": "1-1-2025", "why": "Na de verkiezingen",
    }  # fmt: skip
    assert client.post("/account/bevoegdheden/geven/", sent).status_code == 302
    answer = client.post("/account/bevoegdheden/geven/", {**sent, "why": "Nog eens"}, headers=nl)
    assert answer.status_code == 422
    assert "al iemand bevoegd" in answer.content.decode()
    assert "Nog eens" in answer.content.decode()
    public = as_part("visitor").get("/bevoegd/", headers=nl).content.decode()
    assert "Mobiliteit" in public
    assert "schepen Ann (Bergen)" in public
    row = Competence.objects.get(area=land["dalen"])
    page = client.get(f"/account/bevoegdheden/{row.uuid}/", headers=nl).content.decode()
    assert "Na de verkiezingen" in page
