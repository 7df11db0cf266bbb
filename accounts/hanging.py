"""The roles that people hold in an area, or will, and the invitations to one."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy, npgettext

from accounts.actions.competence import move_competences
from accounts.actions.moving import move_invitations, move_roles
from accounts.models import Competence, Invitation, RoleAssignment
from core.hanging import Hanging, HangingSource, counted, hanging_sources


def may_manage_roles(*, user: Any, obj: Any) -> bool:
    """Roles are what administrators decide about."""
    return bool(user.has_perm("accounts.manage_roles", obj.municipality))


def roles_in(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many roles count in each area, or will."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    return counted(RoleAssignment.objects.filter(lasting), "area", keys)


def invitations_to(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many invitations to a role in each area can still be accepted."""
    return counted(Invitation.objects.open(), "area", keys)


def competences_in(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many competences of mandate holders count in each area, or will."""
    return counted(Competence.objects.lasting(), "area", keys)


def roles_hang(*, number: int) -> Hanging:
    """Roles in words."""
    return Hanging(number=number, words=npgettext("what hangs on an area", "role", "roles", number))


def invitations_hang(*, number: int) -> Hanging:
    """Invitations in words."""
    words = npgettext("what hangs on an area", "invitation", "invitations", number)
    return Hanging(number=number, words=words, is_coming=True)


def competences_hang(*, number: int) -> Hanging:
    """Competences in words."""
    words = npgettext("what hangs on an area", "competence", "competences", number)
    return Hanging(number=number, words=words)


hanging_sources.register(
    HangingSource(
        name="accounts.roles",
        target="areas.area",
        title=gettext_lazy("Roles"),
        count=roles_in,
        hanging=roles_hang,
        move=move_roles,
        may_move=may_manage_roles,
        order=20,
    )
)
hanging_sources.register(
    HangingSource(
        name="accounts.invitations",
        target="areas.area",
        title=gettext_lazy("Invitations"),
        count=invitations_to,
        hanging=invitations_hang,
        move=move_invitations,
        may_move=may_manage_roles,
        order=21,
    )
)
hanging_sources.register(
    HangingSource(
        name="accounts.competences",
        target="areas.area",
        title=gettext_lazy("Competences"),
        count=competences_in,
        hanging=competences_hang,
        move=move_competences,
        may_move=may_manage_roles,
        order=22,
    )
)
