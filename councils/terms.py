"""When the answer to an advice is due, and what of a council is frozen when it gives one."""

import datetime as dt
from typing import Any

from areas.models import Municipality
from areas.periods import working_days
from core.terms import Term, Unit, WorkingDays
from councils.composition import judge
from councils.models import Council
from councils.rulesets import rule


def answer_days(council: Council, on: dt.date) -> int:
    """In how many working days an advice of a council is answered, by its rule on a day."""
    return int(rule(council, "answer_days", on))


def due_on(municipality: Municipality, received_on: dt.date, days: int) -> dt.date:
    """The last day on which an answer is in time; always a working day."""
    return Term(days, Unit.WORKING_DAYS).ends(received_on, working_days(municipality))


def days_between(first: dt.date, last: dt.date, calendar: WorkingDays) -> int:
    """How many working days lie after a day until another one, that one counted."""
    span = (first + dt.timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(calendar.works(day) for day in span)


def composition_of(council: Council, on: dt.date) -> dict[str, Any]:
    """What is kept for ever beside an advice: how many had a vote, and whether the council was composed as it must be."""
    return judge(council, on).frozen()
