"""What happened to a work location: read from what the database kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Count, F, Model, Q, Window
from django.db.models.functions import TruncDate
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from workplaces.models import OpeningHours, Service, Team, WorkLocation
from workplaces.opening import short_clock

WHY = {
    "details": gettext_lazy("details changed"),
    "offer": gettext_lazy("services or teams changed"),
    "hours": gettext_lazy("hours changed"),
    "pin": gettext_lazy("place on the map changed"),
    "new": gettext_lazy("added"),
    "closed": gettext_lazy("closed for good"),
    "reopened": gettext_lazy("taken into use again"),
    "import": gettext_lazy("brought in by a table"),
    "the demo was loaded": gettext_lazy("loaded with the demo"),
}
IGNORED = {
    "pgh_id",
    "pgh_created_at",
    "pgh_label",
    "pgh_obj_id",
    "pgh_context_id",
    "id",
    "updated_at",
    "created_at",
}


@dataclass
class Change:
    """One time that somebody changed the location."""

    moment: dt.datetime
    why: str
    who: str
    lines: list[str] = field(default_factory=list)


def event_model(name: str) -> Any:
    """The table that keeps the history of a model of this app."""
    return apps.get_model("workplaces", f"{name}Event")


def changes_of(location: WorkLocation, *, limit: int = 20) -> list[Change]:
    """The last changes, newest first; a fixed number of queries."""
    events = list(
        event_model("WorkLocation")
        .objects.filter(pgh_obj_id=location.pk)
        .select_related("pgh_context")
        .order_by("-pgh_id")[: limit + 1]
    )
    contexts = {event.pgh_context_id for event in events if event.pgh_context_id}
    beside = _beside(location, contexts)
    names = _names(events)
    found = []
    for number, event in enumerate(events[:limit]):
        before = events[number + 1] if number + 1 < len(events) else None
        metadata = event.pgh_context.metadata if event.pgh_context else {}
        lines = _differences(before, event) if before is not None and event.pgh_label != "insert" else []
        why = metadata.get("why", "")
        found.append(
            Change(
                moment=event.pgh_created_at,
                why=str(WHY.get(why, why)) or _("changed"),
                who=names.get(metadata.get("user"), _("the administration")),
                lines=lines + beside.get(event.pgh_context_id, []),
            )
        )
    return found


def changes_since(location: WorkLocation, version: str) -> list[Change]:
    """The changes that a person did not see who started from a version."""
    try:
        moment = parse_datetime(version)
    except ValueError:
        moment = None
    if moment is None:
        return []
    number = event_model("WorkLocation").objects.filter(pgh_obj_id=location.pk, updated_at__gt=moment).count()
    return changes_of(location, limit=number)[:number] if number else []


def _names(events: Iterable[Any]) -> dict[Any, str]:
    keys = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    people = User.objects.filter(pk__in=[key for key in keys if isinstance(key, int)])
    return {person.pk: person.name or person.email for person in people}


def _differences(before: Any, after: Any) -> list[str]:
    """What two versions of the row differ in, in words."""
    lines = []
    for column in after._meta.concrete_fields:
        if column.attname in IGNORED:
            continue
        old, new = getattr(before, column.attname), getattr(after, column.attname)
        if old != new:
            model_field = WorkLocation._meta.get_field(column.name)
            label = str(getattr(model_field, "verbose_name", column.name))
            lines.append(f"{label}: {_shown(model_field, old)} → {_shown(model_field, new)}")
    return lines


def _shown(column: Any, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(value, "coords"):
        return f"{value.y:.5f} N {value.x:.5f} E"
    return str(value)


def _beside(location: WorkLocation, contexts: set[Any]) -> dict[Any, list[str]]:
    """What changed in hours, days, services and teams, by context."""
    lines: dict[Any, list[str]] = defaultdict(list)
    if not contexts:
        return lines
    services = dict(Service.objects.filter(municipality=location.municipality_id).values_list("pk", "name"))
    teams = dict(Team.objects.filter(municipality=location.municipality_id).values_list("pk", "name"))
    days = dict(OpeningHours.Weekday.choices)
    words: dict[str, Callable[[Any], Any]] = {
        "OpeningHours": lambda e: f"{days[e.weekday]} {short_clock(e.opens)}–{short_clock(e.closes)}",
        "DayException": lambda e: f"{e.day:%d/%m/%Y} {e.reason}".strip(),
        "ServiceOffer": lambda e: services.get(e.service_id, _("a service")),
        "TeamPlace": lambda e: teams.get(e.team_id, _("a team")),
    }
    for name, word in words.items():
        events = event_model(name).objects.filter(location_id=location.pk, pgh_context__in=contexts)
        for event in events.order_by("pgh_id"):
            sign = {"insert": "+", "delete": "−"}.get(event.pgh_label, "±")
            lines[event.pgh_context_id].append(f"{sign} {word(event)}")
    return lines


def latest_changes(locations: Iterable[Model], *, limit: int) -> list[Any]:
    """The last news of each of some locations, newest first; who did it is left out.

    News is that it was added, or a change by a person or with a reason; `together` counts what was added on the same day.
    """
    events = event_model("WorkLocation").objects.filter(pgh_obj__in=locations)
    events = events.filter(Q(pgh_label="insert") | Q(pgh_context__metadata__has_any_keys=["user", "why"]))
    newest = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id").values("pgh_id")
    return list(
        event_model("WorkLocation")
        .objects.filter(pgh_id__in=newest)
        .select_related("pgh_obj", "pgh_context")
        .annotate(together=Window(Count("pk"), partition_by=[TruncDate("pgh_created_at"), F("pgh_label")]))
        .order_by("-pgh_id")[:limit]
    )
