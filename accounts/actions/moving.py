"""Roles and invitations that go along to another area, when theirs is gone."""

import datetime as dt
from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from accounts.actions.roles import cut, lock
from accounts.models import Invitation, RoleAssignment
from areas.models import Area
from core.history import because
from core.verbs import Actor, require, verb


@verb
def move_roles(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the roles that count in some areas, or will, count in another one; who holds it there already keeps that one."""
    area = _reached(to, by)
    today = timezone.localdate()
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    roles = RoleAssignment.objects.select_for_update(of=("self",)).filter(lasting, area__in=keys)
    moved = 0
    with because("accounts.role_moved", by=by, area=str(area.uuid)):
        for role in roles.order_by("pk"):
            there = RoleAssignment.objects.filter(lasting, user=role.user_id, role=role.role, area=area)
            if any(_overlap(role, other) for other in there):
                cut(role, today - dt.timedelta(days=1))
                continue
            role.area = area
            role.save(update_fields=["area"])
            moved += 1
    return moved


@verb
def move_invitations(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let invitations that can still be accepted invite to a role in another area."""
    area = _reached(to, by)
    found = Invitation.objects.open().select_for_update(of=("self",)).filter(area__in=keys)
    with because("accounts.role_moved", by=by, area=str(area.uuid)):
        for invitation in found:
            invitation.area = area
            invitation.save(update_fields=["area"])
    return len(found)


def _reached(key: int, by: Actor) -> Area:
    area = Area.objects.select_related("municipality").get(pk=key)
    require("accounts.manage_roles", area.municipality, by=by)
    lock(area.municipality)
    return area


def _overlap(one: RoleAssignment, other: RoleAssignment) -> bool:
    """Whether two roles count on a same day."""
    end, other_end = one.valid_until or dt.date.max, other.valid_until or dt.date.max
    return one.valid_from <= other_end and other.valid_from <= end
