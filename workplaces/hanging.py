"""The teams that work for an area, and the work locations that lie in it."""

from collections.abc import Collection, Mapping

from django.db.models import Count
from django.utils.translation import gettext_lazy, npgettext

from areas.models import AreaShape
from core.hanging import Hanging, HangingSource, hanging_sources
from workplaces.actions.teams import move_teams
from workplaces.models import Team, WorkLocation


def teams_for(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many teams work for each area."""
    rows = Team.objects.filter(areas__in=keys).order_by().values_list("areas").annotate(Count("pk"))
    return {
        key: Hanging(number=number, words=npgettext("what hangs on an area", "team", "teams", number))
        for key, number in rows
    }


def locations_in(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many work locations lie in each area, as the boundaries in force have it; they fall to whatever area lies there."""
    shapes = AreaShape.objects.in_force().filter(area__in=keys).counted_within(WorkLocation.objects.all())
    return {
        key: Hanging(
            number=number,
            words=npgettext("what hangs on an area", "work location", "work locations", number),
            is_bound=False,
        )
        for key, number in shapes.values_list("area_id", "number")
        if number
    }


hanging_sources.register(
    HangingSource(
        name="workplaces.teams",
        target="areas.area",
        title=gettext_lazy("Teams"),
        count=teams_for,
        move=move_teams,
        order=30,
    )
)
hanging_sources.register(
    HangingSource(
        name="workplaces.locations",
        target="areas.area",
        title=gettext_lazy("Work locations"),
        count=locations_in,
        stays=gettext_lazy("A work location belongs to whatever area lies around it."),
        order=40,
    )
)
