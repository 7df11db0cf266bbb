"""Whether a council is composed as it must be: a test for each rule, and that the past stays as it was."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councils.composition import Verdict, judged, periods_of, told_apart
from councils.makeup import ChoiceFact, HindranceFact, Makeup, MandateFact, SeatFact, TermFact
from tests.councils.facts import FIRST, MEMBER, OBSERVER, SEATS, SUBSTITUTE, council, day, member, of

TODAY = day("2026-11-01")
LATER = day("2027-01-01")


def verdict(made: Makeup, rule: str, on: dt.date = TODAY) -> Verdict | None:
    """What one rule says on a day."""
    found = judged(made, on).of(rule)
    return found.verdict if found else None


@pytest.mark.parametrize(
    ("genders", "expected"),
    [
        ("ffffffffmmmm", Verdict.MET),  # eight of twelve is two thirds
        ("fffffffffmmm", Verdict.NOT_MET),
        ("ffmm", Verdict.MET),
        ("fffm", Verdict.NOT_MET),
        ("ffffffffmmm?", Verdict.UNKNOWN),  # a ninth woman would be one too many
        ("ffffffmmmmm?", Verdict.MET),  # whoever it is, at most seven of twelve
        ("fffffffff??m", Verdict.NOT_MET),  # nine already
        ("xxxxxfmffmmm", Verdict.MET),
        ("??????", Verdict.UNKNOWN),
    ],
)
def test_at_most_two_thirds_of_one_gender(genders: str, expected: Verdict) -> None:
    assert verdict(council(*of(genders)), "gender") == expected


def test_substitutes_and_observers_are_not_weighed() -> None:
    made = council(*of("ffmm"), *of("ffff", seat=SUBSTITUTE), *of("ffff", seat=OBSERVER))
    assert verdict(made, "gender") == Verdict.MET


def test_who_takes_the_place_of_somebody_is_weighed_instead() -> None:
    members, woman = of("ffmmmm"), member("f", seat=SUBSTITUTE)
    away = HindranceFact(
        member=members[0].key, first_on=day("2026-03-01"), replacement=member("m", seat=SUBSTITUTE).key,
        replaced_from=day("2026-04-01"),
    )  # fmt: skip
    man = member("m", seat=SUBSTITUTE)
    made = council(*members, woman, man, hindrances=(replace(away, replacement=man.key),))
    assert verdict(made, "gender", day("2026-03-15")) == Verdict.MET  # hindered, and nobody instead yet
    assert verdict(made, "gender", day("2026-04-01")) == Verdict.NOT_MET
    made = council(*members, woman, man, hindrances=(replace(away, replacement=woman.key),))
    assert verdict(made, "gender", day("2026-04-01")) == Verdict.MET


def test_a_chain_of_replacements_ends_at_the_last_and_never_turns_round() -> None:
    first, second, third = member(), member(seat=SUBSTITUTE), member(seat=SUBSTITUTE)
    away = [
        HindranceFact(member=one.key, first_on=FIRST, replacement=other.key, replaced_from=FIRST)
        for one, other in ((first, second), (second, third), (third, first))
    ]
    assert council(first, second, third, hindrances=tuple(away[:2])).voters(TODAY) == [third]
    assert council(first, second, third, hindrances=tuple(away)).voters(TODAY) == [third]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("councillor", Verdict.NOT_MET), ("alderman", Verdict.NOT_MET), ("other", Verdict.MET)],
)
def test_no_councillor_or_alderman_with_a_vote(kind: str, expected: Verdict) -> None:
    members = of("ffmm")
    mandate = MandateFact(person=members[0].person, kind=kind, first_on=FIRST, last_on=TODAY)
    made = council(*members, mandates=(mandate,))
    assert verdict(made, "politicians") == expected
    assert verdict(made, "politicians", TODAY + dt.timedelta(days=1)) == Verdict.MET


def test_a_council_may_bar_politicians_even_as_substitutes() -> None:
    """Wommelgem, Algemeen reglement adviesraden (2019), 3.2: stricter than article 304."""
    substitute, observer = member(seat=SUBSTITUTE), member(seat=OBSERVER)
    mandates = tuple(
        MandateFact(person=one.person, kind="councillor", first_on=FIRST) for one in (substitute, observer)
    )
    made = council(*of("ffmm"), substitute, observer, mandates=mandates)
    assert verdict(made, "politicians") == Verdict.MET
    own = ChoiceFact(
        rule="politicians_barred", value="substitutes", first_on=day("2026-06-01"), source="art. 3.2"
    )
    made = replace(made, choices=(own,))
    assert verdict(made, "politicians", day("2026-05-31")) == Verdict.MET
    assert verdict(made, "politicians") == Verdict.NOT_MET
    found = judged(made, TODAY).of("politicians")
    assert found is not None
    assert (found.members, found.source) == ((substitute.key,), "art. 3.2")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(3, Verdict.NOT_MET), (4, Verdict.MET), (6, Verdict.MET), (7, Verdict.NOT_MET)],
)
def test_rule_1_3_least_and_most_holders_of_a_mandate(number: int, expected: Verdict) -> None:
    seats = (SeatFact(key=MEMBER, mandate="member", least=4, most=6, first_on=FIRST),)
    assert verdict(council(*of("fm" * 4)[:number], seats=seats), "seats") == expected


def test_rule_1_3_is_judged_on_every_date_on_which_something_changes() -> None:
    seats = (SeatFact(key=MEMBER, mandate="member", least=4, most=6, first_on=FIRST),)
    going = member("m", last_on=day("2026-02-28"))
    coming = member("f", first_on=day("2026-05-20"))
    found = periods_of(council(*of("ffm"), going, coming, seats=seats), day("2026-01-01"), TODAY)
    assert [(one.first_on, one.last_on, one.judgement.of("seats").verdict) for one in found] == [  # type: ignore[union-attr]
        (day("2026-01-01"), day("2026-02-28"), Verdict.MET),
        (day("2026-03-01"), day("2026-05-19"), Verdict.NOT_MET),
        (day("2026-05-20"), TODAY, Verdict.MET),
    ]
    assert (found[1].left, found[2].came) == ((going.name,), (coming.name,))


def test_rule_1_18_an_appointment_cites_the_decision() -> None:
    without = member("f", decided_on=None, decision="")
    late = member("m", decided_on=day("2026-06-01"))
    made = council(*of("fm"), without, late)
    assert judged(made, day("2026-05-01")).of("decisions").members == (without.key, late.key)  # type: ignore[union-attr]
    assert judged(made, TODAY).of("decisions").members == (without.key,)  # type: ignore[union-attr]
    assert verdict(replace(made, basis="free"), "decisions") is None
    assert verdict(replace(made, founded_on=LATER), "decisions") is None  # it was free until then


def test_rule_1_2_a_membership_lies_within_a_term() -> None:
    made = council(*of("ffmm"), terms=(TermFact(first_on=FIRST, last_on=day("2026-06-30")),))
    assert verdict(made, "term", day("2026-06-30")) is None
    assert verdict(made, "term", day("2026-07-01")) == Verdict.NOT_MET


def test_rule_1_16_a_replacement_starts_on_or_after_the_hindrance() -> None:
    first, other = member(), member(seat=SUBSTITUTE)
    march = day("2026-03-01")
    away = HindranceFact(member=first.key, first_on=march, replacement=other.key, replaced_from=march)
    assert verdict(council(first, other, hindrances=(away,)), "replacements") is None
    early = replace(away, replaced_from=day("2026-02-01"))
    assert verdict(council(first, other, hindrances=(early,)), "replacements") == Verdict.NOT_MET
    gone = replace(other, last_on=day("2026-04-01"))
    assert verdict(council(first, gone, hindrances=(away,)), "replacements") == Verdict.NOT_MET


def test_rule_1_19_no_two_members_have_one_rank() -> None:
    assert verdict(council(member(rank=1), member(rank=2), member(), member()), "ranks") is None
    made = council(member("f", rank=1), member("m", rank=1))
    assert verdict(made, "ranks") == Verdict.NOT_MET
    assert judged(made, TODAY).verdict == Verdict.MET  # it keeps no council from advising


def test_rule_2_3_nobody_has_two_mandates_at_a_time() -> None:
    first = member()
    twice = member(person=first.person, first_on=day("2026-01-01"))
    made = council(first, twice, member())
    assert verdict(made, "overlaps", day("2025-12-31")) is None
    assert verdict(made, "overlaps") == Verdict.NOT_MET


def test_a_council_without_anybody_is_not_composed_as_it_must_be() -> None:
    assert judged(council(), TODAY).verdict == Verdict.NOT_MET


def test_the_dutch_set_knows_no_limit_of_gender_or_politicians() -> None:
    members = of("ffffff")
    mandates = (MandateFact(person=members[0].person, kind="councillor", first_on=FIRST),)
    made = council(*members, mandates=mandates, rules="nl")
    assert (verdict(made, "gender"), verdict(made, "politicians")) == (None, None)
    assert judged(made, TODAY).verdict == Verdict.MET


def test_others_read_neither_numbers_nor_who_did_not_tell() -> None:
    made = council(*of("ffffffffmmm?"))
    mine = judged(made, TODAY).of("gender")
    assert mine is not None
    assert "8" in mine.detail
    assert mine.members
    theirs = judged(made, TODAY).for_others().of("gender")
    assert theirs is not None
    assert (theirs.verdict, theirs.detail, theirs.members) == (Verdict.UNKNOWN, "", ())
    assert "8" not in str(judged(made, TODAY).frozen()["findings"][0])


def test_in_a_council_of_fewer_than_five_others_cannot_tell_anything_of_gender() -> None:
    """Whoever sits there, and whether everybody told it or not, others read the same."""
    judged_so = [judged(council(*of(genders)), TODAY) for genders in ("ffff", "ffmm", "mmmm", "f?mm", "????")]
    assert len({one.for_others().of("gender") for one in judged_so}) == 1
    assert {one.frozen()["verdict"] for one in judged_so} == {"unknown"}


def test_others_see_no_stretch_for_what_they_cannot_see() -> None:
    """A substitute in whose place nothing changes for those with a vote: others read one stretch."""
    made = council(*of("fmfmfm"), member("f", seat=SUBSTITUTE, first_on=day("2026-06-01")))
    found = periods_of(made, day("2026-01-01"), TODAY)
    told = list(told_apart(found))
    assert (len(found), [(one.first_on, one.last_on) for one in told]) == (2, [(day("2026-01-01"), TODAY)])


DAYS = st.dates(day("2025-01-01"), day("2028-12-31"))


@st.composite
def facts(draw: Any, first: dt.date = FIRST) -> dict[str, tuple[Any, ...]]:
    """Things that begin on or after a day, of every sort."""

    def spans() -> dict[str, Any]:
        begins = draw(st.dates(first, day("2028-12-31")))
        ends = draw(st.none() | st.dates(begins, day("2029-12-31")))
        return {"first_on": begins, "last_on": ends}

    decided = draw(st.none() | st.dates(first, day("2028-12-31")))
    members = tuple(
        member(draw(st.sampled_from(["f", "m", ""])), draw(st.sampled_from([MEMBER, SUBSTITUTE])), **spans(), decided_on=decided)
        for _number in range(draw(st.integers(1, 5)))
    )  # fmt: skip
    hindrances = []
    for one, other in pairwise(members):
        span = spans()
        hindrances.append(
            HindranceFact(member=one.key, replacement=other.key, replaced_from=span["first_on"], **span)
        )
    return {
        "members": members,
        "hindrances": tuple(hindrances),
        "mandates": (MandateFact(person=members[0].person, kind="councillor", **spans()),),
        "choices": (ChoiceFact(rule="politicians_barred", value="substitutes", **spans()),),
        "terms": (TermFact(**spans()),),
    }


@given(there=facts(), later=facts(first=LATER), on=st.dates(FIRST, LATER - dt.timedelta(days=1)))
def test_what_is_added_later_changes_nothing_before(
    there: dict[str, Any], later: dict[str, Any], on: dt.date
) -> None:
    before = Makeup(seats=SEATS, **there)
    after = Makeup(seats=SEATS, **{name: there[name] + later[name] for name in there})
    assert judged(after, on) == judged(before, on)


@given(there=facts(), on=DAYS)
def test_an_end_of_later_changes_nothing_before(there: dict[str, Any], on: dt.date) -> None:
    before = Makeup(seats=SEATS, **there)
    cut: dict[str, Any] = {
        name: tuple(
            replace(row, last_on=LATER) if row.first_on < LATER and row.holds(LATER) else row for row in rows
        )
        for name, rows in there.items()
    }
    if on <= LATER:
        assert judged(Makeup(seats=SEATS, **cut), on) == judged(before, on)


@given(there=facts())
def test_between_two_changes_every_day_is_judged_alike(there: dict[str, Any]) -> None:
    made = Makeup(seats=SEATS, **there)
    for one in periods_of(made, FIRST, day("2029-12-31")):
        for on in (one.first_on, one.first_on + (one.last_on - one.first_on) / 2, one.last_on):
            assert replace(judged(made, on), on=one.first_on) == one.judgement
