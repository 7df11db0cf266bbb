"""Makes a boundary valid: a reader of `core.bounded` for `repairs.py`, what it costs grows with the power of the crossings."""

import base64
from collections.abc import Callable
from typing import Any

import shapely


def made_valid(wkb: bytes) -> tuple[bytes, float]:
    """The boundary as surfaces that are valid, and the surface in which every loop counts once."""
    geometry = shapely.from_wkb(wkb)
    valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    loops = shapely.make_valid(geometry, method="linework")
    return shapely.to_wkb(valid), float(loops.area)


def start() -> Callable[[dict[str, Any]], Any]:
    """What answers."""

    def answer(question: dict[str, Any]) -> list[Any]:
        valid, loops = made_valid(base64.b64decode(question["wkb"]))
        return [base64.b64encode(valid).decode(), loops]

    return answer
