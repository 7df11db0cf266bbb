"""What is measured, on a set of areas: each figure beside the usual way on the same rows, in the same rounds."""

import datetime as dt
import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib.gis.geos import Point, Polygon
from django.db import connection

from areas.actions import import_areas
from areas.importers.presets import preset_for
from areas.locate import areas_at
from areas.map.layerbytes import LEVEL
from areas.map.layers import OVERVIEW, build
from areas.models import AreaEdition, AreaKind, AreaShape
from benchmarks import baseline
from benchmarks.browsers import AsgiBrowser, WsgiBrowser
from benchmarks.land import HIGH, SOUTH, WEST, WIDE, as_file, rings
from benchmarks.measure import Cost, Run, cost_once, costs_of
from core.layers import FULL
from core.remembered import forget_answers
from core.verbs import Operator

PAGES = ("/gebieden/", "/kaart/", "/api/v1/gebieden/", "/ogc/collections", "/werklocaties/")
PLACE = (WEST + WIDE * 0.43, SOUTH + HIGH * 0.57)
BOX = (PLACE[0], PLACE[1], PLACE[0] + WIDE / 10, PLACE[1] + HIGH / 10)  # a hundredth of the region


@dataclass(frozen=True)
class Row:
    """One line of the table: a cost beside that of the usual way, and the target in milliseconds where there is one."""

    what: str
    cost: Cost
    usual: Cost | None = None
    target: float | None = None
    size: int = 0


@dataclass(frozen=True)
class Region:
    """A set of areas of one kind that covers the region: how many, and with how many points on each side."""

    kind: AreaKind
    columns: int
    rows: int
    points: int
    has_targets: bool

    @property
    def count(self) -> int:
        """How many areas."""
        return self.columns * self.rows

    @property
    def edition(self) -> AreaEdition:
        """Its boundaries in force."""
        return AreaEdition.objects.in_force().select_related("kind__municipality").get(kind=self.kind)

    @property
    def shapes(self) -> Any:
        """The rows that are asked for, ours and the usual way."""
        return AreaShape.objects.filter(edition=self.edition).order_by("pk")

    def file(self, seed: int, named: str) -> bytes:
        """The file of its areas; another seed moves every border."""
        return as_file(rings(self.columns, self.rows, points=self.points, seed=seed), named=named)

    def target(self, milliseconds: float) -> float | None:
        """A target, where this set of areas has targets."""
        return milliseconds if self.has_targets else None


def imports(region: Region, *, again: bool) -> Iterator[Row]:
    """The first import; `again` the same file too, and one in which every border and every name is another."""
    first, moved = region.file(3, "Gebied"), region.file(4, "Wijk")
    costs = {"first import": cost_once(partial(bring, region.kind, first))}
    usual = None
    if again:
        costs |= {
            "import of the same file": cost_once(partial(bring, region.kind, first)),
            "import, all moved and renamed, compared": cost_once(partial(bring, region.kind, moved)),
        }
        usual = cost_once(partial(baseline.read, moved, region.shapes.select_related("area__kind")[0]))
    for what, cost in costs.items():
        yield Row(what, cost, usual, region.target(5000), len(first))


def afresh(browser: AsgiBrowser) -> bytes:
    """The answer of Django itself, as when nobody asked in the last second."""
    forget_answers()
    return browser.ask()


