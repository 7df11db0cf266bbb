"""The verbs for one work location."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from areas.models import Municipality
from core.history import because
from core.slugs import free_slug
from core.verbs import Actor, locked, require, verb
from workplaces.actions.shared import (
    DETAILS,
    ORIGIN,
    DayOff,
    Place,
    assign,
    checked_point,
    locked_for,
    may_stand,
    save,
    write_exceptions,
    write_offers,
    write_teams,
    write_week,
)
from workplaces.models import QualityWaiver, Service, Team, WorkLocation
from workplaces.opening import Stretch
from workplaces.slugs import RESERVED, word_for


@verb
def change_location(
    *, location: WorkLocation, by: Actor, version: str | None, values: Mapping[str, Any], note: str = ""
) -> WorkLocation:
    """Change name, address, contact and accessibility."""
    location = locked_for(location, by=by, version=version)
    changed = assign(location, values, DETAILS)
    if changed:
        location.full_clean()
        with because("workplaces.details", by=by, note=note):
            save(location, changed)
    return location


@verb
def set_offer(
    *,
    location: WorkLocation,
    by: Actor,
    version: str | None,
    services: Iterable[Service],
    teams: Iterable[Team],
    note: str = "",
) -> WorkLocation:
    """Say which services are offered there and which teams work there."""
    location = locked_for(location, by=by, version=version)
    with because("workplaces.offer", by=by, note=note):
        if any([write_offers(location, services), write_teams(location, teams)]):
            save(location)
    return location


@verb
def set_hours(
    *,
    location: WorkLocation,
    by: Actor,
    version: str | None,
    week: Mapping[int, Iterable[Stretch]],
    exceptions: Iterable[DayOff] = (),
    since: dt.date | None = None,
    note: str = "",
) -> WorkLocation:
    """Set the hours of the week, and the exceptional days from a day (today) on."""
    location = locked_for(location, by=by, version=version)
    first = since or timezone.localdate()
    with because("workplaces.hours", by=by, note=note):
        if any([write_week(location, week), write_exceptions(location, exceptions, first)]):
            save(location)
    return location


@verb
def move_pin(
    *,
    location: WorkLocation,
    by: Actor,
    version: str | None,
    point: Point | None,
    precision: str,
    placed_by: str = "",
    note: str = "",
) -> WorkLocation:
    """Put the location at a place on the map, and say how precise that is; not outside the areas that one works for."""
    location = locked_for(location, by=by, version=version)
    return _placed(location, by, Place(point, precision, placed_by), note)


@verb
def change_all(
    *,
    location: WorkLocation,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    services: Iterable[Service] | None = None,
    place: Place | None = None,
) -> WorkLocation:
    """Change details, services and place at once, or nothing of it; what is None stays."""
    location = locked_for(location, by=by, version=version)
    changed = assign(location, values, DETAILS)
    if changed:
        location.full_clean()
    with because("workplaces.details", by=by):
        if any([changed, services is not None and write_offers(location, services)]):
            save(location, changed)
    return location if place is None else _placed(location, by, place)


def _placed(location: WorkLocation, by: Actor, place: Place, note: str = "") -> WorkLocation:
    """Put a locked location somewhere."""
    point = checked_point(location.municipality, place.point)
    if not may_stand(by, location.municipality, point):
        raise ValidationError({"point": _("This place lies outside the areas that you work for.")})
    there = location.point
    stays = there == point or (there is not None and point is not None and there.equals_exact(point, 1e-8))
    if stays and (location.precision, location.placed_by) == (place.precision, place.placed_by):
        return location
    location.point, location.precision, location.placed_by = point, place.precision, place.placed_by
    location.full_clean()
    with because("workplaces.place", by=by, note=note):
        save(location, ["point", "precision", "placed_by"])
    return location


@verb
def add_location(
    *,
    municipality: Municipality,
    by: Actor,
    values: Mapping[str, Any],
    services: Iterable[Service] = (),
    teams: Iterable[Team] = (),
    point: Point | None = None,
    precision: str = WorkLocation.Precision.NONE,
    placed_by: str = "",
    slug: str = "",
    note: str = "",
) -> WorkLocation:
    """Add a location; an area worker does so in the own areas."""
    require("workplaces.add_location", municipality, by=by)
    # Two people who add the same name at once would choose the same slug.
    locked(municipality)
    point = checked_point(municipality, point)
    if not may_stand(by, municipality, point):
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
    with because("workplaces.added", by=by, note=note):
        location.save()
        write_offers(location, services)
        write_teams(location, teams)
    return location


def _free_slug(municipality: Municipality, name: str) -> str:
    word = word_for(name)
    taken = WorkLocation.objects.of(municipality).filter(slug__startswith=word)
    return free_slug(word, RESERVED | set(taken.values_list("slug", flat=True)))


@verb
def close_location(
    *, location: WorkLocation, by: Actor, version: str | None, on: dt.date, note: str = ""
) -> WorkLocation:
    """Close a location for good on a day; its page stays readable."""
    location = locked_for(location, by=by, version=version)
    location.closed_on = on
    location.full_clean()
    with because("workplaces.closed", by=by, note=note):
        save(location, ["closed_on"])
    return location


@verb
def reopen_location(
    *, location: WorkLocation, by: Actor, version: str | None, note: str = ""
) -> WorkLocation:
    """Take a closed location into use again."""
    location = locked_for(location, by=by, version=version)
    location.closed_on = None
    with because("workplaces.reopened", by=by, note=note):
        save(location, ["closed_on"])
    return location


@verb
def waive_finding(*, location: WorkLocation, rule: str, by: Actor, reason: str) -> QualityWaiver:
    """Say that a finding of the data-quality list is right so, and why."""
    location = locked_for(location, by=by)
    waiver = QualityWaiver.objects.filter(location=location, rule=rule).first()
    waiver = waiver or QualityWaiver(location=location, rule=rule)
    waiver.reason, waiver.waived_by = reason, by if isinstance(by, User) else None
    waiver.full_clean()
    with because("workplaces.finding_waived", by=by):
        waiver.save()
    return waiver
