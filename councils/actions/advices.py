"""The verbs for advices: begun, changed, given in a meeting, received, withdrawn."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from core.digest import digest_of
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, locked, require, same_version, verb
from councils.actions.meeting_shared import moment
from councils.models import Advice, Council, Recommendation, Vote
from councils.terms import answer_days, composition_of, due_on

DETAILS = ("origin", "question", "plan", "title", "text", "body", "body_name", "policy_field")
MOST = 40  # recommendations of one advice
State = Advice.State


@verb
def begin_advice(
    *, council: Council, by: Actor, values: Mapping[str, Any], recommendations: Sequence[str] = ()
) -> Advice:
    """Begin an advice, which the members of the council and its secretary read until it is given."""
    require("councils.keep_council", council, by=by)
    advice = Advice(council=council, municipality=council.municipality, is_example=council.is_example)
    _assign(advice, values)
    with because("councils.advice_begun", by=by):
        advice.save()
        _write(advice, recommendations)
    return advice


@verb
def change_advice(
    *,
    advice: Advice,
    by: Actor,
    values: Mapping[str, Any],
    recommendations: Sequence[str] | None = None,
    version: str | None = None,
) -> Advice:
    """Change an advice that was not given yet; its recommendations (None: as they are) are put in their order."""
    found = _locked(advice, by=by, version=version)
    _require_draft(found)
    _assign(found, values)
    with because("councils.advice_changed", by=by):
        found.save()
        if recommendations is not None:
            _write(found, recommendations)
    return found


@verb
def adopt_advice(
    *,
    advice: Advice,
    by: Actor,
    on: dt.date,
    vote_words: str = "",
    vote: Vote | None = None,
    at: dt.datetime | None = None,
    version: str | None = None,
) -> Advice:
    """Note that the council gave it, on a day and by which vote: it gets its number, and is public from now on.

    With a `vote` of a meeting the day and the words are those of that vote. Who could give it is frozen with it. A composition that
    does not meet the rules is no refusal: it is shown with it for ever. `at` is when that was noted (now).
    """
    found = _locked(advice, by=by, version=version)
    move(found, "state", State.ADOPTED)
    if vote is not None:
        on, vote_words = _voted(found, vote)
    if on > timezone.localdate():
        raise Refused({"on": _("This day is still to come.")}, "day")
    if not vote_words.strip():
        raise Refused({"vote_words": _("Say how the council voted.")}, "required")
    if found.policy_field_id is None:
        raise Refused(_("Name the policy field first: who answers follows from it."), "policy_field")
    if not found.recommendations.exists():
        raise Refused(_("Write at least one recommendation first: each one is answered."), "recommendations")
    if not on <= timezone.localdate(moment(at)) <= timezone.localdate():
        raise Refused(_("An advice is noted on the day on which it was given, or later."), "moment")
    locked(found.municipality)  # one after the other get a number
    numbers = Advice.objects.of(found.municipality_id).filter(year=on.year)
    found.year, found.number = on.year, (numbers.aggregate(last=Max("number"))["last"] or 0) + 1
    found.adopted_on, found.vote, found.vote_words, found.frozen_at = (
        on,
        vote,
        vote_words.strip(),
        moment(at),
    )
    found.meeting = vote.item.meeting if vote is not None else None
    found.composition = composition_of(found.council, on)
    found.digest = digest_of(found.composition)
    found.full_clean()
    with because("councils.advice_adopted", by=by):
        found.save()
    return found


def _voted(advice: Advice, vote: Vote) -> tuple[dt.date, str]:
    """The day of a vote and how it went; refused when it is of another council, open, or not carried."""
    meeting = vote.item.meeting
    if meeting.council_id != advice.council_id:
        raise Refused({"vote": _("This vote was held in another council.")}, "vote")
    if vote.state != Vote.State.CLOSED or vote.result != Vote.Result.ADOPTED:
        raise Refused({"vote": _("This vote did not carry the advice.")}, "vote")
    if vote.in_favour is None:
        return meeting.day, str(vote.get_how_display())
    numbers = {"for": vote.in_favour, "against": vote.against or 0, "abstained": vote.abstained or 0}
    return meeting.day, _("%(for)d for, %(against)d against, %(abstained)d abstained") % numbers


@verb
def withdraw_advice(*, advice: Advice, by: Actor, why: str, version: str | None = None) -> Advice:
    """Stop an advice that was not given yet, with the reason; the council goes on reading it at its address."""
    found = _locked(advice, by=by, version=version)
    move(found, "state", State.WITHDRAWN)
    if not why.strip():
        raise Refused({"why": _("Say why it is withdrawn.")}, "required")
    found.withdrawn_on, found.withdrawn_why = timezone.localdate(), why.strip()
    found.full_clean()
    with because("councils.advice_withdrawn", by=by, note=why):
        found.save()
    return found


@verb
def receive_advice(*, advice: Advice, by: Actor, on: dt.date, version: str | None = None) -> Advice:
    """Note when the advice was received: the term of the council begins, and the day on which the answer is due is kept."""
    found = locked(advice, queryset=Advice.objects.select_related("council", "municipality"))
    require("councils.receive_advice", found, by=by)
    same_version(found, version)
    if found.state != State.ADOPTED or found.adopted_on is None:
        raise Refused(_("It was not given yet."), "state")
    if Advice.objects.filter(pk=found.pk).answered().exists():
        raise Refused(_("It was answered already."), "answered")
    if on > timezone.localdate():
        raise Refused({"on": _("This day is still to come.")}, "day")
    if on < found.adopted_on:
        raise Refused({"on": _("It is received after it was given.")}, "day")
    found.received_on, found.answer_days = on, answer_days(found.council, on)
    found.due_on = due_on(found.municipality, on, found.answer_days)
    found.full_clean()
    with because("councils.advice_received", by=by):
        found.save()
    return found


def _locked(advice: Advice, *, by: Actor, version: str | None = None) -> Advice:
    found = locked(advice, queryset=Advice.objects.select_related("council", "municipality"))
    require("councils.write_advice", found, by=by)
    same_version(found, version)
    return found


def _require_draft(advice: Advice) -> None:
    if advice.state != State.DRAFT:
        raise Refused(_("It stays as it was given."), "state")


def _assign(advice: Advice, values: Mapping[str, Any]) -> None:
    """Set what is given; raises ValidationError by field."""
    if unknown := set(values) - set(DETAILS):
        raise TypeError(f"an advice has no {sorted(unknown)}")
    for name, value in values.items():
        setattr(advice, name, value.strip() if isinstance(value, str) else value)
    here = advice.municipality_id
    for name in ("plan", "policy_field"):
        there = getattr(advice, name)
        if there is not None and there.municipality_id != here:
            raise ValidationError({name: _("This is of another municipality.")})
    advice.full_clean()


def _write(advice: Advice, texts: Sequence[str]) -> None:
    """The recommendations in this order."""
    wanted = [text.strip() for text in texts if text.strip()]
    if len(wanted) > MOST:
        words = _("An advice has at most %(most)d recommendations.") % {"most": MOST}
        raise ValidationError({"recommendations": words})
    there = {one.number: one for one in advice.recommendations.all()}
    for number, text in enumerate(wanted, start=1):
        one = there.pop(number, None) or Recommendation(advice=advice, number=number)
        if one.text != text:
            one.text = text
            one.full_clean()
            one.save()
    for one in there.values():
        one.delete()
