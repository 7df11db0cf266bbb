"""In which teams a person works today, for who may do something on behalf of a team."""

from typing import Any

from accounts.models import User
from workplaces.models import TeamMember


def teams_of(person: Any) -> frozenset[int]:
    """The teams for which a person speaks today: none without the second factor, none of an account that is closed."""
    if not isinstance(person, User) or not person.may_hold_roles():
        return frozenset()
    return frozenset(TeamMember.objects.of(person).current().values_list("team", flat=True))
