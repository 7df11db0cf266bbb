"""Not keeping personal data longer than was declared."""

import datetime as dt
from contextlib import AbstractContextManager, nullcontext

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts.privacy.declared import Holding, holdings, is_append_only
from accounts.privacy.erase import erasure_role


def apply_retention(*, dry_run: bool = False) -> int:
    """Delete what is past its time, with its history; returns how many rows that are (or would be)."""
    return sum(
        _retain(holding, holding.personal.retention_days, dry_run)
        for holding in holdings()
        if holding.personal.retention_days is not None
    )


@transaction.atomic
def _retain(holding: Holding, days: int, dry_run: bool) -> int:
    since = timezone.now() - dt.timedelta(days=days)
    rows = holding.model._default_manager.filter(**{f"{holding.personal.retention_from}__lt": since})
    if dry_run:
        return rows.count()
    keys = list(rows.values_list("pk", flat=True))
    with _allowed(holding.model):
        holding.model._default_manager.filter(pk__in=keys).delete()
    for history in _histories(holding.model):
        with erasure_role():
            history._default_manager.filter(pgh_obj_id__in=keys).delete()
    return len(keys)


def _allowed(model: type[Model]) -> AbstractContextManager[None]:
    """Append-only tables lose rows to the erasing role only."""
    return erasure_role() if is_append_only(model) else nullcontext()


def _histories(model: type[Model]) -> list[type[Model]]:
    return [m for m in apps.get_models() if getattr(m, "pgh_tracked_model", None) is model]
