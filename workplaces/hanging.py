"""The teams that work for an area, and the work locations that lie in it."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy, npgettext

from areas.models import AreaShape
from core.hanging import Hanging, HangingSource, counted, hanging_sources
from workplaces.actions.teams import move_teams
from workplaces.models import Team, WorkLocation


def teams_for(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many teams work for each area."""
    return counted(Team.objects.all(), "areas", keys)


def locations_in(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many work locations lie in each area, as the boundaries in force have it; they fall to whatever area lies there."""
    shapes = AreaShape.objects.in_force().filter(area__in=keys).counted_within(WorkLocation.objects.all())
    rows: QuerySet[Any, Any] = shapes.filter(number__gt=0).annotate(
        row=JSONObject(key="area_id", number="number")
    )
    return rows


def teams_hang(*, number: int) -> Hanging:
    """Teams in words."""
    return Hanging(number=number, words=npgettext("what hangs on an area", "team", "teams", number))


def locations_hang(*, number: int) -> Hanging:
    """Work locations in words."""
    words = npgettext("what hangs on an area", "work location", "work locations", number)
    return Hanging(number=number, words=words, is_bound=False)


hanging_sources.register(
    HangingSource(
        name="workplaces.teams",
        target="areas.area",
        title=gettext_lazy("Teams"),
        count=teams_for,
        hanging=teams_hang,
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
        hanging=locations_hang,
        stays=gettext_lazy("A work location belongs to whatever area lies around it."),
        order=40,
    )
)
