"""The first step of the loop: what there is to know."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from areas.models import Area
from core.loop import LoopFigure, LoopStep, loop_steps
from portal.overview import locations_of


def known(municipality: Any, user: Any) -> LoopFigure | None:
    """How many work locations and areas are on the map; None before there is anything."""
    locations = locations_of(municipality).count()
    areas = Area.objects.of(municipality).on_the_map().working_level().count()
    if not locations and not areas:
        return None
    words = ngettext("work location", "work locations", locations)
    within = ngettext("in %(number)d area on the map", "in %(number)d areas on the map", areas)
    return LoopFigure(
        figure=str(locations),
        words=f"{words} {within % {'number': areas}}" if areas else words,
        url=reverse("portal:map"),
    )


loop_steps.register(LoopStep(name="portal.know", title=_("Get to know"), measure=known, order=10))
