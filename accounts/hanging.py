"""The roles that people hold in an area, or will, and the invitations to one."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, npgettext

from accounts.actions.competence import move_competences
from accounts.actions.moving import move_invitations, move_roles
from accounts.models import Competence, Invitation, RoleAssignment
from core.hanging import Hanging, HangingSource, hanging_sources


def may_manage_roles(*, user: Any, obj: Any) -> bool:
    """Roles are what administrators decide about."""
    return bool(user.has_perm("accounts.manage_roles", obj.municipality))


def roles_in(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many roles count in each area, or will."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate())
    roles = RoleAssignment.objects.filter(lasting, area__in=keys)
    rows = roles.order_by().values_list("area").annotate(Count("pk"))
    return {
        key: Hanging(number=number, words=npgettext("what hangs on an area", "role", "roles", number))
        for key, number in rows
    }


def invitations_to(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many invitations to a role in each area can still be accepted."""
    rows = (
        Invitation.objects.open().filter(area__in=keys).order_by().values_list("area").annotate(Count("pk"))
    )
    return {
        key: Hanging(
            number=number,
            words=npgettext("what hangs on an area", "invitation", "invitations", number),
            is_coming=True,
        )
        for key, number in rows
    }


hanging_sources.register(
    HangingSource(
        name="accounts.roles",
        target="areas.area",
        title=gettext_lazy("Roles"),
        count=roles_in,
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
        move=move_invitations,
        may_move=may_manage_roles,
        order=21,
    )
)


def competences_in(*, keys: Collection[int]) -> Mapping[int, Hanging]:
    """How many competences of mandate holders count in each area, or will."""
    rows = Competence.objects.lasting().filter(area__in=keys).order_by().values_list("area")
    return {
        key: Hanging(
            number=number, words=npgettext("what hangs on an area", "competence", "competences", number)
        )
        for key, number in rows.annotate(Count("pk"))
    }


hanging_sources.register(
    HangingSource(
        name="accounts.competences",
        target="areas.area",
        title=gettext_lazy("Competences"),
        count=competences_in,
        move=move_competences,
        may_move=may_manage_roles,
        order=22,
    )
)
