"""Asking first: what is published or mailed in a period that asks, until the keeper says yes or no."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.absences import reached
from accounts.consent import keeper_of, period_for
from accounts.models import Consent, PeriodKeeper, RoleAssignment, User
from areas.models import CalendarPeriod, Municipality
from core.consents import consent_kinds
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, locked, require, verb

State = Consent.State


@verb
def ask_consent(
    *,
    kind: str,
    subject: uuid.UUID,
    municipality: Municipality,
    payload: Mapping[str, Any],
    why: str,
    by: Actor,
    site: str = "",
    on: dt.date | None = None,
) -> Consent:
    """Ask whether something may go out in the period of a day (today); who may do the thing itself may ask."""
    known = consent_kinds[kind]
    thing = known.find(subject=subject)
    if thing is None:
        raise Refused(_("This is no longer there."), "gone")
    require(known.permission, thing, by=by)
    period = period_for(municipality, by=by, on=on)
    if period is None:
        raise Refused(_("Nobody has to be asked today: you can do it at once."), "free")
    consent = Consent(
        municipality=municipality, period_kind=period.kind, period_name=period.name, period_last=period.last, kind=kind,
        subject=subject, title=f"{known.title}: {thing}"[:300], payload=dict(payload), why=why,
        asked_by=by if isinstance(by, User) else None,
    )  # fmt: skip
    consent.full_clean()
    with because("accounts.consent_asked", by=by):
        consent.save()
    _tell_keepers(consent, site)  # the queue of mails is of the same transaction
    return consent


@verb
def decide_consent(*, consent: Consent, agrees: bool, answer: str, by: Actor, site: str = "") -> Consent:
    """Say yes, on which the thing goes on at once as who asked it, or no; both with a reason.

    Nobody answers what they asked themselves, unless there is nobody else: then their reason is kept and shown as their own.
    """
    require("accounts.decide_consent", consent, by=by)
    consent = locked(consent)
    move(consent, "state", State.GIVEN if agrees else State.REFUSED, refusal=_("This was answered already."))
    consent.answer, consent.decided_at = answer, timezone.now()
    consent.decided_by = by if isinstance(by, User) else None
    consent.full_clean()
    with because("accounts.consent_given" if agrees else "accounts.consent_refused", by=by):
        consent.save()
    if agrees:
        _go_on(consent)
    _tell_asker(consent, site)
    return consent


@verb
def withdraw_consent(*, consent: Consent, by: Actor) -> None:
    """Ask no longer; by who asked."""
    require("accounts.withdraw_consent", consent, by=by)
    consent = locked(consent)
    move(consent, "state", State.WITHDRAWN, refusal=_("This was answered already."))
    with because("accounts.consent_withdrawn", by=by):
        consent.save()


@verb
def name_keeper(*, municipality: Municipality, kind: str, user: User | None, by: Actor) -> None:
    """Name who is asked first in periods of a kind; nobody named means that the administrators answer."""
    require("accounts.manage_roles", municipality, by=by)
    if kind not in CalendarPeriod.Kind.values:
        raise Refused(_("There is no such kind of period."), "kind")
    works = RoleAssignment.objects.current().filter(municipality=municipality)
    if user is not None and not works.filter(user=user).exists():
        raise Refused(_("%(name)s has no role here.") % {"name": user}, "no_role")
    locked(municipality)
    with because("accounts.keeper_named", by=by):
        if user is None:
            PeriodKeeper.objects.filter(municipality=municipality, kind=kind).delete()
        else:
            PeriodKeeper.objects.update_or_create(
                municipality=municipality, kind=kind, defaults={"user": user}
            )


def _go_on(consent: Consent) -> None:
    """Do what was asked, as who asked it."""
    known, asker = consent_kinds.get(consent.kind), consent.asked_by
    thing = known.find(subject=consent.subject) if known else None
    if known is None or thing is None or asker is None or not asker.is_active:
        raise Refused(_("What this is about, or who asked it, is no longer there."), "gone")
    try:
        known.go_on(thing=thing, payload=consent.payload, by=asker, consent=consent)
    except PermissionDenied:
        raise Refused(_("%(name)s may not do this any more.") % {"name": asker}, "may_not") from None


def _tell_keepers(consent: Consent, site: str) -> None:
    people = _who_answers(consent)
    _mail(_("Asked first: %(title)s"), "accounts/mail/consent_asked.txt", consent, site, people)


def _who_answers(consent: Consent) -> list[User]:
    """Whom to mail about what was asked: the keeper, or who stands in for them; of what these ask themselves the administrators.

    Who asked is among them only when there is nobody else at all.
    """
    keeper = keeper_of(consent.municipality, consent.period_kind)
    people = [reached(keeper, consent.municipality).person] if keeper else []
    if not people or people[0].pk == consent.asked_by_id:
        roles = RoleAssignment.objects.current().filter(
            municipality=consent.municipality, role=RoleAssignment.Role.ADMINISTRATOR
        )
        people += User.objects.filter(roles__in=roles, is_active=True).distinct()
    others = [one for one in people if one.pk != consent.asked_by_id]
    if not others and keeper is not None and keeper.pk != consent.asked_by_id:
        return [keeper]
    return others or people[:1]


def _tell_asker(consent: Consent, site: str) -> None:
    words = _("Agreed: %(title)s") if consent.state == State.GIVEN else _("Not agreed: %(title)s")
    people = [consent.asked_by] if consent.asked_by and consent.asked_by.is_active else []
    _mail(words, "accounts/mail/consent_decided.txt", consent, site, people)


def _mail(subject: str, template: str, consent: Consent, site: str, people: list[User]) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        facts = {
            "consent": consent,
            "link": (site or consent.municipality.site).rstrip("/") + consent.get_absolute_url(),
        }
        body = render_to_string(template, facts)
        title = subject % {"title": consent.title}
    for person in people:
        EmailMessage(subject=" ".join(title.split()), body=body, to=[person.email]).send()
