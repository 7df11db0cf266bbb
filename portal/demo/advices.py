"""The advices of the demo and what became of them: answered, decided and not yet public, begun, late and open."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from core.models import Release
from core.release import decide, plan_release, put_before
from councils.actions.advices import adopt_advice, begin_advice, receive_advice
from councils.actions.answers import Said, correct_answer, write_answer
from councils.models import ANSWERS, Advice, Council, Vote
from portal.demo.evenings import BY, evening_of, read_year
from portal.demo.moments import day
from portal.demo.plans import Demo

EVERYBODY = "met algemeen akkoord"
SHORT = dt.timedelta(minutes=90)  # an evening of which there are short minutes

Entry = Mapping[str, Any]


def restore_advices(councils: Mapping[str, Council], demo: Demo) -> int:
    """Give the advices of those councils that gave none yet, oldest first; how many there are."""
    year = read_year()
    without = {slug for slug, council in councils.items() if not council.advices.exists()}
    entries = [entry for entry in year["advices"] if entry["of"] in without]
    for entry in sorted(entries, key=lambda one: day(one["on"])):
        given = evening_of(entry["of"], entry["on"], year["evenings"])
        advice = _begun(councils[entry["of"]], demo, entry)
        if not entry.get("draft"):
            _follow(_given(advice, entry, given), demo, entry)
    return sum(council.advices.count() for council in councils.values())


def _begun(council: Council, demo: Demo, entry: Entry) -> Advice:
    values = {
        "title": entry["title"], "text": entry["text"], "question": entry.get("question", ""),
        "origin": entry.get("origin", "own"), "policy_field": demo.fields[entry["field"]],
        "plan": demo.plans.get(entry.get("plan", "")),
    }  # fmt: skip
    return begin_advice(council=council, by=BY, values=values, recommendations=entry["asks"])


def _given(advice: Advice, entry: Entry, starts_at: dt.datetime) -> Advice:
    """Out of the vote of that evening; a council that writes short minutes agreed."""
    vote, given = None, timezone.localdate(starts_at)
    if "item" in entry:
        meetings = advice.council.meetings.filter(starts_at__date=given)
        vote = Vote.objects.get(item__title=entry["item"], item__meeting__in=meetings)
    at = vote.closed_at if vote else starts_at + SHORT
    return adopt_advice(
        advice=advice, by=BY, on=given, vote=vote, vote_words="" if vote else EVERYBODY, at=at
    )


def _follow(advice: Advice, demo: Demo, entry: Entry) -> None:
    """Received some days later, and answered as the file says."""
    given: dt.date = advice.adopted_on  # type: ignore[assignment]  # it was given
    advice = receive_advice(advice=advice, by=BY, on=given + dt.timedelta(days=entry["received"]))
    answered = entry.get("answered")
    says = answered["says"] if answered else entry.get("begun")
    if not says:
        return
    answer = write_answer(advice=advice, by=BY, lines=_lines(demo, entry, says))
    if answered:
        _decided(Release.objects.of(ANSWERS, answer.uuid).get(), given, answered)
    if answered and (corrected := answered.get("corrected")):
        lines = _lines(demo, entry, corrected["says"])
        answer = correct_answer(advice=advice, by=BY, why=corrected["why"], lines=lines)
        _decided(Release.objects.of(ANSWERS, answer.uuid).get(), given, corrected)


def _lines(demo: Demo, entry: Entry, says: Sequence[Any]) -> dict[int, Said]:
    return {number: _said(demo, entry, *one) for number, one in enumerate(says, 1)}


def _said(demo: Demo, entry: Entry, verdict: str, reason: str, number: int = 0) -> Said:
    action = demo.plans[entry["plan"]].actions.get(number=number) if number else None
    return Said(verdict, reason, action)


def _decided(release: Release, given: dt.date, answered: Entry) -> None:
    decided = given + dt.timedelta(days=answered["decided"])
    release = put_before(
        release=release,
        by=BY,
        body="college van burgemeester en schepenen",
        on=decided - dt.timedelta(days=3),
    )
    number = f"{decided.year}/CBS/{decided.timetuple().tm_yday:04}"
    release = decide(release=release, by=BY, decided_on=decided, number=number)
    if "ahead" in answered:
        at = timezone.make_aware(dt.datetime.combine(day(answered["ahead"]), dt.time(18)))
        plan_release(release=release, by=BY, at=at)
        return
    # It went out then: nobody gets a mail of it today.
    at = timezone.make_aware(
        dt.datetime.combine(given + dt.timedelta(days=answered["released"]), dt.time(18))
    )
    release.state, release.release_at, release.released_at = Release.State.RELEASED, at, at
    release.save()
