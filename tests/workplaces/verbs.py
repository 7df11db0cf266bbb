"""How the verbs of work locations are called."""

import datetime as dt
from typing import Any

from django.contrib.gis.geos import Point
from django.utils import timezone

from core.tables import Row
from tests.verbs import Examples, World
from tests.workplaces.conftest import BERGEN
from workplaces import actions
from workplaces.actions import teams
from workplaces.models import OpeningHours, Service, ServiceOffer, Team, TeamMember, WorkLocation
from workplaces.opening import Stretch


def of_a_location(world: World, **more: Any) -> dict[str, Any]:
    """What each verb of one location gets, as an area worker calls it."""
    location = WorkLocation.objects.create(
        municipality=world.land.municipality, slug="bibliotheek", name="Bibliotheek", street="Dreef",
        point=Point(*BERGEN, srid=4326), precision="address",
    )  # fmt: skip
    OpeningHours.objects.create(location=location, weekday=0, opens=dt.time(9), closes=dt.time(12))
    ServiceOffer.objects.create(location=location, service=_service(world, "boeken"))
    return {"location": location, "by": world.cast["worker_here"], "version": location.version, **more}


def _service(world: World, slug: str) -> Service:
    return Service.objects.create(municipality=world.land.municipality, slug=slug, name=slug)


def _team(world: World) -> Team:
    return Team.objects.create(municipality=world.land.municipality, slug="onthaal", name="Onthaal")


def _closed(world: World) -> dict[str, Any]:
    asked = of_a_location(world)
    WorkLocation.objects.update(closed_on=timezone.localdate())
    return asked


def _moved(world: World) -> dict[str, Any]:
    _team(world).areas.add(world.land["dalen"])
    return {"by": world.cast["steward"], "keys": [world.land["dalen"].pk], "to": world.land["midden"].pk}


def _waived(world: World) -> dict[str, Any]:
    asked = of_a_location(world, rule="no-hours", reason="Altijd dicht")
    del asked["version"]
    return asked


def _table(world: World) -> dict[str, Any]:
    of_a_location(world)
    rows = [
        Row(2, {"kenmerk": "bibliotheek", "naam": "Bib", "maandag": "10.00-11.00"}),
        Row(3, {"kenmerk": "", "naam": "Museum"}),
    ]
    return {"municipality": world.land.municipality, "by": world.cast["steward"], "rows": rows}


def _member(world: World) -> TeamMember:
    return TeamMember.objects.create(team=_team(world), user=world.cast["moderator"], valid_from="2025-01-01")


def _passed_on(world: World) -> dict[str, Any]:
    _member(world)
    return {
        "by": world.cast["administrator"], "municipality": world.land.municipality,
        "user": world.cast["moderator"], "to": world.cast["secretary"],
    }  # fmt: skip


EXAMPLES: Examples = {
    teams.add_member: lambda world: {
        "by": world.cast["steward"], "team": _team(world), "user": world.cast["moderator"],
        "valid_from": timezone.localdate(),
    },
    teams.end_member: lambda world: {
        "by": world.cast["steward"], "member": _member(world), "last_day": timezone.localdate(),
    },
    teams.pass_on_teams: _passed_on,
    teams.move_teams: lambda world: _moved(world),
    actions.change_location: lambda world: of_a_location(world, values={"name": "Bib"}, note="Zo heet ze"),
    actions.set_offer: lambda world: of_a_location(
        world, services=[_service(world, "museum")], teams=[_team(world)]
    ),
    actions.set_hours: lambda world: of_a_location(
        world, week={1: [Stretch(dt.time(9), dt.time(12))]}, exceptions=[actions.DayOff(timezone.localdate())]
    ),
    actions.move_pin: lambda world: of_a_location(
        world, point=Point(4.73, 51.45, srid=4326), precision="street"
    ),
    actions.change_all: lambda world: of_a_location(
        world, values={"name": "Bib"}, services=[],
        place=actions.Place(Point(4.73, 51.45, srid=4326), "street"),
    ),
    actions.add_location: lambda world: {
        "municipality": world.land.municipality, "by": world.cast["worker_here"], "values": {"name": "Museum"},
        "services": [_service(world, "museum")], "teams": [_team(world)],
        "point": Point(*BERGEN, srid=4326), "precision": "address",
    },
    actions.close_location: lambda world: of_a_location(world, on=timezone.localdate(), note="Verhuisd"),
    actions.reopen_location: _closed,
    actions.waive_finding: _waived,
    actions.import_locations: _table,
}  # fmt: skip
