"""The doors of work locations."""

from django.contrib.gis.geos import Point

from tests.conftest import Land
from tests.doors import EDITORS_IN_BERGEN, EDITORS_SOMEWHERE, EVERYONE, NOBODY, STEWARDS, Door, World, api
from tests.intakes import kept_file
from workplaces.models import OpeningHours, Service, ServiceOffer, Team, TeamMember, WorkLocation

DOORS: dict[str, list[Door]] = {
    "api/v1/werklocaties/": [
        Door("/api/v1/werklocaties/", EVERYONE),
        api("/api/v1/werklocaties/", EDITORS_SOMEWHERE, "post"),
    ],
    "api/v1/werklocaties/<uuid:uuid>/": [
        Door("/api/v1/werklocaties/{location_uuid}/", EVERYONE),
        api("/api/v1/werklocaties/{location_uuid}/", EDITORS_IN_BERGEN, "patch"),
        api("/api/v1/werklocaties/{location_uuid}/", NOBODY, "delete"),
    ],
    "werklocaties/": [
        Door("/werklocaties/", EVERYONE),
        Door("/werklocaties/?gebied=dalen", EVERYONE),
    ],
    r"werklocaties/kwaliteit/tabel\.(?P<extension>csv|xlsx)": [
        Door("/werklocaties/kwaliteit/tabel.csv", EDITORS_SOMEWHERE),
    ],
    r"werklocaties/tabel\.(?P<extension>csv|xlsx)": [
        Door("/werklocaties/tabel.csv", EVERYONE, in_pieces=True),
        Door("/werklocaties/tabel.xlsx", EVERYONE, in_pieces=True),
    ],
    "werklocaties/<slug:slug>/agenda.ics": [Door("/werklocaties/bib/agenda.ics", EVERYONE)],
    "werklocaties/nieuw/": [Door("/werklocaties/nieuw/", EDITORS_SOMEWHERE)],
    "werklocaties/import/": [Door("/werklocaties/import/", STEWARDS)],
    "werklocaties/import/<uuid:uuid>/": [
        Door("/werklocaties/import/{table}/", frozenset({"steward"}), more_for_staff=5)
    ],
    "werklocaties/kwaliteit/": [Door("/werklocaties/kwaliteit/", EDITORS_SOMEWHERE)],
    "werklocaties/kwaliteit/<slug:slug>/<slug:rule>/": [
        Door("/werklocaties/kwaliteit/{location}/no-services/", EDITORS_IN_BERGEN, "post")
    ],
    "werklocaties/teams/": [Door("/werklocaties/teams/", EDITORS_SOMEWHERE)],
    "werklocaties/teams/<slug:slug>/": [
        Door("/werklocaties/teams/{team}/", EDITORS_SOMEWHERE),
        Door("/werklocaties/teams/{team}/", STEWARDS, "post"),
    ],
    "werklocaties/teams/<slug:slug>/<int:key>/": [Door("/werklocaties/teams/{team}/{member}/", STEWARDS)],
    # Staff see its findings, and what was changed in it and in five tables beside it.
    "werklocaties/<slug:slug>/": [Door("/werklocaties/{location}/", EVERYONE, more_for_staff=7)],
    "werklocaties/<slug:slug>/bewerken/": [Door("/werklocaties/{location}/bewerken/", EDITORS_IN_BERGEN)],
    "werklocaties/<slug:slug>/bewerken/<slug:word>/": [
        Door("/werklocaties/{location}/bewerken/plaats/", EDITORS_IN_BERGEN)
    ],
}

SCREENS = {
    "public": ("/werklocaties/", "/werklocaties/ldc-en-bibliotheek-meerle/"),
    "staff": (
        "/werklocaties/ldc-en-bibliotheek-meerle/",
        "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/",
        "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/uren/",
        "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/diensten/",
        "/werklocaties/ldc-en-bibliotheek-meerle/bewerken/plaats/",
        "/werklocaties/nieuw/",
        "/werklocaties/import/",
        "/werklocaties/kwaliteit/",
        "/werklocaties/teams/",
    ),
}


def world(made: World) -> None:
    """A library in Bergen, and a table that waits."""
    municipality = made.land.municipality
    location = WorkLocation.objects.create(
        municipality=municipality,
        slug="bib",
        name=made.named("Bib"),
        point=Point(4.72, 51.45, srid=4326),
        precision="address",
    )
    table = kept_file("workplaces.locations", municipality, b"naam\nProef\n", made.owners["steward"])
    team = Team.objects.create(municipality=municipality, slug="onthaal", name=made.named("Onthaal"))
    member = TeamMember.objects.create(team=team, user=made.cast["moderator"], valid_from="2025-01-01")
    made.names |= {"team": team.slug, "member": str(member.pk)}
    made.names |= {"location": "bib", "location_uuid": str(location.uuid), "table": str(table.uuid)}


def rows(land: Land, numbers: range) -> None:
    """Work locations with hours and a service; teams."""
    service, _new = Service.objects.get_or_create(municipality=land.municipality, slug="balie", name="Balie")
    locations = WorkLocation.objects.bulk_create(
        WorkLocation(
            municipality=land.municipality,
            slug=f"plek-{number:05}",
            name=f"Plek {number:05}",
            locality="Bergen",
            point=Point(4.70 + number % 100 / 1000, 51.40 + number // 100 / 2000, srid=4326),
            precision="address",
        )
        for number in numbers
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(location=location, weekday=0, opens="09:00", closes="12:00") for location in locations
    )
    ServiceOffer.objects.bulk_create(
        ServiceOffer(location=location, service=service) for location in locations
    )
    Team.objects.bulk_create(
        Team(municipality=land.municipality, slug=f"ploeg-{number:05}", name=f"Ploeg {number:05}")
        for number in numbers
    )
