"""Layers of what lies on the areas: points, lines and polygons of any app, made of a queryset of what is open to all.

    point_layer(Bench.objects.filter(municipality=municipality), slug="banken", title=_("Benches"), symbol="action")

is a whole layer: GeoJSON written by PostgreSQL (points in groups at each zoom level), a version that costs one query, rows of
lists, a panel for each, how many lie in each area. The model has a `uuid`, a `slug`, a name, a geometry in EPSG:4326 (what has
none is in lists only), and a moment that moves with every change.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Required, TypedDict, Unpack

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import PointOnSurface
from django.db.models import Count, Exists, F, FloatField, Func, Max, QuerySet, Sum
from django.db.models.functions import JSONObject, Round
from django.utils.functional import Promise

from areas.map.geojson import cluster_variants, feature_collection, points
from areas.models import AreaShape
from areas.models.edition import is_point
from core.layers import Box, Chosen, LayerFilter, LayerOrigin, LayerRow, LayerThing, MapLayer

Things = QuerySet[Any]
LABEL_DIGITS = 6


class Reading(TypedDict, total=False):
    """How things are read; each has a default.

    `name` is the field of their names, `changed` that of the moment of their last change, `municipality` that of whose they are, or
    the way there; `order` is that of lists. `properties` are members of a feature beside `slug` and `name`: fields or expressions.
    `row(thing)` says what a row says, its place and page are filled in; a panel is `template` with `context(thing)`, for a thing
    with the `details` that it needs. `in_area(things, area)` finds those of an area when more than their place says where they are.
    """

    name: str
    changed: str
    municipality: str
    order: tuple[str, ...]
    properties: Mapping[str, Any]
    row: Callable[[Any], LayerRow]
    details: Callable[[Any], Things]
    template: str
    context: Callable[[Any], Mapping[str, Any]]
    in_area: Callable[[Things, Any], Things]


class Shown(TypedDict, total=False):
    """What a `MapLayer` says of itself, passed on as it is."""

    slug: Required[str]
    title: Required[str | Promise]
    symbol: Required[str]
    origin: LayerOrigin
    shown_at_first: bool
    page: str
    page_words: str | Promise
    pages: str
    named_by: tuple[str, ...]
    filters: tuple[LayerFilter, ...]
    heading: str | Promise
    nothing: str | Promise


def point_layer(
    things: Things, *, place: str = "point", reading: Reading | None = None, **shown: Unpack[Shown]
) -> MapLayer:
    """Points, with a variant for each zoom level in which those closer than a finger are one."""
    kept = _kept(things, place, reading, shown)
    return MapLayer(
        geometry="point",
        variants=cluster_variants(),
        build=lambda *, variant: points(kept.written(), variant),
        **kept.answers,
        **shown,
    )


def line_layer(
    things: Things, *, place: str = "line", reading: Reading | None = None, **shown: Unpack[Shown]
) -> MapLayer:
    """Lines, each with the place of its sign."""
    kept = _kept(things, place, reading, shown)
    return MapLayer(geometry="line", build=kept.build_signed, **kept.answers, **shown)


def polygon_layer(
    things: Things, *, place: str = "polygon", reading: Reading | None = None, **shown: Unpack[Shown]
) -> MapLayer:
    """Polygons that are no areas, each with the place of its sign."""
    kept = _kept(things, place, reading, shown)
    return MapLayer(geometry="polygon", build=kept.build_signed, **kept.answers, **shown)


def mixed_layer(
    things: Things, *, place: str = "geometry", reading: Reading | None = None, **shown: Unpack[Shown]
) -> MapLayer:
    """Points, lines and polygons of one sort of things, each with the place of its sign; points close together are one."""
    kept = _kept(things, place, reading, shown)
    return MapLayer(
        geometry="mixed",
        variants=cluster_variants(),
        build=lambda *, variant: points(kept.signed(), variant),
        **kept.answers,
        **shown,
    )


def _kept(things: Things, place: str, reading: Reading | None, shown: Shown) -> "_Kept":
    return _Kept(things, place, shown.get("filters", ()), shown.get("pages", ""), **(reading or {}))


def _as_it_is(things: Things) -> Things:
    return things


def _nothing_more(thing: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class _Kept:
    """The things of a layer, and what is asked of them."""

    things: Things
    place: str
    filters: tuple[LayerFilter, ...]
    pages: str
    name: str = "name"
    changed: str = "updated_at"
    municipality: str = "municipality"
    order: tuple[str, ...] = ()
    properties: Mapping[str, Any] | None = None
    row: Callable[[Any], LayerRow] | None = None
    details: Callable[[Any], Things] = _as_it_is
    template: str = ""
    context: Callable[[Any], Mapping[str, Any]] = _nothing_more
    in_area: Callable[[Things, Any], Things] | None = None

    @property
    def answers(self) -> dict[str, Any]:
        """What a layer answers with, by the names of `MapLayer`."""
        return {
            "version": self.version,
            "count": self.count,
            "extent": self.extent,
            "rows": self.rows,
            "thing": self.thing,
            "counted": self.counted,
        }

    @property
    def is_point(self) -> bool:
        """Whether their places are points, which lie on both sides of a border."""
        return is_point(self.things, self.place)

    @property
    def placed(self) -> Things:
        """Those that have a place."""
        return self.things.filter(**{f"{self.place}__isnull": False})

    @cached_property
    def tally(self) -> dict[str, Any]:
        """How many, when the last one changed, and which (the sum tells one that went from one that came); one query."""
        return self.placed.aggregate(number=Count("pk"), moment=Max(self.changed), which=Sum("pk"))

    def version(self) -> str:
        """Changes with every change: each verb moves the moment."""
        known = self.tally
        return (
            f"{known['number']}-{known['which']}-{known['moment']:%Y%m%dT%H%M%S%f}"
            if known["number"]
            else "0"
        )

    def count(self) -> int:
        """How many have a place."""
        number: int = self.tally["number"]
        return number

    def extent(self) -> Box | None:
        """The box around all of them."""
        around: Box | None = self.placed.aggregate(around=Extent(self.place))["around"]
        return around

    def written(self, **more: Any) -> QuerySet[Any, Any]:
        """Identifier, geometry and properties of each that has a place."""
        properties = {"slug": F("slug"), "name": F(self.name), **(self.properties or {}), **more}
        things: Any = self.placed.annotate(props=JSONObject(**properties))
        found: QuerySet[Any, Any] = things.order_by(self.name, "pk").values_list("uuid", self.place, "props")
        return found

    def build_signed(self, *, variant: str) -> bytes:
        """The GeoJSON of lines or polygons: in their properties the place of their sign, which lies on them."""
        return feature_collection(self.signed())

    def signed(self) -> QuerySet[Any, Any]:
        """Each that has a place, written with the place of its sign."""
        return self.written(label_lon=self._sign("ST_X"), label_lat=self._sign("ST_Y"))

    def _sign(self, function: str) -> Any:
        sign = Func(PointOnSurface(self.place), function=function, output_field=FloatField())
        return Round(sign, precision=LABEL_DIGITS)

    def rows(self, *, chosen: Chosen, area: Any, limit: int) -> Sequence[LayerRow]:
        """The first ones as the filters have it, with a place or without; in an area those that lie in it."""
        found = self.narrowed(chosen)
        if area is not None and self.in_area is not None:
            found = self.in_area(found, area)
        elif area is not None:
            here = AreaShape.objects.in_force().filter(area=area)
            found = found.filter(
                Exists(here.around(self.place, municipality=self.municipality, is_point=self.is_point))
            )
        return [self.row_of(thing) for thing in found.order_by(*(self.order or (self.name,)), "pk")[:limit]]

    def row_of(self, thing: Any) -> LayerRow:
        """What the app says of it, with its place and its page."""
        row = self.row(thing) if self.row else LayerRow(slug=thing.slug, title=getattr(thing, self.name))
        url = f"{self.pages}{row.slug}/" if self.pages else ""
        return replace(row, place=getattr(thing, self.place), url=row.url or url)

    def thing(self, *, slug: str) -> LayerThing | None:
        """One of them, by its word in addresses."""
        found = self.details(self.things).filter(slug=slug).first()
        if found is None:
            return None
        return LayerThing(row=self.row_of(found), template=self.template, context=self.context(found))

    def counted(self, *, areas: Sequence[Any], chosen: Chosen) -> Mapping[int, int]:
        """How many lie in each of some areas; an area without boundaries is left out."""
        shapes = AreaShape.objects.in_force().filter(area__in=[area.pk for area in areas])
        counted = shapes.counted_within(self.narrowed(chosen), self.place, municipality=self.municipality)
        return dict(counted.values_list("area_id", "number"))

    def narrowed(self, chosen: Chosen) -> Things:
        """Those that fit what the filters are set to."""
        found = self.things
        for one in self.filters:
            if chosen.get(one.parameter):
                found = one.narrow(queryset=found, value=chosen[one.parameter])
        return found
