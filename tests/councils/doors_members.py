"""The doors of who sits in a council."""

from councils.models import Council
from tests.doors import Door, World

DOORS: dict[str, list[Door]] = {}

SCREENS: tuple[str, ...] = ()


def world(made: World, council: Council) -> None:
    """What the pages of members are about."""
