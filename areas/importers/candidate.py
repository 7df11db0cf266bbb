"""An area on its way in."""

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

DECIMALS = 7


@dataclass(frozen=True)
class Candidate:
    """An area of a file that passed: its boundary in degrees and in metres of the national grid."""

    number: int
    code: str
    name: str
    geom: Any
    grid: Any
    content_hash: str

    @property
    def area_m2(self) -> float:
        """Its surface in the national grid."""
        return float(self.grid.area)


def content_hash(geom: Any) -> str:
    """A checksum of a boundary that does not mind in which point its rings start."""
    rounded = shapely.transform(geom, lambda points: np.round(points, DECIMALS))
    return hashlib.sha256(shapely.to_wkb(shapely.normalize(rounded))).hexdigest()
