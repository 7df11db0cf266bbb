"""Tables of secret choices: nobody, no page and no moment is kept beside a choice, not even by the history.

@secret
class Ballot(models.Model):
    question = models.ForeignKey(Question, models.PROTECT)
    choice = models.CharField(max_length=20)

with unrecorded():            # inside a request the history would know the person and the page
    Ballot.objects.create(question=question, choice="yes")

Such a table is never tracked, and its trigger refuses a write that the history would know of. `tells_of` finds what would say who,
from where or when; a test asks it of every table that is declared secret.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.db import connection, models
from django.db.models import Model
from pghistory import runtime

from core.personal import declaration

GUARD = "unrecorded"
M = TypeVar("M", bound=type[Model])

# What says by its type when or from where, and what says it by its name.
TELLING = (
    models.DateField, models.TimeField, models.DurationField, models.EmailField, models.URLField,
    models.GenericIPAddressField, models.FileField, GeometryField,
)  # fmt: skip
WORDS = {
    "user", "person", "owner", "author", "actor", "by", "name", "email", "phone", "address", "ip", "url", "path", "session",
    "agent", "moment", "time", "at", "date", "day", "created", "updated",
}  # fmt: skip


def secret(model: M) -> M:
    """Declare a table of secret choices."""
    model.keeps_secrets = True  # type: ignore[attr-defined]
    guarded: M = pgtrigger.register(
        pgtrigger.Trigger(
            name=GUARD,
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=(
                "IF COALESCE(current_setting('pghistory.context_id', TRUE), '') <> '' THEN "
                "RAISE EXCEPTION 'a secret choice in % is written outside the history', TG_TABLE_NAME; "
                "END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
            ),
        )
    )(model)
    return guarded


def secret_models() -> list[type[Model]]:
    """The tables that are declared secret."""
    return [model for model in apps.get_models() if getattr(model, "keeps_secrets", False)]


@contextmanager
def unrecorded() -> Iterator[None]:
    """Inside, the history knows neither the person nor the page: statements do not carry them, and no row keeps them."""
    around = getattr(runtime._tracker, "value", None)
    hooks = connection.execute_wrappers
    kept = list(hooks)
    hooks[:] = [hook for hook in hooks if hook is not runtime._inject_history_context]
    if around is not None:
        del runtime._tracker.value
    try:
        forget_context()
        yield
    finally:
        hooks[:] = kept
        if around is not None:
            runtime._tracker.value = around


def forget_context() -> None:
    """What an earlier statement of this transaction told the database of who acts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', '', TRUE), set_config('pghistory.context_metadata', '', TRUE)"
        )


def tells_of(model: type[Model]) -> list[str]:
    """What a table of secret choices would keep beside a choice of who, from where or when; nothing when it keeps secrets."""
    faults = [f"{one._meta.label} is its history" for one in apps.get_models() if _tracks(one, model)]
    if hasattr(model, "pgh_event_models") or hasattr(model, "pgh_event_model"):
        faults.append("it is tracked")
    personal = declaration(model)
    if personal is not None and (personal.subject is not None or personal.fields or personal.mentions):
        faults.append("it declares what it knows of persons")
    return faults + [
        f"{column.name}: {why}" for column in model._meta.concrete_fields if (why := _told_by(column))
    ]


def _tracks(history: type[Model], model: type[Model]) -> bool:
    return getattr(history, "pgh_tracked_model", None) is model


def _told_by(column: Any) -> str:
    """What a column says, in a word; nothing when it can say nothing."""
    if column.is_relation:
        other = column.related_model
        personal = declaration(other)
        if other._meta.label == settings.AUTH_USER_MODEL or (
            personal is not None and personal.subject is not None
        ):
            return "leads to a person"
        return ""
    if isinstance(column, TELLING):
        return f"a {type(column).__name__}"
    if not column.primary_key and not column.choices and WORDS & set(column.name.split("_")):
        return "its name says so"
    return ""
