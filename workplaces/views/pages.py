"""The page of one work location."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.current import municipality_or_404
from areas.map.drawing import Drawing, draw
from areas.map.signs import MapSign
from core.access import open_to_all
from core.changes import changes_of
from workplaces.models import OpeningHours, WorkLocation
from workplaces.opening import Schedule, Stretch, standing, stretch_words
from workplaces.quality import findings
from workplaces.views.shared import crumbs

PIN_SIZE = 92  # on the small map, where a pin of the usual size cannot be read


@dataclass(frozen=True)
class DayRow:
    """A day in the table of hours; a closed day has no stretches."""

    name: str
    stretches: tuple[str, ...]
    is_today: bool


def week_of(schedule: Schedule) -> list[DayRow]:
    """The hours of a week, from Monday on, today marked; what an exceptional day changes stands apart."""
    today = timezone.localdate().weekday()
    return [
        DayRow(
            str(name), tuple(stretch_words([one]) for one in schedule.week.get(number, ())), number == today
        )
        for number, name in OpeningHours.Weekday.choices
    ]


def coming_days(location: WorkLocation) -> list[dict[str, Any]]:
    """The exceptional days from today on."""
    return [
        {
            "day": one.day,
            "words": stretch_words([Stretch(one.opens, one.closes)]) if one.opens and one.closes else "",
            "reason": one.reason,
            "is_example": one.is_example,
        }
        for one in location.exceptions.all()
        if one.day >= timezone.localdate()
    ]


def drawing_of(location: Any) -> Drawing | None:
    """The municipality with the location in it; nothing without a place."""
    if location.point is None:
        return None
    here = next((area["slug"] for area in location.lies_in if area["working_level"]), None)
    pin = MapSign(location.point, "location", location.name, is_approximate=location.is_approximate)
    return draw(location.municipality, chosen=here, signs=[pin], symbol_size=PIN_SIZE)


@open_to_all
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one location; editors see its history and what the data-quality rules say."""
    municipality = municipality_or_404(request)
    found = WorkLocation.objects.of(municipality).visible_to(request.user)
    location: Any = get_object_or_404(
        found.select_related("municipality").with_areas().with_details(), slug=slug
    )
    schedule = location.schedule()
    editable = request.user.has_perm("workplaces.change_location", location)
    context: dict[str, Any] = {
        "location": location,
        "schedule": schedule,
        "standing": standing(schedule, timezone.now()),
        "week": week_of(schedule),
        "days": coming_days(location),
        "drawing": drawing_of(location),
        "crumbs": crumbs((location.name, "")),
        "editable": editable,
    }
    if editable:
        context["changes"] = changes_of(location)
        context["findings"] = list(findings(municipality, only=[location]))
    return render(request, "workplaces/detail.html", context)
