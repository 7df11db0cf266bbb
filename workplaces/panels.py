"""What the page of an area shows of work locations."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from core.panels import Panel, PanelContext, panels
from workplaces.models import Team, WorkLocation

MOST = 12


def here_you_are_welcome(*, request: HttpRequest, obj: Any) -> PanelContext | None:
    """The locations in the area with their hours, and the teams that work for it."""
    if obj.is_residual:
        return None
    # In a large area a list of dozens helps nobody: the first ones, and a way to the rest.
    found = WorkLocation.objects.of(obj.municipality_id).in_use().in_area(obj).visible_to(request.user)
    locations = list(found.with_summary()[: MOST + 1])
    teams = list(Team.objects.filter(areas=obj))
    if not locations and not teams:
        return {"locations": [], "teams": [], "more": False, "area": obj}
    return {"locations": locations[:MOST], "teams": teams, "more": len(locations) > MOST, "area": obj}


panels.register(
    Panel(
        name="workplaces.here",
        target="areas.area",
        title=gettext_lazy("Here you are welcome"),
        template="workplaces/panels/here.html",
        context=here_you_are_welcome,
        order=30,
    )
)
