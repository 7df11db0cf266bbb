"""Where the actions of a plan are: its area drawn on the server, with the numbered sign of each."""

from collections.abc import Iterable, Sequence

from areas.map.drawing import Drawing, draw
from areas.map.signs import MapSign
from areas.models import Area
from plans.models import Action, Plan
from plans.reading.gather import Gathered
from plans.reading.words import look_of
from plans.standing import Standing

MOST = 60  # signs; with more nobody reads a number
SIGN, SIGN_CLOSER = 80, 112  # units of a drawing of a thousand


def drawing_of(found: Gathered) -> Drawing | None:
    """The plan's map; None when no action has a place, or too many have one."""
    placed = [action for action in found.present if has_place(action)]
    if not placed or len(placed) > MOST:
        return None
    drawn = dict(Action.objects.filter(pk__in=[one.pk for one in placed]).values_list("pk", "geometry"))
    for action in placed:
        action.geometry = drawn[action.pk]
    signs = [sign_of(action, found.standings[action.pk], url=f"#actie-{action.number}") for action in placed]
    return around(found.plan, list(found.plan.areas.all()), signs)


def has_place(action: Action) -> bool:
    """Whether an action of the page of a plan is on the map; its place itself is asked for only when it is drawn."""
    return bool(getattr(action, "has_place", False))


def around(plan: Plan, areas: Sequence[Area], signs: Iterable[MapSign]) -> Drawing | None:
    """The municipality, closer by when it is about one area alone, with signs on it."""
    chosen = areas[0] if len(areas) == 1 else None
    return (
        draw(
            plan.municipality,
            chosen=chosen,
            signs=signs,
            symbol_size=SIGN_CLOSER if chosen else SIGN,
            closer=chosen is not None,
        )
        or None
    )


def sign_of(action: Action, stands: Standing, *, url: str = "") -> MapSign:
    """The sign of an action that has a place."""
    look = look_of(action, stands)
    return MapSign(
        action.geometry,
        "action",
        str(action.name),
        url,
        action.is_approximate,
        mark=look,
        number=str(action.number),
    )
