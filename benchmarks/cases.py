"""What is measured."""

import datetime as dt
import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from rest_framework.renderers import JSONRenderer
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.actions import import_areas
from areas.importers.presets import preset_for
from areas.layerbytes import LEVEL
from areas.layers import build
from areas.locate import areas_at
from areas.models import AreaEdition, AreaKind, AreaShape, Municipality
from benchmarks.land import HIGH, SOUTH, WEST, WIDE, as_file, make_municipality, rings, write_straight
from benchmarks.measure import Cost, cost_of

LAYER = "/kaartlagen/wijk.geojson"
PAGES = ("/gebieden/", "/api/v1/gebieden/", "/werklocaties/", "/kaart/")


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    cost: Cost
    target: str = ""


class PlainSerializer(GeoFeatureModelSerializer):  # type: ignore[misc]
    """The usual way to make GeoJSON with Django REST framework."""

    class Meta:
        model = AreaShape
        geo_field = "geom"
        fields = ("id", "area_m2")


def figures(*, say: Callable[[str], object]) -> Iterator[Row]:
    """Every figure, the baseline first."""
    municipality = make_municipality()
    kind, sectors = (municipality.kinds.get(slug=slug) for slug in ("wijk", "sector"))
    say("Importing 1,000 areas…")
    first = cost_of(partial(bring, kind, as_file(rings(50, 20))), once=True)
    again = cost_of(partial(bring, kind, as_file(rings(50, 20, seed=4), named="Wijk")), once=True)
    say("Writing 16,000 areas…")
    write_straight(sectors, rings(200, 80, points=7))
    edition = AreaEdition.objects.active().get(kind=kind)
    say("Measuring…")
    yield Row("baseline: serialiser, 1,000 areas", cost_of(partial(plainly, edition)))
    yield from layers(edition)
    yield from answers()
    point = Point(WEST + WIDE * 0.43, SOUTH + HIGH * 0.57, srid=4326)
    yield Row("point → areas, 17,000 areas", cost_of(lambda: areas_at(point, municipality)), "≤ 1.25 ms")
    for path in PAGES:
        browser = Browser(path)
        cost = cost_of(browser.ask)
        assert browser.status.startswith("200"), browser.status
        yield Row(f"page {path}", cost)
    yield Row("import of 1,000 areas, the first", first, "< 5,000 ms")
    yield Row("import of 1,000 areas that all moved, with difference", again, "< 5,000 ms")


def bring(kind: AreaKind, data: bytes) -> None:
    """Import a file as the command does."""
    import_areas(
        municipality=Municipality.objects.get(),
        kind=kind,
        data=data,
        preset=preset_for("free", code_field="code", name_field="name"),
        user=None,
        reference_date=dt.date(2025, 1, 1),
        source="seed",
    )


def plainly(edition: AreaEdition) -> bytes:
    """The baseline."""
    shapes = AreaShape.objects.filter(edition=edition).defer("overview", "path")
    text: bytes = JSONRenderer().render(PlainSerializer(shapes, many=True).data)
    return text


def layers(edition: AreaEdition) -> Iterator[Row]:
    """Layers made anew; compression counts apart, as it is done once a version."""
    for variant, target in (("full", "≤ 25 ms"), ("overview", "≤ 10 ms")):
        yield Row(f"layer, {variant}, cold", cost_of(partial(build, edition, variant)), target)
        text = build(edition, variant)
        packed = partial(gzip.compress, text, LEVEL)
        yield Row(
            f"the same compressed ({len(text):,} → {len(packed()):,} bytes), once a version", cost_of(packed)
        )


def answers() -> Iterator[Row]:
    """The layer over WSGI, through all middleware."""
    browser = Browser(LAYER)
    browser.ask()
    yield Row("layer, warm, WSGI", cost_of(browser.ask), "≤ 0.6 ms")
    browser.environment["HTTP_IF_NONE_MATCH"] = browser.headers["ETag"]
    yield Row("layer, 304, WSGI", cost_of(browser.ask), "≤ 0.6 ms")
    assert browser.status.startswith("304")
    cache.clear()


class Browser:
    """Asks a path of the application itself, without a network."""

    def __init__(self, path: str) -> None:
        self.handler = WSGIHandler()
        self.status, self.headers = "", dict[str, str]()
        self.environment: dict[str, Any] = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "HTTP_ACCEPT_ENCODING": "gzip", "wsgi.url_scheme": "http",
        }  # fmt: skip

    def ask(self) -> bytes:
        """The body of the answer."""
        response = self.handler({**self.environment, "wsgi.input": io.BytesIO()}, self._start)
        body = b"".join(response)
        response.close()
        return body

    def _start(self, status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
        self.status, self.headers = status, dict(headers)
