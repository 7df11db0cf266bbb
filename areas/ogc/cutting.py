"""A layer cut into its features, once for each version: what is answered is pieces of the same bytes, strung together.

Which features touch a box is seen from the box around each; only those that the edge of the asked box crosses are looked at
themselves, and remembered. So the answer is exact to the published boundary, and no geometry is made for what need not be.
"""

import datetime as dt
import gzip
import json
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from areas.map.layerbytes import gzipped_layer
from areas.models import Municipality
from areas.ogc.question import ItemsQuestion
from core.layers import FULL, Box, MapLayer, layers_of

SHELF_BYTES = 96_000_000  # of GeoJSON that a process keeps cut
NOWHERE = (np.nan,) * 4


@dataclass(frozen=True)
class CutLayer:
    """The features of a layer in their order: `stems` without their closing braces, `ends` with the page of each."""

    since: dt.datetime | None
    stems: list[bytes]
    ends: list[bytes]
    numbers: dict[str, int]
    boxes: Any
    size: int
    shapes: dict[int, Any] = field(default_factory=dict)

    def matching(self, question: ItemsQuestion) -> Sequence[int]:
        """The numbers of the features that are asked for; what has a date holds from that day on."""
        if question.until is not None and self.since is not None and question.until < self.since:
            return range(0)
        return range(len(self.stems)) if question.box is None else self.touching(question.box)

    def touching(self, box: Box) -> Sequence[int]:
        """The numbers of the features that share a point with a box; one without a place is everywhere."""
        west, south, east, north = box
        lefts, bottoms, rights, tops = self.boxes.T
        apart = (lefts > east) | (rights < west) | (bottoms > north) | (tops < south)
        within = (lefts >= west) & (rights <= east) & (bottoms >= south) & (tops <= north)
        crossed = ~apart & ~within & ~np.isnan(lefts)
        numbers = np.flatnonzero(crossed)
        touched = ~apart
        if len(numbers):
            area = shapely.box(west, south, east, north) if west < east and south < north else _flat(box)
            shapely.prepare(area)
            touched[numbers] = shapely.intersects(area, [self._shape(int(number)) for number in numbers])
        found: list[int] = np.flatnonzero(touched).tolist()
        return found

    def strung(self, numbers: Sequence[int], site: str) -> bytes:
        """These features as the members of a JSON array; `site` stands before the address of each page."""
        page = b',"page":"' + site.encode()
        stems, ends = self.stems, self.ends
        return b",".join(
            stems[number] + (page + ends[number] if ends[number] else b"}}") for number in numbers
        )

    def _shape(self, number: int) -> Any:
        shape = self.shapes.get(number)
        if shape is None:
            shape = self.shapes[number] = shapely.from_geojson(self.stems[number] + b"}}")
        return shape


def cut(content: str, layer: MapLayer) -> CutLayer:
    """The features of a FeatureCollection, with what the layer says of them."""
    stems, ends, numbers, boxes = [], [], {}, []
    for number, (feature, text) in enumerate(_features(content)):
        properties = feature.get("properties") or {}
        if (
            not properties or next(reversed(feature)) != "properties"
        ):  # the page of each is written behind them
            feature["properties"] = feature.pop("properties", None) or {"id": feature["id"]}
            text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        stems.append(text.rstrip()[:-1].rstrip()[:-1].encode())
        slug = properties.get("slug", "") if layer.pages else ""
        ends.append(json.dumps(f"{layer.pages}{slug}/")[1:].encode() + b"}}" if slug else b"")
        numbers[str(feature["id"])] = number
        boxes.append(_box_around(feature["geometry"]))
    size = sum(map(len, stems))
    since = layer.origin.as_of
    moment = dt.datetime.combine(since, dt.time.min, dt.UTC) if since else None
    return CutLayer(moment, stems, ends, numbers, np.array(boxes, dtype=float).reshape(-1, 4), size)


def _features(content: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Each feature of a collection with the text that it was read from."""
    decode = json.JSONDecoder().raw_decode
    place = content.index("[", content.index('"features"')) + 1
    while True:
        while content[place] in " \n\r\t,":
            place += 1
        if content[place] == "]":
            return
        feature, end = decode(content, place)
        yield feature, content[place:end]
        place = end


def _box_around(geometry: dict[str, Any] | None) -> tuple[float, ...]:
    runs = list(_runs(geometry)) if geometry else []
    if not runs:
        return NOWHERE
    longitudes = [position[0] for run in runs for position in run]
    latitudes = [position[1] for run in runs for position in run]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _runs(geometry: dict[str, Any]) -> Iterator[list[list[float]]]:
    """The positions of a geometry, line by line."""
    if "geometries" in geometry:
        for part in geometry["geometries"]:
            yield from _runs(part)
        return
    waiting = [geometry["coordinates"]]
    while waiting:
        part = waiting.pop()
        if not part:
            continue
        if not isinstance(part[0], list):
            yield [part]
        elif not isinstance(part[0][0], list):
            yield part
        else:
            waiting.extend(part)


def _flat(box: Box) -> Any:
    """A box that is a line or a point."""
    west, south, east, north = box
    return (
        shapely.Point(west, south)
        if west == east and south == north
        else shapely.LineString([(west, south), (east, north)])
    )


Key = tuple[int, str, str]


class Shelf:
    """The cut layers of this process: up to so many bytes; what was used longest ago goes first."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._layers: OrderedDict[Key, CutLayer] = OrderedDict()
        self._short = threading.Lock()
        self._cutting = threading.Lock()

    def layer(self, municipality: Municipality, slug: str, version: str) -> CutLayer:
        """A layer, cut: remembered, or cut now, by one of those who wait for it."""
        key = (municipality.pk, slug, version)
        found = self._remembered(key)
        if found is None:
            with self._cutting:
                found = self._remembered(key) or self._cut(municipality, slug, version)
                self._keep(key, found)
        return found

    def _cut(self, municipality: Municipality, slug: str, version: str) -> CutLayer:
        packed = gzipped_layer(municipality, slug, FULL, version)
        layer = next(layer for layer in layers_of(municipality) if layer.slug == slug)
        return cut(gzip.decompress(packed).decode(), layer)

    def _remembered(self, key: Key) -> CutLayer | None:
        with self._short:
            found = self._layers.get(key)
            if found is not None:
                self._layers.move_to_end(key)
            return found

    def _keep(self, key: Key, layer: CutLayer) -> None:
        with self._short:
            for old in [other for other in self._layers if other[:2] == key[:2]]:
                del self._layers[old]
            self._layers[key] = layer
            while len(self._layers) > 1 and sum(kept.size for kept in self._layers.values()) > self.room:
                self._layers.popitem(last=False)


shelf = Shelf(SHELF_BYTES)
