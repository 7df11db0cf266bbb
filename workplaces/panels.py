"""What the page of an area shows of work locations: where one can go, and whom one can call."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.panels import Importance, Panel, PanelContent, panels
from workplaces.models import Team, WorkLocation

MOST = 6


def here_you_are_welcome(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The locations in the area with their hours, those that are open first; one query."""
    if obj.is_residual or obj.retired_by_id:
        return None
    # In a large area a list of dozens helps nobody: the first ones, and a way to the rest.
    found = WorkLocation.objects.of(obj.municipality_id).in_use().in_area(obj).visible_to(request.user)
    locations = list(found.with_summary()[: MOST + 1])
    shown = sorted(locations[:MOST], key=lambda one: not one.standing.is_open)
    is_more = len(locations) > MOST
    return PanelContent(
        context={"locations": shown, "area": obj, "is_approximate": any(one.is_approximate for one in shown)},
        url=f"{reverse('workplaces:list')}?gebied={obj.slug}" if is_more else "",
        more=_("All work locations in %(name)s") % {"name": obj.name} if is_more else "",
    )


def who_to_call(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The teams that work for the area, first those that work for few others; the municipality when there is none. One query."""
    of_each = Team.areas.through._default_manager.filter(team=OuterRef("pk")).order_by().values("team")
    works_for = Subquery(of_each.annotate(number=Count("pk")).values("number"))
    teams = list(Team.objects.filter(areas=obj).order_by(works_for, "name")[:MOST])
    return PanelContent(
        context={"teams": teams, "area": obj},
        is_example=bool(teams) and all(team.is_example for team in teams),
    )


panels.register(
    Panel(
        name="workplaces.here",
        target="areas.area",
        title=gettext_lazy("Here you are welcome"),
        template="workplaces/panels/here.html",
        content=here_you_are_welcome,
        importance=Importance.WHOLE,
        order=10,
    )
)
panels.register(
    Panel(
        name="workplaces.contact",
        target="areas.area",
        title=gettext_lazy("Who to call"),
        template="workplaces/panels/contact.html",
        content=who_to_call,
        importance=Importance.ASIDE,
        order=11,
    )
)
