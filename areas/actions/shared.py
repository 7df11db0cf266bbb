"""What the verbs of areas share.

`user=None` is the operator at the command line; everyone else needs the permission, which `accounts` grants by role.
"""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from areas.chrome import forget_chrome
from areas.map.layercache import forget_layers
from areas.models import AreaKind

Actor = AbstractBaseUser | AnonymousUser | None


def require(user: Actor, permission: str, obj: Any) -> None:
    """Raise PermissionDenied unless the person may do this with the object."""
    if user is None:
        return
    if not user.has_perm(permission, obj):  # type: ignore[union-attr]
        raise PermissionDenied


def forget_map(municipality_id: int) -> None:
    """Have this process show what changed, once it is written."""

    def forget() -> None:
        forget_chrome(municipality_id)
        forget_layers(municipality_id)

    transaction.on_commit(forget)


def lock_kinds(kind: AreaKind) -> AreaKind:
    """Lock all kinds of the municipality: how areas lie in one another is worked out across kinds."""
    kinds = AreaKind.objects.select_for_update(of=("self",)).select_related("municipality")
    locked = kinds.filter(municipality_id=kind.municipality_id).order_by("pk")
    return next(found for found in locked if found.pk == kind.pk)
