"""What the map shows, as its address says it; the same words as `static/js/map/state.js`."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from core.layers import CHOICE, LAYERS, WORD, choice_of, named_layers

CHOSEN = re.compile(r"([\w-]{1,80}):([\w-]{1,80})", re.ASCII)
PERIOD = re.compile(r"\d{4}[\dQ/-]{0,6}", re.ASCII)


@dataclass(frozen=True)
class MapState:
    """The choices of a person who looks at the map; empty when nothing was chosen.

    One thing is chosen: `thing` of the layer (or the kind of areas) `layer`. `filters` are what layers are narrowed to.
    """

    kind: str = ""
    layers: tuple[str, ...] | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    layer: str = ""
    thing: str = ""
    zoom: float | None = None
    center: tuple[float, float] | None = None
    figure: str = ""
    period: str = ""

    def but(self, **changes: Any) -> "MapState":
        """The same with other choices."""
        return replace(self, **changes)

    def choosing(self, layer: str, thing: str) -> "MapState":
        """The same with another thing chosen."""
        return replace(self, layer=layer, thing=thing)

    @property
    def choice(self) -> str:
        """What is chosen, as the address names it; "" when nothing is."""
        return choice_of(self.layer, self.thing) if self.layer and self.thing else ""

    @property
    def query(self) -> str:
        """The choices as a query string, without question mark; in the order that the script writes."""
        words = (("soort", self.kind), ("cijfer", self.figure), ("periode", self.period))
        parts = [f"{name}={value}" for name, value in words if value]
        parts.append(f"{LAYERS}={','.join(self.layers)}" if self.layers is not None else "")
        parts += [f"{name}={value}" for name, value in self.filters.items() if value]
        parts.append(f"{CHOICE}={self.choice}" if self.choice else "")
        if self.zoom is not None and self.center is not None:
            parts += [f"z={self.zoom:g}", f"c={self.center[0]:g},{self.center[1]:g}"]
        return "&".join(part for part in parts if part)

    @property
    def url(self) -> str:
        """The address of the map with these choices."""
        query = self.query
        return reverse("portal:map") + (f"?{query}" if query else "")


def read_state(query: QueryDict, filters: Iterable[str] = ()) -> MapState:
    """The choices in an address, with those of the `filters` that layers have; what makes no sense is left out."""
    chosen = CHOSEN.fullmatch(query.get(CHOICE, ""))
    return MapState(
        kind=_word(query, "soort"),
        layers=named_layers(query),
        filters={name: value for name in filters if (value := _word(query, name))},
        layer=chosen[1] if chosen else "",
        thing=chosen[2] if chosen else "",
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
