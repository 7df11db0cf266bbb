"""A judgement in words for its page: what a form each verdict has, and the stretches of days of the past."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.composition import Finding, Judged, Judgement, Verdict
from councils.reading.seated import names_of

FORMS = {Verdict.MET: "full", Verdict.NOT_MET: "struck", Verdict.UNKNOWN: "asked"}
SHOWN = 8  # stretches of the past


@dataclass(frozen=True)
class ToldFinding:
    """A rule on the page."""

    form: str
    title: str
    words: str
    detail: str
    verdict: str


@dataclass(frozen=True)
class ToldPeriod:
    """A stretch of days on the page."""

    form: str
    days: str
    verdict: str
    words: str
    is_now: bool


@dataclass(frozen=True)
class Told:
    """Whether a council is composed as it must be, for who asks."""

    form: str
    verdict: str
    words: str
    findings: list[ToldFinding]
    periods: list[ToldPeriod]


def told(judgement: Judgement, before: Sequence[Judged], *, today: dt.date) -> Told:
    """A judgement and the time before, as they were given: for others than the secretary by `for_others` and `told_apart`."""
    shown = list(before)[-SHOWN:]
    return Told(
        FORMS[judgement.verdict],
        judgement.verdict.words,
        _summary(judgement.findings),
        [_finding(one) for one in judgement.findings],
        [_period(one, today) for one in reversed(shown)],
    )


def _finding(one: Finding) -> ToldFinding:
    source = f" ({one.source})" if one.source else ""
    words = {Verdict.MET: _("met"), Verdict.NOT_MET: _("not met"), Verdict.UNKNOWN: _("cannot be said")}
    return ToldFinding(FORMS[one.verdict], one.title, one.words + source, one.detail, words[one.verdict])


def _summary(findings: Iterable[Finding]) -> str:
    counted = [one for one in findings if one.counts]
    met = sum(one.verdict is Verdict.MET for one in counted)
    wrong = sum(one.verdict is Verdict.NOT_MET for one in counted)
    unknown = sum(one.verdict is Verdict.UNKNOWN for one in counted)
    said = []
    if met:
        said.append(ngettext("%(number)d rule is met.", "%(number)d rules are met.", met) % {"number": met})
    if wrong:
        words = ngettext("%(number)d rule is not met.", "%(number)d rules are not met.", wrong)
        said.append(words % {"number": wrong})
    if unknown:
        words = ngettext(
            "Of %(number)d rule it cannot be said.", "Of %(number)d rules it cannot be said.", unknown
        )
        said.append(words % {"number": unknown})
    return " ".join(said)


def _period(one: Judged, today: dt.date) -> ToldPeriod:
    is_now = one.first_on <= today <= one.last_on
    first = date_format(one.first_on, "j F Y")
    days = (
        _("%(first)s until now") % {"first": first}
        if is_now
        else f"{first} – {date_format(one.last_on, 'j F Y')}"
    )
    return ToldPeriod(FORMS[one.verdict], days, one.verdict.words, _moves(one), is_now)


def _moves(one: Judged) -> str:
    said = [
        finding.words
        for finding in one.judgement.findings
        if finding.verdict is not Verdict.MET and finding.counts
    ]
    if one.came:
        said.insert(0, _("New with a vote: %(names)s.") % {"names": names_of(one.came)})
    if one.left:
        said.insert(0, _("No longer with a vote: %(names)s.") % {"names": names_of(one.left)})
    return " ".join(said)
