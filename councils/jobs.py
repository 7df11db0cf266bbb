"""At night: what is over is closed."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.jobs import NightlyJob, nightly_jobs
from core.verbs import Operator
from councils.actions.evaluating import close_evaluation
from councils.models import Evaluation

BY = Operator("nightly")


def close_evaluations(*, dry_run: bool) -> int:
    """Evaluations whose last day is over: counted, and who answered forgotten."""
    over = Evaluation.objects.filter(state=Evaluation.State.OPEN, closes_on__lt=timezone.localdate())
    if dry_run:
        return over.count()
    closed = [close_evaluation(evaluation=one, by=BY) for one in over]
    return len(closed)


nightly_jobs.register(
    NightlyJob(
        name="councils.evaluations",
        title=gettext_lazy("Close evaluations whose last day is over"),
        run=close_evaluations,
    )
)
