"""Work locations in the small municipality."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point

from tests.conftest import Land
from workplaces.models import OpeningHours, Service, ServiceOffer, Team, WorkLocation

Maker = Callable[..., WorkLocation]
# A place in each area; MIDDEN_ZUID lies in Midden, in the strip that belongs to Zuid.
BERGEN, MIDDEN, MIDDEN_ZUID, DALEN = (4.72, 51.45), (4.78, 51.45), (4.78, 51.425), (4.72, 51.41)


@pytest.fixture
def make_location(land: Land) -> Maker:
    """A work location with sensible values for what is not given."""

    def make(
        name: str = "Bibliotheek", at: tuple[float, float] | None = BERGEN, **fields: Any
    ) -> WorkLocation:
        values: dict[str, Any] = {
            "municipality": land.municipality,
            "slug": name.lower().replace(" ", "-"),
            "name": name,
            "street": "Lindendreef",
            "house_number": "1b",
            "postcode": "2320",
            "locality": "Bergen",
            "point": Point(*at, srid=4326) if at else None,
            "precision": "address" if at else "none",
            **fields,
        }
        return WorkLocation.objects.create(**values)

    return make


@pytest.fixture
def library(make_location: Maker) -> WorkLocation:
    """The library of Bergen: open on Monday with a break, on Wednesday until seven."""
    location = make_location(phone="03 000 00 01", wheelchair="yes")
    for weekday, opens, closes in ((0, 9, 12), (0, 13, 17), (2, 13, 19)):
        OpeningHours.objects.create(
            location=location, weekday=weekday, opens=dt.time(opens), closes=dt.time(closes)
        )
    service = Service.objects.create(
        municipality=location.municipality, slug="bibliotheek", name="Bibliotheek"
    )
    ServiceOffer.objects.create(location=location, service=service)
    return location


@pytest.fixture
def desk(land: Land) -> Team:
    """A team that works for Bergen."""
    team = Team.objects.create(
        municipality=land.municipality,
        slug="onthaal",
        name="Onthaal",
        phone="03 000 00 02",
        email="o@x.example",
    )
    team.areas.add(land["bergen"])
    return team
