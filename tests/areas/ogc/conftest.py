"""The small municipality with two work locations, and how the service is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from tests.conftest import Land
from workplaces.models import WorkLocation

OGC = "/ogc/"
WIJK = f"{OGC}collections/wijk/items"
Ask = Callable[..., Any]


@pytest.fixture
def places(land: Land) -> list[WorkLocation]:
    return [
        WorkLocation.objects.create(
            municipality=land.municipality, slug=slug, name=name, point=Point(*place, srid=4326), precision="address"
        )
        for slug, name, place in (("bib", "Bib “De Kei”", (4.72, 51.45)), ("loket", "Loket", (4.78, 51.44)))
    ]  # fmt: skip


@pytest.fixture
def ask(land: Land) -> Ask:
    """Ask something of the service and get the response."""

    def asked(path: str = OGC, **headers: str) -> Any:
        return Client(headers=headers).get(path if path.startswith(("/", "http")) else f"{WIJK}?{path}")

    return asked
