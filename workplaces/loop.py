"""The first step of the loop: what there is to know."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from core.loop import LoopFigure, LoopStep, loop_steps
from workplaces.models import WorkLocation


def known(*, municipality: Any, user: Any) -> LoopFigure | None:
    """How many work locations are on the map; None before there is any."""
    locations = WorkLocation.objects.of(municipality).in_use().visible_to(user).count()
    if not locations:
        return None
    words = ngettext("work location on the map", "work locations on the map", locations)
    return LoopFigure(figure=str(locations), words=words, url=reverse("portal:map"))


loop_steps.register(
    LoopStep(name="workplaces.know", title=gettext_lazy("Get to know"), measure=known, order=10)
)
