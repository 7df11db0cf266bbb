"""The verbs for one work location."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Municipality
from core.history import because
from core.slugs import free_slug
from workplaces.actions.shared import (
    DETAILS,
    ORIGIN,
    DayOff,
    Place,
    assign,
    checked_point,
    locked,
    save,
    user_key,
    write_exceptions,
    write_offers,
    write_teams,
    write_week,
)
from workplaces.models import QualityWaiver, Service, Team, WorkLocation
from workplaces.opening import Stretch
from workplaces.rules import may_add, may_change, works_at
from workplaces.slugs import RESERVED, word_for


@transaction.atomic
def change_location(
    *, location: WorkLocation, by: Any, version: str | None, values: Mapping[str, Any], why: str = ""
) -> WorkLocation:
    """Change name, address, contact and accessibility."""
    location = locked(location, by, version)
    changed = assign(location, values, DETAILS)
    if changed:
        location.full_clean()
        with because(why or "details", **user_key(by)):
            save(location, changed)
    return location


@transaction.atomic
def set_offer(
    *,
    location: WorkLocation,
    by: Any,
    version: str | None,
    services: Iterable[Service],
    teams: Iterable[Team],
    why: str = "",
) -> WorkLocation:
    """Say which services are offered there and which teams work there."""
    location = locked(location, by, version)
    with because(why or "offer", **user_key(by)):
        if any([write_offers(location, services), write_teams(location, teams)]):
            save(location)
    return location


@transaction.atomic
def set_hours(
    *,
    location: WorkLocation,
    by: Any,
    version: str | None,
    week: Mapping[int, Iterable[Stretch]],
    exceptions: Iterable[DayOff] = (),
    since: dt.date | None = None,
    why: str = "",
) -> WorkLocation:
    """Set the hours of the week, and the exceptional days from a day (today) on."""
    location = locked(location, by, version)
    first = since or timezone.localdate()
    with because(why or "hours", **user_key(by)):
        if any([write_week(location, week), write_exceptions(location, exceptions, first)]):
            save(location)
    return location


@transaction.atomic
def move_pin(
    *,
    location: WorkLocation,
    by: Any,
    version: str | None,
    point: Point | None,
    precision: str,
    placed_by: str = "",
    why: str = "",
) -> WorkLocation:
    """Put the location at a place on the map, and say how precise that is; not outside the areas that one works for."""
    location = locked(location, by, version)
    return _placed(location, by, Place(point, precision, placed_by), why)


@transaction.atomic
def change_all(
    *,
    location: WorkLocation,
    by: Any,
    version: str | None,
    values: Mapping[str, Any],
    services: Iterable[Service] | None = None,
    place: Place | None = None,
) -> WorkLocation:
    """Change details, services and place at once, or nothing of it; what is None stays."""
    location = locked(location, by, version)
    changed = assign(location, values, DETAILS)
    if changed:
        location.full_clean()
    with because("details", **user_key(by)):
        if any([changed, services is not None and write_offers(location, services)]):
            save(location, changed)
    return location if place is None else _placed(location, by, place)


def _placed(location: WorkLocation, by: Any, place: Place, why: str = "") -> WorkLocation:
    """Put a locked location somewhere."""
    point = checked_point(location.municipality, place.point)
    if by is not None and not works_at(by, location.municipality, point):
        raise ValidationError({"point": _("This place lies outside the areas that you work for.")})
    there = location.point
    stays = there == point or (there is not None and point is not None and there.equals_exact(point, 1e-8))
    if stays and (location.precision, location.placed_by) == (place.precision, place.placed_by):
        return location
    location.point, location.precision, location.placed_by = point, place.precision, place.placed_by
    location.full_clean()
    with because(why or "pin", **user_key(by)):
        save(location, ["point", "precision", "placed_by"])
    return location


@transaction.atomic
def add_location(
    *,
    municipality: Municipality,
    by: Any,
    values: Mapping[str, Any],
    services: Iterable[Service] = (),
    teams: Iterable[Team] = (),
    point: Point | None = None,
    precision: str = WorkLocation.Precision.NONE,
    placed_by: str = "",
    slug: str = "",
    why: str = "",
) -> WorkLocation:
    """Add a location; an area worker does so in the own areas."""
    if by is not None and not may_add(by, municipality):
        raise PermissionDenied
    # Two people who add the same name at once would choose the same slug.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    point = checked_point(municipality, point)
    if by is not None and not works_at(by, municipality, point):
        raise ValidationError(
            {"point": _("Put the location on the map, in one of the areas that you work for.")}
        )
    location = WorkLocation(
        municipality=municipality,
        slug=slug or _free_slug(municipality, str(values.get("name", ""))),
        point=point,
        precision=precision,
        placed_by=placed_by,
    )
    assign(location, values, (*DETAILS, *ORIGIN))
    location.full_clean()
    with because(why or "new", **user_key(by)):
        location.save()
        write_offers(location, services)
        write_teams(location, teams)
    return location


def _free_slug(municipality: Municipality, name: str) -> str:
    word = word_for(name)
    taken = WorkLocation.objects.of(municipality).filter(slug__startswith=word)
    return free_slug(word, RESERVED | set(taken.values_list("slug", flat=True)))


@transaction.atomic
def close_location(
    *, location: WorkLocation, by: Any, version: str | None, on: dt.date, why: str = ""
) -> WorkLocation:
    """Close a location for good on a day; its page stays readable."""
    location = locked(location, by, version)
    location.closed_on = on
    location.full_clean()
    with because(why or "closed", **user_key(by)):
        save(location, ["closed_on"])
    return location


@transaction.atomic
def reopen_location(*, location: WorkLocation, by: Any, version: str | None, why: str = "") -> WorkLocation:
    """Take a closed location into use again."""
    location = locked(location, by, version)
    location.closed_on = None
    with because(why or "reopened", **user_key(by)):
        save(location, ["closed_on"])
    return location


@transaction.atomic
def waive_finding(*, location: WorkLocation, rule: str, by: Any, reason: str) -> QualityWaiver:
    """Say that a finding of the data-quality list is right so, and why."""
    if not may_change(by, location):
        raise PermissionDenied
    waiver, _new = QualityWaiver.objects.select_for_update().get_or_create(
        location=location, rule=rule, defaults={"reason": reason, "waived_by": by}
    )
    waiver.reason, waiver.waived_by = reason, by
    waiver.full_clean()
    with because("waiver", **user_key(by)):
        waiver.save()
    return waiver
