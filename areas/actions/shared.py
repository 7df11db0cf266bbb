"""What the verbs of areas share."""

from django.db import transaction

from areas.chrome import forget_chrome
from areas.map.layercache import forget_layers
from areas.models import AreaKind


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
