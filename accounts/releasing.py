"""Asking first before something becomes public by `core.release`: in which app it is makes no difference.

first=asks_first("councils.answer", gettext_lazy("Answer to an advice"), "councils.publish_answer")   # in its ReleaseKind
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actions.consents import ask_consent
from accounts.consent import AsksFirst, ask_first, period_for
from accounts.models import Consent
from core.consents import ConsentKind, consent_kinds
from core.models import Release
from core.release import plan_release, release_kinds, release_now, release_of
from core.verbs import Actor, Refused


@dataclass(frozen=True)
class ReleaseAsks:
    """How a release asks first in some periods; its things say in which `municipality` they are."""

    kind: str

    def check(self, *, thing: Any, by: Actor, consent: Consent | None, on: dt.date) -> None:
        """Raise AsksFirst when the day lies in a period that asks, unless with the consent that was given."""
        ask_first(self.kind, thing.uuid, thing.municipality, by=by, consent=consent, on=on)

    def asks(self, *, thing: Any, by: Actor, on: dt.date) -> str:
        """Why somebody has to be asked for that day, in words; empty on other days."""
        period = period_for(thing.municipality, by=by, on=on)
        return str(AsksFirst(period)) if period is not None else ""

    def ask(
        self, *, release: Release, thing: Any, at: dt.datetime | None, why: str, by: Any, site: str
    ) -> Consent:
        """Ask whether it may become public at a moment, or at once."""
        return ask_consent(
            kind=self.kind, subject=thing.uuid, municipality=thing.municipality, why=why, by=by, site=site,
            payload={"at": at.isoformat() if at else ""}, on=timezone.localdate(at) if at else None,
        )  # fmt: skip


def asks_first(kind: str, title: str | Promise, permission: str) -> ReleaseAsks:
    """Have the releases of a kind ask first, by who holds a permission; for its ReleaseKind."""

    def find(*, subject: UUID) -> Any:
        return release_kinds[kind].thing(subject)

    consent_kinds.register(
        ConsentKind(name=kind, title=title, permission=permission, find=find, shown=_shown, go_on=_go_on)
    )
    return ReleaseAsks(kind)


def _shown(*, payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """From when everybody reads it."""
    at = parse_datetime(payload["at"]) if payload["at"] else None
    words = date_format(timezone.localtime(at), "l j F Y, H.i") if at else _("at once")
    return [(_("Public from"), words)]


def _go_on(*, thing: Any, payload: Mapping[str, Any], by: Any, consent: Consent) -> Release:
    """Set the moment, or release it at once; so too when the moment passed while somebody was asked."""
    release = release_of(consent.kind, thing)
    if release is None:
        raise Refused(_("This is no longer there."), "gone")
    at = parse_datetime(payload["at"]) if payload["at"] else None
    if at is None or at <= timezone.now():
        return release_now(release=release, by=by, consent=consent)
    return plan_release(release=release, by=by, at=at, consent=consent)
