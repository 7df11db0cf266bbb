"""Areas as things that are public only after a decision: stewards work on them and release them.

No app of the house releases areas; this kind is made up for the tests of the block.
"""

from typing import Any

from accounts.models import User
from accounts.releasing import asks_first
from areas.models import Area
from core.models import Release
from core.release import ReleaseKind, open_concept, release_kinds

KIND = "tests.areas"
BODY = "college van burgemeester en schepenen"
SENT: list[str] = []  # what went out


def people(*, thing: Any) -> Any:
    """Everybody with an account but the neighbour."""
    return User.objects.exclude(name="Neighbour")


def on_release(*, release: Release, thing: Any, by: Any) -> None:
    """Something goes out."""
    SENT.append(thing.slug)


release_kinds.register(
    ReleaseKind(
        name=KIND,
        title="Nieuws van gebieden",
        model=Area,
        change="areas.change_area",
        publish="areas.change_area",
        people=people,
        on_release=on_release,
        body=BODY,
        first=asks_first(KIND, "Nieuws van een gebied", "areas.change_area"),
    )
)


def begun(area: Area, by: Any, *readers: tuple[Any, str]) -> Release:
    """A concept, begun by somebody."""
    return open_concept(kind=KIND, thing=area, by=by, readers=readers)
