"""Personal data is declared on the model that holds it; export, erasure and retention follow the declarations.

A model with a text, e-mail, name or point field says `personal = Personal(...)`; a test fails on a field that no declaration names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise


class Erase(Enum):
    """What becomes of a personal field when the person asks to be forgotten."""

    BLANK = "blank"  # an empty text, or NULL where the column allows it
    PSEUDONYM = "pseudonym"  # a text that names nobody and stays unique


@dataclass(frozen=True, kw_only=True)
class Personal:
    """What a model knows of persons, and why (`purpose`, as the privacy statement says it; a model that knows somebody has one).

    `subject` is the lookup from the model to the person ("" for the person itself, "user", "assignment__user"), None when the
    model knows nobody. `subject_by` says what that lookup compares with: the person, its uuid or its e-mail address (models
    below `accounts` hold no foreign key to people).

    `fields` are the personal ones with what erasure does to them; `impersonal` are the text and point fields that say nothing of
    a person; `secret` are those that no export shows and erasure makes useless; `mentions` are free text or JSON about something
    else in which a person may be named: erasure takes the e-mail address, the name and the identifier out.

    `delete_row` says that rows of the person go whole. `retention_days` counts from `retention_from`; `kept` says in words how
    long it is where the rows know that themselves.
    """

    purpose: str | Promise = ""
    subject: str | None = None
    subject_by: Literal["user", "uuid", "email"] = "user"
    fields: Mapping[str, Erase] = field(default_factory=dict)
    impersonal: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    delete_row: bool = False
    retention_days: int | None = None
    retention_from: str = ""
    kept: str | Promise = ""

    @property
    def named(self) -> set[str]:
        """Every field that the declaration says something about."""
        return {*self.fields, *self.impersonal, *self.secret, *self.mentions}


def declaration(model: type[Any]) -> Personal | None:
    """The model's own declaration, or None."""
    found = model.__dict__.get("personal") or getattr(model, "personal", None)
    return found if isinstance(found, Personal) else None


# Fields that can hold something of a person; numbers, dates and keys cannot by themselves.
TELLING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.GenericIPAddressField,
    PointField,
    ArrayField,
)


def undeclared(model: type[models.Model]) -> list[str]:
    """The fields of a model that could say something of a person and that nothing declares; a choice from a list says nothing."""
    declared = found.named if (found := declaration(model)) else set()
    return [
        f.name
        for f in model._meta.concrete_fields
        if isinstance(f, TELLING) and not f.choices and f.name not in declared
    ]
