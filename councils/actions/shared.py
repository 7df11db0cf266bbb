"""What the verbs of councils share: the council under a lock, values that are written, days that are cut short."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from core.verbs import Actor, Refused, locked, require, same_version
from councils.models import Council

KEEP = "councils.keep_council"
M = TypeVar("M", bound=Model)


def kept(council: Council, *, by: Actor, permission: str = KEEP, version: str | None = None) -> Council:
    """The council under its lock, so that everything about its members happens one after the other; raises PermissionDenied."""
    council = locked(council)
    require(permission, council, by=by)
    same_version(council, version)
    return council


def kept_row(row: M, *, by: Actor, version: str | None = None) -> M:
    """A row of a council under its lock, behind that of the council."""
    kept(row.council, by=by)  # type: ignore[attr-defined]  # what is asked here has one
    found = locked(row)
    same_version(found, version)
    return found


def write(row: M, values: Mapping[str, Any], names: Collection[str]) -> M:
    """Set values and check the row; raises ValidationError by field, and TypeError for a value that is not asked for here."""
    if unknown := set(values) - set(names):
        raise TypeError(f"no values of this verb: {sorted(unknown)}")
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.full_clean()
    return row


def cut(row: Any, last_on: dt.date) -> None:
    """Let a row end on a day, unless it ended before; one that would begin later goes."""
    if row.first_on > last_on:
        row.delete()
    elif row.last_on is None or row.last_on > last_on:
        row.last_on = last_on
        row.full_clean()
        row.save()


def refuse_before(row: Any, last_on: dt.date, field: str = "last_on") -> None:
    """Refuse an end before the beginning."""
    if last_on < row.first_on:
        raise Refused({field: _("The last day comes before the first one.")}, "backwards")
