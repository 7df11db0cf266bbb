"""What the `doors.py` of an app is written in: who may enter where, what must exist for that, and how much of it.

`tests/<app>/doors.py` is found by itself, for every app that is installed, and says:

- `DOORS`: by the route of each address of the app, what is asked there (a `Door`);
- `world(made)`: what its addresses are about, made in the municipality of `made`; their identifiers go into `made.names`. It is
  called for the neighbouring municipality too;
- `rows(land, numbers)`: as many things more as there are numbers, named by these numbers (tests/test_query_counts.py);
- `SCREENS`: pages of the demo that a browser looks at (tests/browser/test_screen.py), by who looks.

Only `DOORS` must be there. Who walks through them: tests/test_access_matrix.py.
"""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from django.apps import apps
from django.conf import settings

from accounts.models import User
from tests.conftest import CAST, Land

EVERYONE = frozenset(CAST)
PEOPLE = EVERYONE - {"visitor"}
STAFF = PEOPLE - {"resident", "neighbour", "council_member"}
STEWARDS = frozenset({"steward", "administrator"})
EDITORS_IN_BERGEN = STEWARDS | {"worker_here"}
EDITORS_SOMEWHERE = EDITORS_IN_BERGEN | {"worker_elsewhere"}
ADMINISTRATOR = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()

JSON = "application/json"
SHUT = frozenset({404})
API_REFUSAL = frozenset({401, 403})
# Who has the most to see on a page, from the first of these who may enter.
MOST_TO_SEE = ("steward", "administrator", "worker_here", "resident", "visitor")


@dataclass(frozen=True)
class Door:
    """Who may pass with which method; `refused` is what an outsider who is signed in gets."""

    path: str
    who: frozenset[str]
    method: str = "get"
    refused: frozenset[int] = frozenset({404})
    visitor: frozenset[int] = frozenset({302, 404})
    # How often it may ask the database above what every page may, and what staff see above that.
    more_queries: int = 0
    more_for_staff: int = 0
    # Asked once there are more rows than are shown: how many there are.
    more_when_full: int = 0
    # Written down in pieces of a thousand rows, and so read in pieces too.
    in_pieces: bool = False
    # Entered by its owner alone, wherever that is.
    personal: bool = False

    @property
    def insider(self) -> str | None:
        """Who sees most of it; nobody when nobody may enter."""
        return next((part for part in (*MOST_TO_SEE, *CAST) if part in self.who), None)

    @property
    def sent(self) -> dict[str, Any]:
        """What a client must say beside the address."""
        return {"content_type": JSON} if "/api/" in self.path else {}


def api(path: str, who: frozenset[str], method: str) -> Door:
    """A door of the API."""
    return Door(path, who, method, refused=API_REFUSAL | {405}, visitor=API_REFUSAL | {405})


@dataclass
class World:
    """Something of everything that an address can be about, in one municipality."""

    land: Land
    cast: dict[str, User]
    # Who keeps what is somebody's own; in the neighbouring municipality these are our people, to whom it stays shut.
    owners: dict[str, User]
    # How the names begin of what is the neighbour's.
    prefix: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def named(self, name: str) -> str:
        """A name that tells whose thing it is."""
        return f"{self.prefix}{name.lower()}" if self.prefix else name

    def path(self, pattern: str) -> str:
        """The address with what exists filled in."""
        return pattern.format(**self.names)


class AppDoors(Protocol):
    """The module `tests/<app>/doors.py`."""

    DOORS: Mapping[str, list[Door]]


def _found() -> dict[str, AppDoors]:
    """By the name of the app, from the lowest up; an app without the file fails everything that reads it."""
    own = [app.label for app in apps.get_app_configs() if Path(app.path).parent == Path(settings.BASE_DIR)]
    return {label: cast(AppDoors, importlib.import_module(f"tests.{label}.doors")) for label in own}


APPS = _found()


def all_doors() -> Iterator[tuple[str, Door]]:
    """(route, door) of the whole site."""
    for app in APPS.values():
        for route, doors in app.DOORS.items():
            for door in doors:
                yield route, door


def doors_of(app: str) -> list[Door]:
    """The doors of one app."""
    return [door for doors in APPS[app].DOORS.values() for door in doors]


def furnish(made: World) -> World:
    """Let every app put something of its own into a municipality."""
    for label, app in APPS.items():
        before = dict(made.names)
        if hasattr(app, "world"):
            app.world(made)
        taken = [name for name, was in before.items() if made.names[name] != was]
        assert not taken, f"{label} calls something of its own as another app does: {taken}"
    return made


def add_rows(land: Land, first: int, last: int) -> None:
    """Let every app add things, from one number to another."""
    for app in APPS.values():
        if hasattr(app, "rows"):
            app.rows(land, range(first, last))


def screens(who: str) -> list[tuple[str, str]]:
    """(app, address) of the pages of the demo that a browser looks at as somebody: `public` or `staff`."""
    return [(name, path) for name, app in APPS.items() for path in getattr(app, "SCREENS", {}).get(who, ())]
