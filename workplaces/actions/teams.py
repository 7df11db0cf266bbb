"""Teams that work for another area, when theirs is gone."""

from collections.abc import Collection

from areas.models import Area
from core.history import because
from core.verbs import Actor, locked, require, verb
from workplaces.models import Team


@verb
def move_teams(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the teams that work for some areas work for another one instead."""
    area = locked(Area(pk=to))
    require("areas.change_area", area, by=by)
    teams = list(Team.objects.select_for_update().filter(areas__in=keys).order_by("pk"))
    with because("workplaces.team_moved", by=by, area=str(area.uuid)):
        for team in dict.fromkeys(teams):
            team.areas.remove(*keys)
            team.areas.add(area)
    return len(set(teams))
