"""Whether a council is composed as it must be, on any day: judged by the facts and the rules of that day and nothing else.

`judge(council, on)` is the judgement of a day, `periods(council, first, last)` those of a stretch of days, judged anew on every day
on which something changes. What comes later changes no judgement of before. Gender is personal: what others than the secretary
may know is `judgement.for_others()`, and that is all that may be kept, sent or shown (docs/decisions/composition-is-judged-by-day).
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from councils.makeup import DAY, Makeup, MemberFact, holding, makeup_of
from councils.models import Seat
from councils.rulesets import Ruled, changes_of, ruled

FEW = 5  # voters: with fewer, whether a rule about gender is met says too much about each
Mandate = Seat.Mandate


class Verdict(StrEnum):
    """What comes of a rule, or of all of them together."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """As it stands on the page."""
        return str(VERDICT_WORDS[self])


VERDICT_WORDS = {
    Verdict.MET: gettext_lazy("meets the rules"),
    Verdict.NOT_MET: gettext_lazy("does not meet the rules"),
    Verdict.UNKNOWN: gettext_lazy("cannot be said"),
}


@dataclass(frozen=True)
class Finding:
    """What one rule says on a day. `detail` is for the secretary; `counts` is false for what only keeps the books in order."""

    rule: str
    title: str
    verdict: Verdict
    words: str
    detail: str = ""
    members: tuple[int, ...] = ()
    source: str = ""
    counts: bool = True

    def for_others(self, voters: int) -> "Finding":
        """The same for who is not the secretary: no numbers or names of a rule about gender, and in a small council no verdict."""
        if self.rule != "gender":
            return replace(self, detail="")
        if voters < FEW:
            words = _("In so small a council the answer would say too much about each member.")
            return replace(self, verdict=Verdict.UNKNOWN, words=words, detail="", members=())
        return replace(self, detail="", members=())


@dataclass(frozen=True)
class Judgement:
    """All findings of a day; `voters` is how many have a vote."""

    on: dt.date
    findings: tuple[Finding, ...]
    voters: int

    @property
    def verdict(self) -> Verdict:
        """What they come to: not met when one rule is not met, unknown when one is unknown."""
        found = {one.verdict for one in self.findings if one.counts}
        return next((one for one in (Verdict.NOT_MET, Verdict.UNKNOWN) if one in found), Verdict.MET)

    def of(self, rule: str) -> Finding | None:
        """What one rule says; None when there is no such rule here."""
        return next((one for one in self.findings if one.rule == rule), None)

    def for_others(self) -> "Judgement":
        """What anybody may know."""
        return replace(self, findings=tuple(one.for_others(self.voters) for one in self.findings))

    def frozen(self) -> dict[str, Any]:
        """What may be kept beside an advice for ever: what anybody may know."""
        told = self.for_others()
        return {
            "on": told.on.isoformat(),
            "verdict": str(told.verdict),
            "voters": told.voters,
            "findings": [
                {"rule": one.rule, "title": one.title, "verdict": str(one.verdict), "words": one.words}
                for one in told.findings
            ],
        }


@dataclass(frozen=True)
class Judged:
    """A stretch of days with one judgement; who came into a place with a vote on its first day, and who left one."""

    first_on: dt.date
    last_on: dt.date
    judgement: Judgement
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """What the findings come to."""
        return self.judgement.verdict


@dataclass(frozen=True)
class _Day:
    """A council on a day, with its rules."""

    makeup: Makeup
    on: dt.date
    voters: list[MemberFact]

    def rule(self, key: str) -> Ruled:
        """A rule on this day."""
        return ruled(self.makeup.rules, self.makeup.choices, key, self.on)


def judge(council: Any, on: dt.date) -> Judgement:
    """Whether a council is composed as it must be on a day, by rule; one query, or none for one that came by `with_makeup`."""
    return judged(makeup_of(council), on)


def judged(makeup: Makeup, on: dt.date) -> Judgement:
    """The judgement of a day by the facts."""
    day = _Day(makeup, on, makeup.voters(on))
    findings = (finding for one in RULES if (finding := one(day)) is not None)
    return Judgement(on, tuple(findings), len(day.voters))


def periods(council: Any, first: dt.date, last: dt.date) -> list[Judged]:
    """The judgements of a stretch of days, both ends included, one for each time between two changes; one query at most."""
    return periods_of(makeup_of(council), first, last)


def periods_of(makeup: Makeup, first: dt.date, last: dt.date) -> list[Judged]:
    """The judgements of a stretch of days by the facts."""
    if last < first:
        return []
    edges = sorted(
        {day for day in makeup.edges() | changes_of(makeup.rules) if first < day <= last} | {first}
    )
    ends = [*(day - DAY for day in edges[1:]), last]
    found: list[Judged] = []
    for begins, ends_on in zip(edges, ends, strict=True):
        now = {one.person: one.name for one in makeup.voters(begins)}
        before = (
            {} if begins == dt.date.min else {one.person: one.name for one in makeup.voters(begins - DAY)}
        )
        came = tuple(name for key, name in now.items() if key not in before)
        left = tuple(name for key, name in before.items() if key not in now)
        found.append(Judged(begins, ends_on, judged(makeup, begins), came, left))
    return found


def told_apart(found: Iterable[Judged]) -> Iterator[Judged]:
    """The same as others read it: stretches in which they see no difference, and nobody came or left, are one."""
    kept: Judged | None = None
    for one in found:
        one = replace(one, judgement=one.judgement.for_others())
        if (
            kept is not None
            and not one.came
            and not one.left
            and one.judgement.findings == kept.judgement.findings
        ):
            kept = replace(kept, last_on=one.last_on)
            continue
        if kept is not None:
            yield kept
        kept = one
    if kept is not None:
        yield kept


def _named(members: Iterable[MemberFact]) -> str:
    return ", ".join(one.name for one in members)


def _gender(day: _Day) -> Finding | None:
    """At most two thirds of those with a vote have one gender; unknown only while who did not tell could tip it."""
    held = day.rule("one_gender_most")
    number = len(day.voters)
    if not held.value or not number:
        return None
    most = Fraction(held.value) * number
    counts = Counter(one.gender for one in day.voters)
    unknown = counts.pop("", 0)
    largest = max(counts.values(), default=0)
    kind = {"2/3": _("At most two thirds"), "3/5": _("At most three fifths")}[held.value]
    words = _("%(part)s of the members with a vote have the same gender.") % {"part": kind}
    detail = _("%(women)d women, %(men)d men, %(other)d other, %(unknown)d not known; at most %(most)d of one gender.") % {
        "women": counts["f"], "men": counts["m"], "other": counts["x"], "unknown": unknown, "most": int(most),
    }  # fmt: skip
    if largest > most:
        verdict = Verdict.NOT_MET
    elif largest + unknown > most:
        verdict = Verdict.UNKNOWN
        words += " " + _("Not every member told it. The secretary asks.")
    else:
        verdict = Verdict.MET
    who = tuple(one.key for one in day.voters if not one.gender)
    return Finding("gender", _("Women and men"), verdict, words, detail, who, held.source)


def _politicians(day: _Day) -> Finding | None:
    """Nobody with a vote is a councillor or an alderman; where a council chose so, no substitute either."""
    barred = day.rule("politicians_barred")
    asked = {
        "nobody": None,
        "voters": day.voters,
        "substitutes": [*day.voters, *day.makeup.seated(day.on, Mandate.SUBSTITUTE)],
        "everybody": [*day.voters, *day.makeup.seated(day.on)],
    }[barred.value]
    if asked is None:
        return None
    kinds = day.rule("politicians").value
    people = {one.person for one in holding(day.makeup.mandates, day.on) if one.kind in kinds}
    found = list({one.key: one for one in asked if one.person in people}.values())
    words = {
        "voters": _("Nobody with a vote is in the municipal council or the executive."),
        "substitutes": _(
            "Nobody with a vote, and no substitute, is in the municipal council or the executive."
        ),
        "everybody": _("Nobody in the council is in the municipal council or the executive."),
    }[barred.value]
    if found:
        words = _("Has a political mandate, which this council does not allow: %(names)s.") % {
            "names": _named(found)
        }
    return _finding("politicians", _("No politicians"), not found, words, found, barred.source)


def _seats(day: _Day) -> Finding | None:
    """Every mandate has at least and at most as many holders as the council has places for (1_3)."""
    wrong, said = [], []
    for seat in holding(day.makeup.seats, day.on):
        number = sum(day.makeup.place_of(one) == seat.place for one in holding(day.makeup.members, day.on))
        name = capfirst(seat.name or str(Mandate(seat.mandate).label))
        values = {"name": name, "number": number, "least": seat.least, "most": seat.most}
        if number < seat.least:
            wrong.append(_("%(name)s: %(number)d, at least %(least)d are needed.") % values)
        elif number > seat.most:
            wrong.append(_("%(name)s: %(number)d, there are places for %(most)d.") % values)
        elif seat.mandate == Mandate.MEMBER:
            said.append(_("%(name)s: %(number)d, from %(least)d to %(most)d.") % values)
    there = {seat.place for seat in holding(day.makeup.seats, day.on)}
    gone = [one for one in holding(day.makeup.members, day.on) if day.makeup.place_of(one) not in there]
    if gone:
        wrong.append(_("In a place that is no longer there: %(names)s.") % {"names": _named(gone)})
    if not day.voters:
        wrong.append(_("Nobody with a vote sits in the council."))
    return _finding("seats", _("Number of members"), not wrong, " ".join(wrong or said), gone)


def _decisions(day: _Day) -> Finding | None:
    """The appointment of everybody with a vote cites the decision, where the rules ask for one (1_18)."""
    held = day.rule("decision_needed")
    if held.value == "never" or (held.value == "founded" and not day.makeup.is_founded(day.on)):
        return None
    found = [
        one
        for one in day.makeup.seated(day.on, Mandate.MEMBER, Mandate.SUBSTITUTE)
        if not one.is_decided(day.on)
    ]
    words = _("Every appointment names the decision.")
    if found:
        number = len(found)
        words = ngettext(
            "%(number)d appointment names no decision: %(names)s.",
            "%(number)d appointments name no decision: %(names)s.",
            number,
        ) % {"number": number, "names": _named(found)}
    return _finding("decisions", _("Appointment"), not found, words, found, held.source)


def _term(day: _Day) -> Finding | None:
    """Who sits in the council sits in it within a term (1_2)."""
    if not day.voters or holding(day.makeup.terms, day.on):
        return None
    words = _("The council has no term on this day, and so nobody to appoint.")
    return _finding("term", _("Term"), False, words, day.voters)


def _replacements(day: _Day) -> Finding | None:
    """Who takes a place takes it on the first day of the hindrance or later (1_16), as somebody who sits in the council."""
    wrong = []
    for one in holding(day.makeup.hindrances, day.on):
        if one.replacement is None or one.replaced_from is None or one.replaced_from > day.on:
            continue
        other, member = day.makeup.member.get(one.replacement), day.makeup.member.get(one.member)
        if member is None or not member.holds(day.on):
            continue
        if other is None or not other.holds(day.on) or one.replaced_from < one.first_on:
            wrong.append(member)
    if not wrong:
        return None
    words = _("Who takes the place of %(names)s does not sit in the council, or came too early.") % {
        "names": _named(wrong)
    }
    return _finding("replacements", _("Replacement"), False, words, wrong)


def _ranks(day: _Day) -> Finding | None:
    """No two members of one mandate have the same rank (1_19)."""
    wrong = []
    for mandate in Mandate.values:
        here = [one for one in day.makeup.seated(day.on, mandate) if one.rank]
        twice = {rank for rank, number in Counter(one.rank for one in here).items() if number > 1}
        wrong += [one for one in here if one.rank in twice]
    if not wrong:
        return None
    words = _("Have the same rank: %(names)s.") % {"names": _named(wrong)}
    return _finding("ranks", _("Rank"), False, words, wrong, counts=False)


def _overlaps(day: _Day) -> Finding | None:
    """Nobody sits in a council twice at a time (2_3); the database refuses it, so this speaks of facts from elsewhere alone."""
    here = holding(day.makeup.members, day.on)
    twice = {person for person, number in Counter(one.person for one in here).items() if number > 1}
    wrong = [one for one in here if one.person in twice]
    if not wrong:
        return None
    words = _("Sits in the council twice: %(names)s.") % {
        "names": _named({w.person: w for w in wrong}.values())
    }
    return _finding("overlaps", _("Two places"), False, words, wrong)


def _finding(
    rule: str, title: str, is_met: bool, words: str, members: Iterable[MemberFact] = (), source: str = "", *, counts: bool = True
) -> Finding:  # fmt: skip
    verdict = Verdict.MET if is_met else Verdict.NOT_MET
    return Finding(rule, title, verdict, words, "", tuple(one.key for one in members), source, counts)


RULES: tuple[Callable[[_Day], Finding | None], ...] = (
    _gender, _seats, _politicians, _decisions, _term, _replacements, _ranks, _overlaps,
)  # fmt: skip
