"""Advices and answers for tests: in the making, given, received, answered."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Competence, MandateHolder, PolicyField, User
from areas.models import Municipality
from core.models import Release
from core.release import decide, plan_release, put_before, release_now, release_of
from councils.actions.advices import adopt_advice, begin_advice, receive_advice
from councils.actions.answers import Said, correct_answer, write_answer
from councils.models import ANSWERS, Advice, Answer, Council
from tests.conftest import OPERATOR

ASKED = ("Laat de bomen staan.", "Haal de parkeerplaatsen weg.")
SECRET = "Veertien plaatsen verdwijnen, acht blijven."
CORRECTED = "Alle tweeëntwintig plaatsen verdwijnen."
WHY = "Het aantal plaatsen was verkeerd."
HOUR = dt.timedelta(hours=1)


def make_field(municipality: Municipality, slug: str = "publieke-ruimte") -> PolicyField:
    """A policy field, made once."""
    return PolicyField.objects.get_or_create(
        municipality=municipality, slug=slug, defaults={"name": "Publieke ruimte"}
    )[0]


def make_competent(
    municipality: Municipality, user: User | None, field: PolicyField | None = None
) -> Competence:
    """Somebody who is competent for a field in the whole municipality."""
    holder = MandateHolder.objects.create(
        municipality=municipality, name="Schepen (voorbeeld)", title="schepen", user=user
    )
    return Competence.objects.create(
        municipality=municipality,
        holder=holder,
        field=field or make_field(municipality),
        valid_from=dt.date(2025, 1, 1),
    )


def make_draft(council: Council, title: str = "Geef het plein terug", **values: Any) -> Advice:
    """An advice in the making."""
    known = {"title": title, "origin": Advice.Origin.OWN, "policy_field": make_field(council.municipality)}
    return begin_advice(council=council, by=OPERATOR, values={**known, **values}, recommendations=ASKED)


def make_given(
    council: Council, title: str = "Geef het plein terug", *, days_ago: int = 30, **values: Any
) -> Advice:
    """An advice that was given some days ago and received on the same day."""
    on = timezone.localdate() - dt.timedelta(days=days_ago)
    given = adopt_advice(
        advice=make_draft(council, title, **values), by=OPERATOR, on=on, vote_words="8 voor, 1 tegen"
    )
    return receive_advice(advice=given, by=OPERATOR, on=on)


def make_answer(advice: Advice, by: Any = OPERATOR) -> Answer:
    """An answer in the making: one recommendation followed, one partly."""
    lines = {1: Said("followed", "Ze geven schaduw."), 2: Said("partly", SECRET)}
    return write_answer(advice=advice, by=by, lines=lines)


def make_decided(advice: Advice) -> Release:
    """An answer that was decided and will be public in an hour."""
    return make_planned(make_answer(advice))


def make_planned(answer: Answer) -> Release:
    """A version of an answer brought to its decision, public in an hour."""
    release = release_of(ANSWERS, answer)
    assert release is not None
    put = put_before(release=release, by=OPERATOR, body="college")
    number = f"2026/CBS/0{411 + answer.number}"
    decided = decide(release=put, by=OPERATOR, decided_on=timezone.localdate(), number=number)
    return plan_release(release=decided, by=OPERATOR, at=timezone.now() + HOUR)


def make_correction(advice: Advice, by: Any = OPERATOR) -> Answer:
    """A correction in the making: both recommendations followed."""
    lines = {1: Said("followed", "Ze geven schaduw."), 2: Said("followed", CORRECTED)}
    return correct_answer(advice=advice, by=by, why=WHY, lines=lines)


def make_corrected(advice: Advice) -> Release:
    """A correction that everybody reads."""
    return release_now(release=make_planned(make_correction(advice)), by=OPERATOR)


def make_answered(council: Council, title: str = "Laat de bomen staan", **values: Any) -> Advice:
    """An advice of which everybody reads the answer."""
    advice = make_given(council, title, **values)
    release_now(release=make_decided(advice), by=OPERATOR)
    return advice
