"""Keeping the calendar of a municipality: its periods added, changed, taken away."""

from areas.models import CalendarPeriod
from core.history import because
from core.verbs import Actor, locked, require, verb

PERMISSION = "areas.change_calendar"


@verb
def save_period(*, period: CalendarPeriod, by: Actor, version: str | None = None) -> CalendarPeriod:
    """Add a period, or change one."""
    require(PERMISSION, period, by=by)
    is_known = period.pk is not None
    if is_known:
        locked(period, version=version)
    period.full_clean()
    with because("areas.period_changed" if is_known else "areas.period_added", by=by):
        period.save()
    return period


@verb
def remove_period(*, period: CalendarPeriod, by: Actor) -> None:
    """Take a period away; what was asked and answered in it stays."""
    require(PERMISSION, period, by=by)
    with because("areas.period_removed", by=by):
        locked(period).delete()
