"""Terms: what is counted, where they end, and on which days a municipality works."""

import datetime as dt

import pytest
from django.utils.translation import override

from core.terms import Term, Unit, WorkingDays, public_holidays

D = dt.date
BE = WorkingDays("BE")
CLOSED = WorkingDays("BE", closed=[(D(2026, 12, 24), D(2027, 1, 3))])


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [("BE", D(2027, 7, 21), False), ("NL", D(2027, 7, 21), True), ("BE", D(2027, 4, 27), True), ("NL", D(2027, 4, 27), False),
     ("NL", D(2027, 5, 5), False), ("BE", D(2027, 5, 5), True), ("BE", D(2027, 5, 17), False), ("BE", D(2027, 11, 27), False),
     ("BE", D(2027, 3, 26), True), ("NL", D(2027, 3, 26), False)],
)  # fmt: skip
def test_the_days_off_are_those_of_the_country(country: str, day: D, works: bool) -> None:
    assert WorkingDays(country).works(day) is works


def test_another_country_is_not_guessed() -> None:
    with pytest.raises(LookupError):
        public_holidays("FR", 2027)


@pytest.mark.parametrize(
    ("term", "start", "calendar", "end"),
    [(Term(5, Unit.WORKING_DAYS), D(2026, 11, 6), BE, D(2026, 11, 16)),  # over the armistice and two weekends
     (Term(1, Unit.WORKING_DAYS), D(2026, 12, 23), BE, D(2026, 12, 24)),
     (Term(1, Unit.WORKING_DAYS), D(2026, 12, 23), CLOSED, D(2027, 1, 4)),
     (Term(30), D(2026, 11, 1), BE, D(2026, 12, 1)),
     (Term(30), D(2026, 11, 5), BE, D(2026, 12, 7)),  # the fifth is a Saturday
     (Term(20), D(2026, 12, 5), CLOSED, D(2027, 1, 4))],
)  # fmt: skip
def test_a_term_ends_on_a_working_day(term: Term, start: D, calendar: WorkingDays, end: D) -> None:
    assert term.ends(start, calendar) == end


def test_who_counts_back_has_the_whole_term() -> None:
    assert Term(14).before(D(2027, 1, 15), BE) == D(2026, 12, 31)  # 1 January is a holiday
    assert Term(14).before(D(2027, 1, 15), CLOSED) == D(2026, 12, 23)
    assert Term(5, Unit.WORKING_DAYS).before(D(2026, 11, 16), BE) == D(2026, 11, 6)


def test_a_house_that_is_always_closed_has_no_working_day() -> None:
    with pytest.raises(ValueError, match="no working day"):
        Term(3).ends(D(2026, 1, 1), WorkingDays("BE", closed=[(D(2025, 1, 1), D(2030, 1, 1))]))


def test_a_term_in_words() -> None:
    with override("nl"):
        assert Term(1).words() == "1 dag"
        assert Term(10, Unit.WORKING_DAYS).words() == "10 werkdagen"
