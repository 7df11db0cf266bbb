"""What of councils waits for their members: evaluations to answer."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from councils.models import Evaluation, EvaluationTurnout
from councils.rules import sat_in_by


def evaluations_to_answer(*, user: Any, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """The evaluations of own councils that are open and not answered; one query, and two more while there are such."""
    open_now = list(Evaluation.objects.of(municipality).open_now(today))
    if not open_now:
        return
    mine = list(sat_in_by(user).filter(municipality=municipality).order_by("name"))
    done = set(
        EvaluationTurnout.objects.filter(evaluation__in=open_now, person__user=user.pk).values_list(
            "evaluation", "council"
        )
    )
    for evaluation in open_now:
        for council in mine:
            is_asked = evaluation.council_id in (None, council.pk)
            if is_asked and (evaluation.pk, council.pk) not in done:
                yield WaitingEntry(
                    title=_("Say how %(council)s did in %(year)d")
                    % {"council": council.name, "year": evaluation.year},
                    url=reverse("councils:evaluation_answer", args=[evaluation.uuid, council.slug]),
                    kind=gettext_lazy("Evaluation"),
                    due=evaluation.closes_on,
                    is_example=evaluation.is_example,
                )


# What one says is one's own: it does not pass to a deputy.
waiting_sources.register(
    WaitingSource(
        name="councils.evaluations",
        title=gettext_lazy("Evaluations of councils"),
        waiting=evaluations_to_answer,
        passes=False,
        order=48,
    )
)
