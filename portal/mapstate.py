"""What the map shows, as its address says it; the same words as `static/js/map/state.js`."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

WORD = re.compile(r"[\w-]{0,80}", re.ASCII)
PERIOD = re.compile(r"\d{4}[\dQ/-]{0,6}", re.ASCII)


@dataclass(frozen=True)
class MapState:
    """The choices of a person who looks at the map; empty when nothing was chosen."""

    kind: str = ""
    layers: tuple[str, ...] | None = None
    service: str = ""
    area: str = ""
    location: str = ""
    zoom: float | None = None
    center: tuple[float, float] | None = None
    figure: str = ""
    period: str = ""

    def but(self, **changes: Any) -> "MapState":
        """The same with other choices."""
        return replace(self, **changes)

    @property
    def query(self) -> str:
        """The choices as a query string, without question mark; in the order that the script writes."""
        parts = [
            f"{name}={value}"
            for name, value in (("soort", self.kind), ("cijfer", self.figure), ("periode", self.period))
            if value
        ]
        parts.append(f"lagen={','.join(self.layers)}" if self.layers is not None else "")
        parts += [
            f"{name}={value}"
            for name, value in (("dienst", self.service), ("gebied", self.area), ("locatie", self.location))
            if value
        ]
        if self.zoom is not None and self.center is not None:
            parts += [f"z={self.zoom:g}", f"c={self.center[0]:g},{self.center[1]:g}"]
        return "&".join(part for part in parts if part)

    @property
    def url(self) -> str:
        """The address of the map with these choices."""
        query = self.query
        return reverse("portal:map") + (f"?{query}" if query else "")

    def shows(self, layer: str, *, at_first: bool) -> bool:
        """Whether a layer is on."""
        return at_first if self.layers is None else layer in self.layers


def read_state(query: QueryDict) -> MapState:
    """The choices in an address; what makes no sense is left out."""
    layers = None
    if "lagen" in query:
        names = [name for part in query.getlist("lagen") for name in part.split(",")]
        layers = tuple(dict.fromkeys(name for name in names if name and WORD.fullmatch(name)))
    return MapState(
        kind=_word(query, "soort"),
        layers=layers,
        service=_word(query, "dienst"),
        area=_word(query, "gebied"),
        location=_word(query, "locatie"),
        zoom=_number(query.get("z", ""), 0, 22),
        center=_center(query.get("c", "")),
        figure=_word(query, "cijfer"),
        period=_period(query.get("periode", "")),
    )


def _word(query: Mapping[str, Any], name: str) -> str:
    value = query.get(name, "")
    return value if WORD.fullmatch(value) else ""


def _period(text: str) -> str:
    return text if PERIOD.fullmatch(text) else ""


def _number(text: str, low: float, high: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def _center(text: str) -> tuple[float, float] | None:
    lat, _comma, lon = text.partition(",")
    found = (_number(lat, -90, 90), _number(lon, -180, 180))
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None