def layers(region: Region) -> Iterator[Row]:
    """The layer made anew, asked again, and asked whether it changed; compression is done once a version and counts apart."""
    edition, path = region.edition, f"/kaartlagen/{region.kind.slug}.geojson"
    texts = {variant: build(edition, variant) for variant in (FULL, OVERVIEW)}
    warm = WsgiBrowser(path)
    warm.ask()
    tag = warm.headers["ETag"]
    unchanged, warm_asgi, unchanged_asgi = (
        WsgiBrowser(path, if_none_match=tag),
        AsgiBrowser(path),
        AsgiBrowser(path, if_none_match=tag),
    )
    runs: dict[str, Run] = {
        "usual": partial(baseline.written, region.shapes),
        "layer, full, cold": partial(build, edition, FULL),
        "layer, overview, cold": partial(build, edition, OVERVIEW),
        "layer, warm, WSGI": warm.ask,
        "layer, 304, WSGI": unchanged.ask,
        "layer, warm, ASGI": warm_asgi.ask,
        "layer, 304, ASGI": unchanged_asgi.ask,
        "layer, 304, ASGI, the first of a second": partial(afresh, unchanged_asgi),
        "layer, full, compressed": partial(gzip.compress, texts[FULL], LEVEL),
        "layer, overview, compressed": partial(gzip.compress, texts[OVERVIEW], LEVEL),
    }
    targets = dict(zip(list(runs)[1:7], (25, 10, 0.6, 0.6, 1.0, 1.0), strict=True))
    costs = costs_of(runs)
    assert (warm.status, unchanged.status, warm_asgi.status, unchanged_asgi.status) == (200, 304, 200, 304)
    sizes = {name: len(run()) for name, run in runs.items()}  # type: ignore[arg-type]
    usual = costs.pop("usual")
    yield Row("the usual way: serialiser and JSON", usual, size=sizes["usual"])
    for name, cost in costs.items():
        target = region.target(targets[name]) if name in targets else None
        yield Row(name, cost, usual, target, sizes[name])


def places(region: Region) -> Iterator[Row]:
    """The areas at a point, and those that touch a box: as a list over the API, as features over OGC."""
    municipality, kind = region.kind.municipality, region.kind.slug
    point, box = Point(*PLACE, srid=4326), Polygon.from_bbox(BOX)
    box.srid = 4326
    asked = f"bbox={','.join(f'{number:.5f}' for number in BOX)}"
    api = WsgiBrowser(f"/api/v1/gebieden/?kind={kind}&{asked}")
    ogc = WsgiBrowser(f"/ogc/collections/{kind}/items?{asked}&limit=1000")
    at = costs_of(
        {
            "usual": lambda: baseline.written(region.shapes.filter(geom__intersects=point)),
            "point → areas": lambda: areas_at(point, municipality),
        }
    )
    yield Row("point → areas", at["point → areas"], at["usual"], 1.25)
    within = costs_of(
        {
            "usual": lambda: baseline.written(region.shapes.filter(geom__intersects=box)),
            "bbox, list over the API": api.ask,
            "bbox, features over OGC": ogc.ask,
        }
    )
    assert (api.status, ogc.status) == (200, 200), (api.status, ogc.status)
    usual = within.pop("usual")
    for name, cost in within.items():
        yield Row(f"{name} ({region.shapes.filter(geom__intersects=box).count()} areas)", cost, usual)


def pages() -> Iterator[Row]:
    """Pages that have every area of the region in them, or a part; nothing usual stands beside them."""
    browsers = {path: WsgiBrowser(path) for path in PAGES}
    costs = costs_of({path: browser.ask for path, browser in browsers.items()})
    for path, browser in browsers.items():
        body = browser.ask()
        assert browser.status == 200, (path, browser.status)
        yield replace(Row(f"page {path}", costs[path]), size=len(body))


def bring(kind: AreaKind, data: bytes) -> None:
    """Import a file as the command does."""
    import_areas(
        municipality=kind.municipality,
        kind=kind,
        data=data,
        preset=preset_for("free", code_field="code", name_field="name"),
        by=Operator("bench"),
        reference_date=dt.date(2025, 1, 1),
        source="seed",
    )


def measured(regions: list[Region], say: Callable[[str], object]) -> Iterator[tuple[str, list[Row]]]:
    """Every figure, by set of areas; the smaller set first, alone."""
    for region in regions:
        say(f"Importing {region.count:,} areas…")
        # Many small ones only once: all of it again would take longer than anybody waits for a benchmark.
        rows = list(imports(region, again=region is regions[0]))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server of a site does by itself
        say("Asking…")
        rows = [*layers(region), *places(region), *rows]
        yield f"{region.count:,} areas of {4 * region.points + 1} vertices", rows
        if region is regions[0]:
            yield f"pages with {region.count:,} areas", list(pages())
