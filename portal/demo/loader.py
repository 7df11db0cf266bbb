"""Loads the demo municipality; a second time changes nothing, and boundaries that were replaced stay replaced."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from areas.actions import import_areas
from areas.kinds import USUAL
from areas.models import Area, AreaKind, Municipality
from core.history import because
from portal.demo.accounts import restore_people
from portal.demo.advices import restore_advices
from portal.demo.assignments import restore_assignments
from portal.demo.councils import restore_councils
from portal.demo.evaluations import restore_evaluations
from portal.demo.evenings import restore_meetings, tie_to_advices
from portal.demo.figures import restore_figures
from portal.demo.mandates import restore_mandates
from portal.demo.outlines import geojson
from portal.demo.periods import restore_periods
from portal.demo.places import Place, Places, Schedule, places, printed_address
from portal.demo.plans import BY, restore_plans
from portal.demo.rows import restore
from workplaces.models import DayException, OpeningHours, Service, ServiceOffer, Team, WorkLocation

Say = Callable[[str], None]
AreasByCode = dict[str, Area]

DRAWN_ON = dt.date(2026, 11, 21)
TOWN_HALL = 1  # its number in the source
HOLIDAYS = (
    (1, 1, "Nieuwjaar"),
    (5, 1, "Dag van de Arbeid"),
    (7, 21, "Nationale feestdag"),
    (8, 15, "O.L.V.-Hemelvaart"),
    (11, 1, "Allerheiligen"),
    (11, 11, "Wapenstilstand"),
    (12, 25, "Kerstmis"),
)
DRAWN = ("gemeente", "deelgemeente", "wijk")
KINDS = [usual for usual in USUAL[Municipality.Country.BELGIUM] if usual.slug in DRAWN]


def load(*, say: Say) -> Municipality:
    """Make or restore the demo municipality with its areas, work locations, figures and people."""
    if not settings.DEMO:
        raise PermissionDenied("Demo accounts exist only with DEMO=1.")
    with transaction.atomic(), because("portal.demo_loaded", by=BY):
        municipality = _municipality()
        areas = _areas(municipality)
        say(f"{municipality.full_name}: {len(areas)} areas")
        data = places()
        locations = _locations(municipality, data)
        _teams(municipality, data, areas, locations)
        figures = restore_figures(municipality, by=BY)
        say(f"{len(locations)} work locations, {len(data['services'])} services, {len(data['teams'])} teams")
        say(f"{figures} example figures")
        people = restore_people(municipality, areas)
        say(f"{len(people)} people, by role only")
        demo = restore_plans(municipality, areas)
        assignments = restore_assignments(demo)
        restore_mandates(demo)
        say(f"{len(demo.plans)} plans, {assignments} assignments")
        councils = restore_councils(municipality, areas)
        meetings, advices = restore_meetings(councils), restore_advices(councils, demo)
        tie_to_advices(councils)
        say(f"{len(councils)} councils, {meetings} meetings, {advices} advices")
        say(f"{restore_evaluations(municipality, councils)} evaluations")
        say(f"{restore_periods(municipality)} periods of the calendar")
    return municipality


def _municipality() -> Municipality:
    return restore(
        Municipality,
        {"country": "BE", "code": "13014"},
        slug="hoogstraten",
        name="Hoogstraten",
        full_name="Stad Hoogstraten",
        srid=Municipality.Grid.LAMBERT_72,
        contact_name="Onthaal stadhuis",
        contact_address="Vrijheid 149, 2320 Hoogstraten",
        contact_email="onthaal@hoogstraten.example",
        contact_phone="03 000 00 00",
        is_demo=True,
    )


def _areas(municipality: Municipality) -> AreasByCode:
    """The areas by code; drawn only when nothing is in force, since real boundaries may have come in their place."""
    for usual in KINDS:
        fields = usual._asdict()
        kind = restore(AreaKind, {"municipality": municipality, "slug": fields.pop("slug")}, **fields)
        if not kind.editions.in_force().exists():
            import_areas(
                municipality=municipality,
                kind=kind,
                data=geojson(usual.slug),
                preset="provincies-in-cijfers",
                by=BY,
                reference_date=DRAWN_ON,
                source="Schematische tekening van Gebiedsplein",
                licence="",
                credit="Getekend voor de demo: niet de officiële grenzen.",
                is_schematic=True,
            )
    areas = (
        Area.objects.of(municipality)
        .filter(kind__slug__in=[usual.slug for usual in KINDS])
        .prefetch_related("codes")
    )
    return {code.code: area for area in areas for code in area.codes.all()}


def _locations(municipality: Municipality, data: Places) -> dict[int, WorkLocation]:
    services = {
        entry["slug"]: restore(
            Service,
            {"municipality": municipality, "slug": entry["slug"]},
            name=entry["name"],
            is_basic=entry.get("is_basic", False),
        )
        for entry in data["services"]
    }
    locations = {
        place["number"]: _location(municipality, data["source"], place) for place in data["locations"]
    }
    _offers(data, locations, services)
    _hours(data, locations)
    _holidays(locations[TOWN_HALL])
    return locations


def _location(municipality: Municipality, source: str, place: Place) -> WorkLocation:
    return restore(
        WorkLocation,
        {"municipality": municipality, "slug": place.get("slug") or slugify(place["name"])},
        name=place["name"],
        number=place["number"],
        street=place["street"],
        house_number=place["house_number"],
        postcode=place["postcode"],
        locality=place["locality"],
        address_as_printed=printed_address(place),
        source=source,
        point=Point(place["position"][0], place["position"][1], srid=4326),
        precision=place["precision"],
        placed_by=place["placed_by"],
        phone=place["phone"],
        wheelchair=place["wheelchair"],
        accessible_toilet=place.get("accessible_toilet", WorkLocation.Access.UNKNOWN),
        details_are_examples=True,
    )


def _offers(data: Places, locations: dict[int, WorkLocation], services: dict[str, Service]) -> None:
    wanted = {
        (locations[place["number"]].pk, services[slug].pk, from_source)
        for place in data["locations"]
        for slugs, from_source in ((place["services"], True), (place.get("example_services", []), False))
        for slug in slugs
    }
    rows = ServiceOffer.objects.filter(location__in=locations.values())
    changed = {row[0] for row in wanted ^ set(rows.values_list("location", "service", "from_source"))}
    rows.filter(location__in=changed).delete()
    ServiceOffer.objects.bulk_create(
        ServiceOffer(location_id=location, service_id=service, from_source=from_source)
        for location, service, from_source in sorted(wanted)
        if location in changed
    )


def _hours(data: Places, locations: dict[int, WorkLocation]) -> None:
    wanted = {
        (locations[place["number"]].pk, *stretch)
        for place in data["locations"]
        for stretch in _stretches(data["schedules"][place["schedule"]])
    }
    rows = OpeningHours.objects.filter(location__in=locations.values())
    changed = {row[0] for row in wanted ^ set(rows.values_list("location", "weekday", "opens", "closes"))}
    rows.filter(location__in=changed).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(location_id=location, weekday=weekday, opens=opens, closes=closes)
        for location, weekday, opens, closes in sorted(wanted)
        if location in changed
    )


def _holidays(town_hall: WorkLocation) -> None:
    """The town hall is closed on the coming holidays with a fixed day."""
    today = timezone.localdate()
    for month, day, reason in HOLIDAYS:
        coming = next(
            date for date in (dt.date(today.year + later, month, day) for later in (0, 1)) if date >= today
        )
        restore(DayException, {"location": town_hall, "day": coming}, reason=reason, is_example=True)


def _stretches(schedule: Schedule) -> list[tuple[int, dt.time, dt.time]]:
    """Weekday from Monday as 0, and from when until when: of day "1" and "09:00-12:00"."""
    return [
        (int(day) - 1, dt.time.fromisoformat(opens), dt.time.fromisoformat(closes))
        for day, spans in schedule.items()
        for opens, _, closes in (span.partition("-") for span in spans)
    ]


def _teams(
    municipality: Municipality, data: Places, areas: AreasByCode, locations: dict[int, WorkLocation]
) -> None:
    for entry in data["teams"]:
        team = restore(
            Team,
            {"municipality": municipality, "slug": entry["slug"]},
            name=entry["name"],
            email=entry["email"],
            phone=entry["phone"],
            is_example=True,
        )
        team.areas.add(*(areas[code] for code in entry["areas"]))
        team.locations.add(*(locations[number] for number in entry["locations"]))
