"""What every verb needs: the lock, the version, the place, the slug."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from areas.models import AreaShape, Municipality
from core.verbs import Actor, Operator, locked, require, same_version
from workplaces.models import DayException, OpeningHours, Service, ServiceOffer, Team, WorkLocation
from workplaces.opening import Stretch
from workplaces.rules import works_at

DETAILS = (
    "name", "street", "house_number", "postcode", "locality", "phone", "email", "website",
    "wheelchair", "accessible_toilet", "access_note", "details_are_examples",
)  # fmt: skip
# What only a table or an operator brings in: where the location was found.
ORIGIN = ("number", "address_as_printed", "source")


@dataclass(frozen=True)
class DayOff:
    """A day that differs: other hours, or closed when there is no stretch."""

    day: dt.date
    stretch: Stretch | None = None
    reason: str = ""


@dataclass(frozen=True)
class Place:
    """A place on the map, how precise it is, and how that is known."""

    point: Point | None
    precision: str
    placed_by: str = ""


def locked_for(location: WorkLocation, *, by: Actor, version: str | None = None) -> WorkLocation:
    """The location under a lock, when the actor may change it and saw its last version (None: does not matter)."""
    found = locked(location, queryset=WorkLocation.objects.select_related("municipality"))
    require("workplaces.change_location", found, by=by)  # as it is now: the pin may have moved away
    same_version(found, version)
    return found


def may_stand(by: Actor, municipality: Municipality, point: Point | None) -> bool:
    """Whether the actor may put a location there."""
    return isinstance(by, Operator) or works_at(by, municipality, point)


def assign(location: WorkLocation, values: Mapping[str, Any], allowed: Iterable[str]) -> list[str]:
    """Set the values that differ, and say which."""
    changed = [name for name in allowed if name in values and getattr(location, name) != values[name]]
    for name in changed:
        setattr(location, name, values[name])
    return changed


def save(location: WorkLocation, changed: Iterable[str] = ()) -> None:
    """Write what changed; the version moves along, also when only hours or services changed."""
    location.save(update_fields=[*changed, "updated_at"])


def checked_point(municipality: Municipality, point: Point | None) -> Point | None:
    """The point, when it lies in the municipality (as far as its boundaries are known)."""
    if point is None:
        return None
    if not all(math.isfinite(number) for number in (point.x, point.y)):
        raise ValidationError({"point": _("This is no place on the map.")})
    shapes = AreaShape.objects.in_force().filter(area__municipality=municipality)
    if shapes.exists() and not shapes.filter(geom__intersects=point).exists():
        raise ValidationError(
            {"point": _("This place lies outside %(municipality)s.") % {"municipality": municipality}}
        )
    return point


def write_offers(location: WorkLocation, services: Iterable[Service]) -> bool:
    """Offer exactly these services; what stays keeps its note. Says whether anything changed."""
    wanted = {service.pk: service for service in services}
    if any(service.municipality_id != location.municipality_id for service in wanted.values()):
        raise ValidationError({"services": _("This service belongs to another municipality.")})
    there = {offer.service_id: offer for offer in location.offers.all()}
    gone = [offer.pk for key, offer in there.items() if key not in wanted]
    new = [
        ServiceOffer(location=location, service=service, from_source=False)
        for key, service in wanted.items()
        if key not in there
    ]
    if gone:
        ServiceOffer.objects.filter(pk__in=gone).delete()
    ServiceOffer.objects.bulk_create(new)
    return bool(gone or new)


def write_teams(location: WorkLocation, teams: Iterable[Team]) -> bool:
    """Exactly these teams work there. Says whether anything changed."""
    wanted = set(teams)
    if any(team.municipality_id != location.municipality_id for team in wanted):
        raise ValidationError({"teams": _("This team belongs to another municipality.")})
    if wanted == set(location.teams.all()):
        return False
    location.teams.set(wanted)
    return True


def write_week(location: WorkLocation, week: Mapping[int, Iterable[Stretch]]) -> bool:
    """These are the hours; rows that stay are left alone. Says whether anything changed."""
    wanted = {(day, one.opens, one.closes) for day, stretches in week.items() for one in stretches}
    there = {(one.weekday, one.opens, one.closes): one.pk for one in location.hours.all()}
    gone = [key for row, key in there.items() if row not in wanted]
    new = [
        OpeningHours(location=location, weekday=day, opens=opens, closes=closes)
        for day, opens, closes in sorted(wanted - there.keys())
    ]
    for row in new:
        row.clean_fields()
    if gone:
        OpeningHours.objects.filter(pk__in=gone).delete()
    OpeningHours.objects.bulk_create(new)
    return bool(gone or new)


def write_exceptions(location: WorkLocation, days: Iterable[DayOff], since: dt.date) -> bool:
    """These are the exceptional days from a day on; those before it stay as they were."""
    wanted = {day.day: day for day in days}
    there = {one.day: one for one in location.exceptions.filter(day__gte=since)}
    changed = False
    for day, one in there.items():
        if day not in wanted:
            one.delete()
            changed = True
    for day, off in sorted(wanted.items()):
        row = there.get(day) or DayException(location=location, day=day)
        opens, closes = (off.stretch.opens, off.stretch.closes) if off.stretch else (None, None)
        if row.pk and (row.opens, row.closes, row.reason) == (opens, closes, off.reason):
            continue
        row.opens, row.closes, row.reason = opens, closes, off.reason
        row.is_example = False
        row.full_clean()
        row.save()
        changed = True
    return changed
