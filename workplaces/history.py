"""How the history of a work location is told, and which locations changed lately."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, F, Model, Q, Window
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.changes import Beside, Telling, event_model, tellings
from workplaces.models import OpeningHours, Service, Team, WorkLocation
from workplaces.opening import short_clock


def _hours(events: Sequence[Any]) -> Iterator[str]:
    days = dict(OpeningHours.Weekday.choices)
    for event in events:
        yield f"{days[event.weekday]} {short_clock(event.opens)}–{short_clock(event.closes)}"


def _days(events: Sequence[Any]) -> Iterator[str]:
    for event in events:
        yield f"{date_format(event.day, 'SHORT_DATE_FORMAT')} {event.reason}".strip()


def _services(events: Sequence[Any]) -> Iterator[str]:
    names = dict(Service.objects.filter(pk__in={e.service_id for e in events}).values_list("pk", "name"))
    return (names.get(event.service_id, _("a service")) for event in events)


def _teams(events: Sequence[Any]) -> Iterator[str]:
    names = dict(Team.objects.filter(pk__in={e.team_id for e in events}).values_list("pk", "name"))
    return (names.get(event.team_id, _("a team")) for event in events)


def latest_changes(locations: Iterable[Model], *, limit: int) -> list[Any]:
    """The last news of each of some locations, newest first; who did it is left out.

    News is that it was added, or a change by a person or with a reason; `together` counts what was added on the same day.
    """
    table = event_model(WorkLocation).objects
    events = table.filter(pgh_obj__in=locations)
    events = events.filter(Q(pgh_label="insert") | Q(pgh_context__metadata__has_any_keys=["user", "why"]))
    newest = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values("pgh_id")
    return list(
        table.filter(pgh_id__in=newest)
        .select_related("pgh_obj", "pgh_context")
        .annotate(together=Window(Count("pk"), partition_by=[TruncDate("pgh_created_at"), F("pgh_label")]))
        .order_by("-pgh_id")[:limit]
    )


tellings.register(
    Telling(
        name="workplaces.locations",
        target="workplaces.worklocation",
        beside=(
            Beside(model="workplaces.OpeningHours", link="location", words=_hours),
            Beside(model="workplaces.DayException", link="location", words=_days),
            Beside(model="workplaces.ServiceOffer", link="location", words=_services),
            Beside(model="workplaces.TeamPlace", link="location", words=_teams),
        ),
    )
)
