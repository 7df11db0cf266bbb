"""How a council was made up, read from the database, and who sits there in words."""

import datetime as dt
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.composition import Verdict, judged, periods_of
from councils.makeup import makeup_of, with_makeup
from councils.models import Council, Hindrance, PublicOffice, RuleChoice
from councils.reading.seated import Bench
from councils.reading.told import told
from tests.conftest import Land
from tests.councils.facts import council, day, member, of
from tests.councils.made import FIRST, make_council, make_member

TODAY = day("2026-11-01")


def test_one_query_reads_everything_of_many_councils(land: Land) -> None:
    for _number in range(3):
        made = make_council(land.municipality, land["bergen"])
        one = make_member(made, gender="f", office="chair", decided_on="2025-01-02", decision_number="1")
        other = make_member(made, mandate="substitute", gender="m")
        Hindrance.objects.create(membership=one, first_on=FIRST, replacement=other, replaced_from=TODAY)
        PublicOffice.objects.create(person=one.person, kind="mayor", first_on=FIRST)
        RuleChoice.objects.create(council=made, rule="tie", value="chair", first_on=FIRST, source="art. 1")
    with CaptureQueriesContext(connection) as queries:
        found: list[Any] = list(with_makeup(Council.objects.all()))
        makeups = [makeup_of(one) for one in found]
        judgements = [judged(one, TODAY) for one in makeups]
    assert len(queries) == 1
    assert [one.voters for one in judgements] == [1, 1, 1]
    makeup = makeups[0]
    assert [one.gender for one in makeup.voters(TODAY)] == ["m"]
    assert makeup.member[makeup.voters(FIRST)[0].key].decided_on == day("2025-01-02")
    assert (makeup.mandates[0].kind, makeup.choices[0].value, makeup.offices[0].kind) == (
        "mayor",
        "chair",
        "chair",
    )
    assert "gender" not in repr(makeup.members)


def test_people_stand_in_the_order_in_which_one_counts() -> None:
    made = council(
        member(name="Lid 10"), member(name="Lid 2"), member(name="Anna", rank=5), member(name="Zoë", rank=1)
    )
    assert [one.name for one in Bench(made, TODAY).voting] == ["Zoë", "Anna", "Lid 2", "Lid 10"]


def test_who_was_appointed_without_a_decision_is_said_so_in_a_council_that_was_founded() -> None:
    one = member(decided_on=None, decision="", name="Lid 1")
    assert "zonder besluit" in Bench(council(one), TODAY).voting[0].words
    assert "zonder besluit" not in Bench(council(one, basis="free"), TODAY).voting[0].words


def test_places_are_counted_and_free_ones_drawn() -> None:
    table = Bench(council(*of("fm")), TODAY).table
    assert (table.places, table.taken, table.free, table.chairs) == (50, 2, 48, [])


def test_a_verdict_has_a_form_and_words_and_so_has_the_past() -> None:
    made = council(*of("ffffff"), member("m", first_on=day("2026-06-01"), name="Lid nieuw"))
    judgement, before = judged(made, TODAY), periods_of(made, day("2026-01-01"), TODAY)
    page = told(judgement, before, today=TODAY)
    assert (judgement.verdict, page.form) == (Verdict.NOT_MET, "struck")
    assert [one.is_now for one in page.periods] == [True, False]
    assert "Nieuw met stem: Lid nieuw." in page.periods[0].words
    assert page.periods[0].days == "1 juni 2026 tot nu"


def test_nothing_is_judged_backwards() -> None:
    assert periods_of(council(), TODAY, TODAY - dt.timedelta(days=1)) == []
