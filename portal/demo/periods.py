"""The municipal calendar of the demo: the coming holidays, the budget freeze and the period before the next elections."""

import datetime as dt

from django.utils import timezone

from accounts.models import PeriodKeeper, User
from areas.models import CalendarPeriod, Municipality
from portal.demo.moments import years_of_office
from portal.demo.people import DOMAIN

Kind = CalendarPeriod.Kind
# From the first to the last day (month, day) of a year, and whether somebody is asked first.
YEARLY = (
    (Kind.BUDGET_FREEZE, "Begrotingsstop {year}", (12, 15), (12, 31), True),
    (Kind.SCHOOL_HOLIDAY, "Kerstvakantie {year}", (12, 21), (12, 31), False),
    (Kind.BUILDING_HOLIDAY, "Bouwverlof {year}", (7, 12), (8, 1), False),
)
KEEPERS = {Kind.BUDGET_FREEZE: "schepen", Kind.BEFORE_ELECTIONS: "beheerder"}


def restore_periods(municipality: Municipality) -> int:
    """Make the calendar when it is empty, and name who is asked; how many periods there are."""
    known = CalendarPeriod.objects.of(municipality)
    if not known.exists():
        for kind, name, first, last, asks in YEARLY:
            year = _coming(last)
            _period(
                municipality, kind, name.format(year=year), dt.date(year, *first), dt.date(year, *last), asks
            )
        year = years_of_office()[1] - 1  # elections are held a year before the plan ends
        name = f"Vóór de verkiezingen van {year}"
        _period(
            municipality, Kind.BEFORE_ELECTIONS, name, dt.date(year, 7, 1), dt.date(year, 10, 13), asks=True
        )
    for kind, mailbox in KEEPERS.items():
        user = User.objects.get(email=f"{mailbox}@{DOMAIN}")
        PeriodKeeper.objects.get_or_create(municipality=municipality, kind=kind, defaults={"user": user})
    return known.count()


def _coming(last: tuple[int, int]) -> int:
    """The year in which a period is not over yet."""
    today = timezone.localdate()
    return today.year + (dt.date(today.year, *last) < today)


def _period(
    municipality: Municipality, kind: Kind, name: str, first: dt.date, last: dt.date, asks: bool
) -> None:
    period = CalendarPeriod(
        municipality=municipality, kind=kind, name=name, first=first, last=last, asks_first=asks, is_example=True,
        holds_back_mandates=kind == Kind.BEFORE_ELECTIONS,
    )  # fmt: skip
    period.full_clean()
    period.save()
