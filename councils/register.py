"""The register of advices as it is read: the clock of each, what became of it, and how often an answer was in time."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.models import Area, CalendarPeriod, Municipality
from core.terms import WorkingDays
from councils.models import Advice, AdviceQuerySet, Answer, AnswerLine, Council
from councils.terms import days_between

ENOUGH = 10  # decided cases: under that a rate says too much about one advice
LEFT, FULL, MOST_OVER = (
    6.0,
    205.3,
    103.0,
)  # of the picture: where the clock begins, the whole term, and the most beyond it
Verdict = AnswerLine.Verdict


def with_outcome(advices: AdviceQuerySet) -> Any:
    """Each with its council and field, when it was answered and corrected, when the house is closed, and how many
    recommendations were followed, partly, not.

    What was not released yet counts nowhere.
    """
    numbers = {
        f"number_{name}": Count(
            "answers__lines",
            filter=Q(answers__lines__verdict=verdict, answers__lines__answer=F("counts_now")),
        )
        for name, verdict in (
            ("followed", Verdict.FOLLOWED),
            ("partly", Verdict.PARTLY),
            ("not", Verdict.NOT),
        )
    }
    closed = CalendarPeriod.objects.filter(
        municipality=OuterRef("municipality"), kind=CalendarPeriod.Kind.CLOSURE
    ).values(row=JSONObject(first="first", last="last"))
    counting = Answer.objects.released().filter(advice=OuterRef("pk")).order_by("-number")
    told = (
        advices.with_answer()
        .with_correction()
        .select_related("council", "policy_field", "municipality", "vote")
    )
    told = told.annotate(counts_now=Subquery(counting.values("pk")[:1]))
    return told.annotate(**numbers, closed=ArraySubquery(closed))


@dataclass(frozen=True)
class Clock:
    """How much of the term is over: working days since it was received, of the days that there are; for `partials/clock.html`."""

    elapsed: int
    term: int
    is_answered: bool

    @property
    def words(self) -> str:
        """The same in words, for who does not see the picture."""
        told = {"elapsed": self.elapsed, "term": self.term}
        if self.is_answered:
            return _("Answered after %(elapsed)d of %(term)d working days") % told
        return _("No answer yet, day %(elapsed)d of %(term)d") % told

    @property
    def is_over(self) -> bool:
        """Whether the term is over."""
        return self.elapsed > self.term

    @property
    def done(self) -> str:
        """How long the bar within the term is."""
        return f"{FULL * min(self.elapsed, self.term) / max(self.term, 1):.1f}"

    @property
    def over(self) -> str:
        """How long the bar beyond the term is."""
        return f"{self._over:.1f}"

    @property
    def full(self) -> str:
        """How long the whole term is."""
        return f"{FULL:.1f}"

    @property
    def end(self) -> str:
        """Where the term ends."""
        return f"{LEFT + FULL:.1f}"

    @property
    def now(self) -> str:
        """Where it is today, or was at the answer."""
        return f"{LEFT + FULL * min(self.elapsed, self.term) / max(self.term, 1) + self._over:.1f}"

    @property
    def _over(self) -> float:
        return min(MOST_OVER, FULL * max(0, self.elapsed - self.term) / max(self.term, 1))


@dataclass(frozen=True)
class AdviceRow:
    """An advice `with_outcome` as a list shows it."""

    advice: Any
    calendar: WorkingDays
    today: dt.date

    @cached_property
    def answered_on(self) -> dt.date | None:
        """The day on which everybody could read the answer."""
        at = self.advice.answered_at
        return timezone.localdate(at) if at is not None else None

    @cached_property
    def corrected_on(self) -> dt.date | None:
        """The day on which everybody could read the last correction of the answer."""
        at = self.advice.corrected_at
        return timezone.localdate(at) if at is not None else None

    @cached_property
    def clock(self) -> Clock | None:
        """How much of the term is over; None before it was received."""
        advice = self.advice
        if advice.received_on is None:
            return None
        last = self.answered_on or self.today
        elapsed = days_between(advice.received_on, last, self.calendar)
        return Clock(elapsed, advice.answer_days, self.answered_on is not None)

    @property
    def state(self) -> str:
        """given (nobody received it yet), open, overdue, answered or answered_late."""
        if self.answered_on is not None:
            return (
                "answered_late"
                if self.advice.due_on and self.answered_on > self.advice.due_on
                else "answered"
            )
        if self.advice.due_on is None:
            return "given"
        return "overdue" if self.advice.due_on < self.today else "open"

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """What became of the recommendations, each as a sign, a word and how many; nothing before the answer is released."""
        if self.answered_on is None:
            return []
        named = (
            ("full", _("followed"), self.advice.number_followed),
            ("half", _("in part"), self.advice.number_partly),
            ("struck", _("not"), self.advice.number_not),
        )
        return [one for one in named if one[2]]

    @property
    def late(self) -> str:
        """How late it is, in words; empty when it is not."""
        if self.state != "overdue":
            return ""
        days = (self.today - self.advice.due_on).days
        return ngettext("%(number)d day late", "%(number)d days late", days) % {"number": days}

    @property
    def stands(self) -> str:
        """How it stands, in a sentence."""
        advice = self.advice
        if self.answered_on is not None:
            words = _("Answered on %(day)s.") % {"day": date_format(self.answered_on, "j F Y")}
            if self.state == "answered_late" and self.clock:
                days = self.clock.elapsed - self.clock.term
                late = ngettext("%(number)d working day late", "%(number)d working days late", days)
                words = f"{words[:-1]}, {late % {'number': days}}."
            if self.corrected_on is not None:
                words += " " + _("Corrected on %(day)s.") % {"day": date_format(self.corrected_on, "j F Y")}
            return words
        if advice.due_on is None:
            return _("Waits until it is received: then the term begins.")
        due = date_format(advice.due_on, "j F Y")
        if self.state == "overdue":
            return _("The answer was due on %(day)s.") % {"day": due}
        left = days_between(self.today, advice.due_on, self.calendar)
        words = ngettext(
            "%(number)d more working day, until %(day)s.",
            "%(number)d more working days, until %(day)s.",
            left,
        )
        return words % {"number": left, "day": due}


def rows_of(advices: Iterable[Any], today: dt.date | None = None) -> list[AdviceRow]:
    """Advices `with_outcome` of one municipality, each with its clock; no query."""
    found = list(advices)
    if not found:
        return []
    days = [
        (dt.date.fromisoformat(one["first"]), dt.date.fromisoformat(one["last"])) for one in found[0].closed
    ]
    calendar = WorkingDays(found[0].municipality.country, days)
    return [AdviceRow(advice, calendar, today or timezone.localdate()) for advice in found]


@dataclass
class Rate:
    """How often an answer came in time: of the advices that were answered or are too late. Those whose term runs count nowhere."""

    name: str
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def decided(self) -> int:
        """Of how many it is known."""
        return self.on_time + self.late + self.overdue

    @property
    def is_shown(self) -> bool:
        """Whether there are enough of them."""
        return self.decided >= ENOUGH

    @property
    def percent(self) -> int:
        """The share in time, of a hundred, rounded."""
        return round(100 * self.on_time / self.decided) if self.decided else 0

    def add(self, row: dict[str, Any], today: dt.date) -> None:
        """Count one advice."""
        answered = timezone.localdate(row["answered_at"]) if row["answered_at"] else None
        if answered is not None:
            if row["due_on"] is None or answered <= row["due_on"]:
                self.on_time += 1
            else:
                self.late += 1
        elif row["due_on"] < today:
            self.overdue += 1
        else:
            self.running += 1


@dataclass(frozen=True)
class Rates:
    """The rate of a municipality, and those per council, area and policy field that have enough cases."""

    whole: Rate
    groups: Sequence[tuple[str, Sequence[Rate]]]


def rates_of(municipality: Municipality) -> Rates:
    """How often an answer came in time, from the first advice on; three queries."""
    today = timezone.localdate()
    received = Advice.objects.of(municipality).adopted().with_answer().filter(received_on__isnull=False)
    rows = received.values("council", "policy_field__name", "due_on", "answered_at")
    councils = dict(Council.objects.of(municipality).values_list("pk", "name"))
    placed = Area.objects.of(municipality).filter(councils__isnull=False).values_list("councils", "name")
    areas: dict[int, list[str]] = {}
    for council, area in placed:
        areas.setdefault(council, []).append(area)
    whole = Rate("")
    by: tuple[dict[str, Rate], dict[str, Rate], dict[str, Rate]] = ({}, {}, {})
    for row in rows:
        whole.add(row, today)
        names = ([councils[row["council"]]], areas.get(row["council"], []), [row["policy_field__name"] or ""])
        for group, found in zip(by, names, strict=True):
            for name in filter(None, found):
                group.setdefault(name, Rate(name)).add(row, today)
    titles = (_("Per council"), _("Per area"), _("Per policy field"))
    groups = [
        (title, sorted((one for one in group.values() if one.is_shown), key=lambda one: one.name))
        for title, group in zip(titles, by, strict=True)
    ]
    return Rates(whole, [(title, found) for title, found in groups if found])
