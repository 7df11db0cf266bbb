"""Whether somebody is asked before something is published or mailed, and who.

A verb that publishes or mails takes a `consent` and asks first:

@verb
def tell_news(*, action: Action, ..., by: Actor, consent: Consent | None = None) -> News:
    require("plans.report", action, by=by)
    ask_first("plans.news", action.uuid, action.plan.municipality, by=by, consent=consent)

Its form asks `period_for` and, in a period that asks, has the field `why_first` and calls `accounts.actions.consents.ask_consent`.
"""

import datetime as dt
import uuid

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Consent, PeriodKeeper, User
from areas.models import CalendarPeriod, Municipality
from areas.periods import asks_first
from core.verbs import Actor, Operator, Refused


class AsksFirst(Refused):
    """Today somebody is asked before this is published or mailed."""

    def __init__(self, period: CalendarPeriod) -> None:
        words = _("It is “%(period)s” until %(day)s: ask first whether this can go out, and say why.")
        told = {"period": period.name, "day": date_format(period.last, "j F Y")}
        super().__init__(words % told, "asks_first")
        self.period = period


def period_for(municipality: Municipality, *, by: Actor, on: dt.date | None = None) -> CalendarPeriod | None:
    """The period in which who acts asks first for a day (today); None on other days, and for what no person does. One query."""
    return None if isinstance(by, Operator) else asks_first(municipality, on or timezone.localdate())


def ask_first(
    kind: str,
    subject: uuid.UUID,
    municipality: Municipality,
    *,
    by: Actor,
    consent: Consent | None = None,
    on: dt.date | None = None,
) -> None:
    """Raise AsksFirst in a period that asks on a day (today), unless with the consent that was given for exactly this."""
    if consent is not None and consent.state == Consent.State.GIVEN:
        if (consent.kind, consent.subject) == (kind, subject):
            return
        raise ValueError(f"a consent for {consent.kind} of {consent.subject} is none for {kind} of {subject}")
    if (period := period_for(municipality, by=by, on=on)) is not None:
        raise AsksFirst(period)


def keeper_of(municipality: Municipality, kind: str) -> User | None:
    """The person who is named for a kind of period; None when the administrators answer."""
    found = PeriodKeeper.objects.filter(municipality=municipality, kind=kind, user__is_active=True)
    keeper = found.select_related("user").first()
    return keeper.user if keeper else None
