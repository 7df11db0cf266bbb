"""In which teams a person works today, for who may do something on behalf of a team."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from accounts.reach import works_on
from workplaces.models import TeamMember


def memberships_of(person: Any) -> QuerySet[TeamMember]:
    """The places in teams by which a person speaks for them today: their own, and those of whom they stand in for.

    None without the second factor, none of an account that is closed, none where the person holds no role at all: the role of
    colleague does, which allows nothing by itself.
    """
    if not isinstance(person, User):
        return TeamMember.objects.none()
    return TeamMember.objects.current().filter(works_on(person, municipality="team__municipality"))


def teams_of(person: Any) -> frozenset[int]:
    """The teams for which a person speaks today; one query."""
    return frozenset(memberships_of(person).values_list("team", flat=True))
