"""At night: evaluations that are over are closed, and members are reminded of a meeting that comes near."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from areas.periods import working_days
from core.jobs import NightlyJob, each, nightly_jobs
from core.terms import Term, WorkingDays
from core.verbs import Operator
from councils.actions.evaluating import close_evaluation
from councils.actions.inviting import remind_members
from councils.models import Evaluation, Meeting

BY = Operator("nightly")
AHEAD = dt.timedelta(days=60)  # the longest term, and the days off before it


def close_evaluations(*, dry_run: bool) -> int:
    """Evaluations whose last day is over: counted, and who answered forgotten."""
    over = Evaluation.objects.filter(state=Evaluation.State.OPEN, closes_on__lt=timezone.localdate())
    if dry_run:
        return over.count()
    return each(over, lambda one: close_evaluation(evaluation=one, by=BY))


nightly_jobs.register(
    NightlyJob(
        name="councils.evaluations",
        title=gettext_lazy("Close evaluations whose last day is over"),
        run=close_evaluations,
    )
)


def remind(*, dry_run: bool) -> int:
    """Mail the members of meetings that come near, on a day on which the municipality works; of how many meetings."""
    today = timezone.localdate()
    found = [one for here in Municipality.objects.all() for one in _to_remind(here, today)]
    return len(found) if dry_run else each(found, lambda one: remind_members(meeting=one, by=BY))


def _to_remind(municipality: Municipality, today: dt.date) -> list[Meeting]:
    calendar = working_days(municipality)
    if not calendar.works(today):
        return []
    coming = Meeting.objects.of(municipality).filter(
        state=Meeting.State.CONVENED, reminded_at=None, starts_at__gt=timezone.now(),
        starts_at__date__lte=today + AHEAD, council__remind_days__isnull=False,
    )  # fmt: skip
    rows = coming.select_related("council__municipality", "location").order_by("starts_at", "pk")
    return [one for one in rows if _is_due(one, calendar, today)]


def _is_due(meeting: Meeting, calendar: WorkingDays, today: dt.date) -> bool:
    """Whether the day of the reminder has come; who was invited on that day or later needs none."""
    day = Term(meeting.council.remind_days or 0).before(meeting.day, calendar)
    invited = meeting.convened_at
    return today >= day and (invited is None or timezone.localtime(invited).date() < day)


nightly_jobs.register(
    NightlyJob(
        name="councils.reminders",
        title=gettext_lazy("Remind members of meetings that come near"),
        run=remind,
    )
)
