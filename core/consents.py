"""What asks a person first in some periods (before elections, in a budget freeze), and goes on once that person says yes.

An app says in its `consents.py` what can be asked: who may do it, about which thing, and how it goes on with what was filled in.

consent_kinds.register(ConsentKind(name="plans.news", title=gettext_lazy("News of an action"), permission="plans.report",
                                   find=action_of, shown=news_in_words, go_on=news_goes_on))

The verb itself asks `accounts.consent.ask_first`; who is asked and what was answered is kept by `accounts` (`Consent`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Model
from django.utils.functional import Promise

from core.registry import Registry


class Find(Protocol):
    """The thing that a consent is about, with its municipality; None when it is gone. It has an address of its own."""

    def __call__(self, *, subject: UUID) -> Model | None: ...


class Shown(Protocol):
    """What was filled in, in words, for who answers: what will go out."""

    def __call__(self, *, payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]: ...


class GoOn(Protocol):
    """Do what was asked, as who asked it: the verb, with what was filled in (`payload`) and with the `consent`."""

    def __call__(self, *, thing: Any, payload: Mapping[str, Any], by: Any, consent: Any) -> Any: ...


@dataclass(frozen=True, kw_only=True)
class ConsentKind:
    """One thing that can be published or mailed: `title` says what ("News of an action")."""

    name: str
    title: str | Promise
    permission: str
    find: Find
    shown: Shown
    go_on: GoOn
    order: int = 100


consent_kinds: Registry[ConsentKind] = Registry(ConsentKind, "consents")
