"""One row of the demo, made when it is missing and put back when it changed."""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def restore(model: type[M], identity: Mapping[str, object], **fields: object) -> M:
    """The row with this identity, with these fields; written only when something differs."""
    manager = model._default_manager
    row = manager.filter(**identity).first() or model(**identity)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if row.pk is None or changed:
        row.full_clean()
        row.save()
    return row
