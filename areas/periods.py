"""What the calendar of a municipality asks on a day: whether somebody is asked first, who is left out, and when it works."""

import datetime as dt

from areas.models import CalendarPeriod, Municipality
from core.terms import WorkingDays

Kind = CalendarPeriod.Kind


def asks_first(municipality: Municipality, on: dt.date) -> CalendarPeriod | None:
    """The period in which what is published or mailed on a day asks a person first; the weightiest, None on other days."""
    return CalendarPeriod.objects.of(municipality).on(on).filter(asks_first=True).first()


def holds_back_mandates(municipality: Municipality, on: dt.date) -> CalendarPeriod | None:
    """The period before elections in which names and pictures of mandate holders are left out on a day; None on other days."""
    there = CalendarPeriod.objects.of(municipality).on(on)
    return there.filter(kind=Kind.BEFORE_ELECTIONS, holds_back_mandates=True).first()


def working_days(municipality: Municipality) -> WorkingDays:
    """The days on which a municipality works: those of its country, without those on which it is closed."""
    closed = CalendarPeriod.objects.of(municipality).filter(kind=Kind.CLOSURE)
    return WorkingDays(municipality.country, closed.values_list("first", "last"))
