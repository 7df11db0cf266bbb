"""What of councils waits for their members: evaluations to answer."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from core.access import permitted
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from councils.models import Evaluation, EvaluationTurnout
from councils.models.evaluation import evaluated_around
from councils.rules import sat_in_by


def evaluations_to_answer(*, user: Any, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """The evaluations of own councils that are open, once for each council for which it is not answered; one query."""
    open_now = permitted(
        Evaluation.objects.of(municipality).open_now(today), user, "councils.answer_evaluation"
    )
    answered = EvaluationTurnout.objects.filter(
        evaluation=OuterRef(OuterRef("pk")), council=OuterRef("pk"), person__user=user.pk
    )
    asked = sat_in_by(user).filter(evaluated_around(), ~Exists(answered)).order_by("name", "pk")
    rows: Any = open_now.annotate(
        asked=ArraySubquery(asked.values(json=JSONObject(name="name", slug="slug")))
    )
    for evaluation in rows:
        for council in evaluation.asked:
            yield WaitingEntry(
                title=_("Say how %(council)s did in %(year)d")
                % {"council": council["name"], "year": evaluation.year},
                url=reverse("councils:evaluation_answer", args=[evaluation.uuid, council["slug"]]),
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
