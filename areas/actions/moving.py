"""What hangs on an area that is gone goes to another one."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from areas.models import Area
from core.hanging import hanging_sources
from core.verbs import Actor, Refused, locked, require, verb


@verb
def move_hanging(*, area: Area, to: Area, sources: Collection[str], by: Actor) -> dict[str, int]:
    """Hang what some sources hang on a retired area on another one; returns how many of each.

    Each source asks its own permission too. Raises Refused when the area is still there, or the other one is not.
    """
    require("areas.change_area", area, by=by)
    require("areas.change_area", to, by=by)
    # Always in the same order, so that two who move at once wait for each other.
    old, new = sorted((area, to), key=lambda one: one.pk)
    old, new = locked(old), locked(new)
    area, to = (old, new) if old.pk == area.pk else (new, old)
    if area.retired_by_id is None:
        raise Refused(_("This area still exists: nothing has to leave it."), "still_there")
    if to.retired_by_id is not None or to.municipality_id != area.municipality_id:
        raise Refused(_("Choose an area that exists."), "no_target")
    moved = {}
    for source in hanging_sources:
        if source.name in sources and source.target == "areas.area" and source.move is not None:
            moved[source.name] = source.move(keys=[area.pk], to=to.pk, by=by)
    return moved
