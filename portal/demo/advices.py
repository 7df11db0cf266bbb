"""The advices of the demo, with the answers that some have: what stands in the file, with days that count from today."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import MandateHolder
from areas.models import Municipality
from areas.periods import working_days
from core.models import Release, ReleaseReader
from core.terms import Term, Unit, WorkingDays
from councils.models import ANSWERS, Advice, Answer, AnswerLine, Council, Recommendation
from councils.terms import answer_days, composition_of, digest_of, due_on
from plans.models import Action
from portal.demo.plans import Demo

SOURCE = Path(__file__).with_name("advices.toml")
EVENING, RELEASED = dt.time(21, 12), dt.time(18)
COLLEGE = "college van burgemeester en schepenen"

Entry = Mapping[str, Any]


def restore_advices(demo: Demo, councils: Mapping[str, Council]) -> int:
    """Make the advices of the demo, oldest first so that their numbers follow; what is there already stays."""
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["advices"]
    calendar = working_days(demo.municipality)
    made = [_Made(demo, councils[entry["council"]], entry, calendar) for entry in entries]
    for one in sorted(made, key=lambda one: one.given_on):
        if not Advice.objects.filter(council=one.council, title=one.entry["title"]).exists():
            one.make()
    return len(made)


def days_ago(calendar: WorkingDays, number: int) -> dt.date:
    """The working day so many working days ago."""
    return Term(number, Unit.WORKING_DAYS).before(timezone.localdate(), calendar)


class _Made:
    """One advice: in the making, open, late, answered, or with an answer that waits for its release."""

    def __init__(self, demo: Demo, council: Council, entry: Entry, calendar: WorkingDays) -> None:
        self.demo, self.council, self.entry = demo, council, entry
        self.municipality: Municipality = demo.municipality
        self.is_given = "day" in entry
        self.answered_on: dt.date | None = None
        today = timezone.localdate()
        if "since" in entry:
            self.answered_on = days_ago(calendar, entry["since"])
        elif "ahead" in entry:
            self.answered_on = today + dt.timedelta(days=entry["ahead"])
        self.received_on = days_ago(calendar, entry.get("day", 0) + entry.get("since", 0))
        self.given_on = self.received_on - dt.timedelta(days=5) if self.is_given else today

    def make(self) -> Advice:
        """The advice with what belongs to it."""
        advice = self._draft()
        if self.is_given:
            self._give(advice)
        if self.answered_on is not None:
            self._answer(advice, self.answered_on)
        return advice

    def _draft(self) -> Advice:
        entry = self.entry
        advice = Advice(
            municipality=self.municipality, council=self.council, origin=entry["origin"], title=entry["title"],
            question=entry.get("question", ""), text=entry["text"], policy_field=self.demo.fields[entry["field"]],
            plan=self.demo.plans.get(entry.get("plan", "")), is_example=True,
        )  # fmt: skip
        advice.full_clean()
        advice.save()
        Recommendation.objects.bulk_create(
            Recommendation(advice=advice, number=number, text=line[0])
            for number, line in enumerate(entry["lines"], start=1)
        )
        return advice

    def _give(self, advice: Advice) -> None:
        """As it was on that evening, and received some days later."""
        numbers = Advice.objects.of(self.municipality).filter(year=self.given_on.year, number__isnull=False)
        last = numbers.order_by("-number").values_list("number", flat=True).first()
        advice.state, advice.year, advice.number = Advice.State.ADOPTED, self.given_on.year, (last or 0) + 1
        advice.adopted_on, advice.vote_words = self.given_on, self.entry["vote"]
        advice.composition = composition_of(self.council, self.given_on)
        advice.digest, advice.frozen_at = digest_of(advice.composition), _at(self.given_on, EVENING)
        advice.received_on = self.received_on
        advice.answer_days = answer_days(self.council, self.received_on)
        advice.due_on = due_on(self.municipality, self.received_on, advice.answer_days)
        advice.full_clean()
        advice.save()

    def _answer(self, advice: Advice, on: dt.date) -> None:
        answer = Answer.objects.create(advice=advice)
        recommendations = {one.number: one for one in advice.recommendations.all()}
        for number, (_text, verdict, reason, *action) in enumerate(self.entry["lines"], start=1):
            AnswerLine.objects.create(
                answer=answer, recommendation=recommendations[number], verdict=verdict, reason=reason,
                action=Action.objects.filter(plan__municipality=self.municipality, name__in=action).first(),
            )  # fmt: skip
        decided_on = min(on, timezone.localdate()) - dt.timedelta(days=3)
        release = Release.objects.create(kind=ANSWERS, subject=answer.uuid, body=COLLEGE)
        for holder in MandateHolder.objects.of(self.municipality).filter(user__isnull=False):
            ReleaseReader.objects.create(release=release, person=holder.user.uuid, because_of=holder.title)  # type: ignore[union-attr]
        steps: tuple[dict[str, Any], ...] = (
            {"state": Release.State.PUT, "put_on": decided_on - dt.timedelta(days=6)},
            {
                "state": Release.State.DECIDED, "decided_on": decided_on, "release_at": _at(on, RELEASED),
                "decision_number": f"{decided_on.year}/{self.entry['number']}",
            },
        )  # fmt: skip
        if "since" in self.entry:
            steps += ({"state": Release.State.RELEASED, "released_at": _at(on, RELEASED)},)
        for step in steps:
            for name, value in step.items():
                setattr(release, name, value)
            release.full_clean()
            release.save()


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
