"""One grammar of verbs: permission → lock → version → validate → write → history → after commit.

@verb
def close_session(*, session: LiveSession, by: Actor, version: str | None, on: dt.date) -> LiveSession:
    require("live.change_session", session, by=by)
    session = locked(session, version=version)
    session.closed_on = on
    session.full_clean()
    with because("live.closed", by=by):
        session.save()
    transaction.on_commit(...)
    return session

What may have moved away is asked about as it is under the lock: `locked`, `require`, then `same_version`, so that who may not
do it hears nothing of what changed.

A verb raises PermissionDenied, ValidationError, Refused or Conflict, and nothing else that a person could cause. They are
translated in one place each: pages in `core.pages`, the API in `core.rest`, the worker in `core.progress`.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Operator:
    """The command line, the demo or the worker acting without a person; `name` says which. May do everything."""

    name: str


@dataclass(frozen=True)
class Participant:
    """Who takes part without being known: the key of a round, a session or an invitation, never a person."""

    key: str

    def has_perm(self, permission: str, obj: Any = None) -> bool:
        """Only what a predicate grants to a key."""
        return obj is not None and bool(rules.has_perm(permission, self, obj))


# Who does something. A visitor is one too, so that a view can hand on `request.user`; every verb refuses them.
Actor = AbstractBaseUser | AnonymousUser | Operator | Participant


class Refused(ValidationError):
    """A verb says no, in words for who asked (one, several, or by field); `code` says why to a program."""

    def __init__(
        self,
        message: "_StrOrPromise | Sequence[_StrOrPromise] | Mapping[str, Any]",
        code: str,
        params: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, code=code, params=params)  # type: ignore[arg-type]  # any sequence or mapping does
        self.code = code

    def __str__(self) -> str:
        return "\n".join(self.messages)


class Conflict(Refused):
    """Somebody else changed it first; `current` is what there is now, None when there is nothing to show."""

    def __init__(
        self, current: Any = None, message: "_StrOrPromise | None" = None, code: str = "conflict"
    ) -> None:
        super().__init__(message or _("Somebody changed this in the meantime."), code)
        self.current = current


def require(permission: str, obj: Any, *, by: Actor) -> None:
    """Raise PermissionDenied unless the actor may do this with the object; TypeError when there is no actor."""
    ensure_actor(by)
    if isinstance(by, Operator):
        return
    if isinstance(by, AnonymousUser) or not by.has_perm(permission, obj):  # type: ignore[union-attr]
        raise PermissionDenied(permission)


def locked(obj: M, *, version: str | None = None, queryset: QuerySet[M] | None = None) -> M:
    """The row under FOR UPDATE, of `queryset` when it must bring something along.

    Raises Conflict when it is gone, or when it is no longer the `version` that the person saw (None: does not matter).
    """
    # Of its class, which `request.user` does not tell by its type.
    rows = obj.__class__._default_manager.all() if queryset is None else queryset
    found = rows.select_for_update(of=("self",)).filter(pk=obj.pk).first()
    if found is None:
        raise Conflict(None, _("This is no longer there."), "gone")
    same_version(found, version)
    return found


def same_version(found: Any, version: str | None) -> None:
    """Raise Conflict unless the locked object is the one that the person saw; for who must first ask something else of it."""
    if version is not None and version != found.version:
        raise Conflict(found)


def ensure_actor(by: object) -> None:
    """Raise TypeError when nobody acts: nobody is nobody."""
    if not isinstance(by, Actor):
        raise TypeError(f"a verb needs somebody who does it, not {by!r}")


# How the trigger of `core.states` says no.
INVALID_MOVE = "pgtrigger: Invalid transition"

# Every verb of every app by its dotted name, filled as the modules are imported; tests try each.
verbs: dict[str, Callable[..., Any]] = {}


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Make a verb: keyword-only, with an actor (`by`) who is somebody, in one transaction.

    Raises TypeError when `by` is nobody and PermissionDenied when it is a visitor, before anything is asked of the database.
    """
    parameters = inspect.signature(function).parameters
    if "by" not in parameters or any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__} is no verb: it takes keywords only, and one of them is by")

    @wraps(function)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        by = kwargs.get("by")
        ensure_actor(by)
        if isinstance(by, AnonymousUser):
            raise PermissionDenied(f"{function.__qualname__}: a visitor")
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except DatabaseError as error:
            if INVALID_MOVE not in str(error):
                raise
            # Somebody was first, and this verb did not look: the trigger of `core.states` did.
            raise Refused(
                _("Its state changed in the meantime: this is not possible any more."), "state"
            ) from error

    verbs[f"{function.__module__}.{function.__qualname__}"] = done
    return done
