"""The doors of plans."""

from tests.doors import Door

DOORS: dict[str, list[Door]] = {}

SCREENS: dict[str, tuple[str, ...]] = {"public": (), "staff": ()}
