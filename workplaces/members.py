"""In which teams a person works today, for who may do something on behalf of a team."""

from typing import Any

from accounts.models import User
from accounts.reach import works_on
from workplaces.models import TeamMember


def teams_of(person: Any) -> frozenset[int]:
    """The teams for which a person speaks today: their own, and those of whom they stand in for.

    None without the second factor, none of an account that is closed, none where the person holds no role at all: the role of
    colleague does, which allows nothing by itself.
    """
    if not isinstance(person, User):
        return frozenset()
    rows = TeamMember.objects.current().filter(works_on(person, municipality="team__municipality"))
    return frozenset(rows.values_list("team", flat=True))
