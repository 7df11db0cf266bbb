"""The rules of councils as data: a set for Flanders, one for the Netherlands, and what a council chose otherwise for a time.

`rule(council, "answer_days", on)` is the value on a day. A set never forgets: a rule that changes gets another entry with the day
`since` which it holds, so that what was right in the past stays so.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

HERE = Path(__file__).parent
SETS = ("be", "nl")
BEFORE_ALL = dt.date.min

Choices = tuple[tuple[str, str | Promise], ...]


@dataclass(frozen=True)
class RuleKind:
    """A rule to which a set gives a value: one or several (`is_list`) of `choices`, or a number up to `most`.

    `word` stands for it in the address of its page.
    """

    key: str
    word: str
    title: str | Promise
    choices: Choices = ()
    most: int = 0
    is_list: bool = False

    def check(self, value: Any) -> None:
        """Raise ValidationError unless this can be its value."""
        known = {word for word, _words in self.choices}
        if self.is_list:
            fits = isinstance(value, list) and set(map(str, value)) <= known
        elif self.choices:
            fits = value in known
        else:
            fits = type(value) is int and 0 <= value <= self.most
        if not fits:
            raise ValidationError({"value": _("This cannot be the value of this rule.")}, code="value")

    def words(self, value: Any) -> str:
        """A value as people read it."""
        if self.is_list:
            return ", ".join(str(dict(self.choices).get(one, one)) for one in value)
        return str(dict(self.choices).get(value, value))


MORE_THAN_HALF = ("more_than_half", gettext_lazy("more than half"))
KINDS: Mapping[str, RuleKind] = {
    kind.key: kind
    for kind in (
        RuleKind(
            "one_gender_most",
            "verdeling",
            gettext_lazy("Members with a vote of one gender, at most"),
            (
                ("2/3", gettext_lazy("two thirds")),
                ("3/5", gettext_lazy("three fifths")),
                ("", gettext_lazy("no limit")),
            ),
        ),
        RuleKind(
            "politicians",
            "wie-is-politicus",
            gettext_lazy("Who counts as a politician"),
            (
                ("councillor", gettext_lazy("municipal councillor")),
                ("alderman", gettext_lazy("alderman")),
                ("mayor", gettext_lazy("mayor")),
                ("welfare", gettext_lazy("member of the council or bureau for social welfare")),
                ("district", gettext_lazy("member of a district council")),
                ("other", pgettext_lazy("public office", "other political mandate")),
            ),
            is_list=True,
        ),
        RuleKind(
            "politicians_barred",
            "politici",
            gettext_lazy("Where no politician sits"),
            (
                ("voters", gettext_lazy("not among who has a vote")),
                ("substitutes", gettext_lazy("not among who has a vote, nor among substitutes")),
                ("everybody", gettext_lazy("nowhere in the council")),
                ("nobody", gettext_lazy("no limit")),
            ),
        ),
        RuleKind(
            "decision_needed",
            "benoeming",
            gettext_lazy("A decision for every appointment"),
            (
                ("founded", gettext_lazy("in councils that the municipal council founded")),
                ("always", gettext_lazy("always")),
                ("never", gettext_lazy("never")),
            ),
        ),
        RuleKind(
            "quorum",
            "quorum",
            gettext_lazy("Members with a vote who must be there"),
            (
                MORE_THAN_HALF,
                ("half", gettext_lazy("half")),
                ("third", gettext_lazy("a third")),
                ("none", gettext_lazy("no limit")),
            ),
        ),
        RuleKind(
            "vote_base",
            "basis-van-een-stemming",
            gettext_lazy("What counts as the whole of a vote"),
            (
                ("cast", gettext_lazy("votes for and against")),
                ("with_abstentions", gettext_lazy("votes for, against and abstentions")),
                ("members", gettext_lazy("all members with a vote")),
            ),
        ),
        RuleKind(
            "majority",
            "meerderheid",
            gettext_lazy("When a vote is carried"),
            (MORE_THAN_HALF, ("two_thirds", gettext_lazy("with two thirds"))),
        ),
        RuleKind(
            "tie",
            "staking-van-stemmen",
            gettext_lazy("When as many are for as against"),
            (
                ("rejected", gettext_lazy("it is not carried")),
                ("chair", gettext_lazy("the chair decides")),
                ("again", gettext_lazy("another vote in the next meeting")),
            ),
        ),
        RuleKind(
            "present_without_vote",
            "aanwezig-zonder-stem",
            gettext_lazy("Who is present and does not vote"),
            (
                ("abstention", gettext_lazy("counts as an abstention")),
                ("apart", gettext_lazy("is counted apart")),
            ),
        ),
        RuleKind("proxies_most", "volmachten", gettext_lazy("Proxies that one member may hold"), most=5),
        RuleKind(
            "answer_days",
            "antwoordtermijn",
            gettext_lazy("Working days for an answer to an advice"),
            most=250,
        ),
        RuleKind("invite_days", "uitnodiging", gettext_lazy("Days between invitation and meeting"), most=60),
    )
}
BY_WORD: Mapping[str, RuleKind] = {kind.word: kind for kind in KINDS.values()}


class Choice(Protocol):
    """What a council chose, as a row or as a fact."""

    @property
    def rule(self) -> str: ...
    @property
    def value(self) -> Any: ...
    @property
    def first_on(self) -> dt.date: ...
    @property
    def last_on(self) -> dt.date | None: ...
    @property
    def source(self) -> str: ...


class HasRules(Protocol):
    """What goes by a set and made choices of its own: a council."""

    rules: str
    rule_choices: Any


@dataclass(frozen=True)
class Ruled:
    """The value of a rule on a day, and where it stands; `is_own` when the council chose it."""

    value: Any
    source: str
    is_own: bool = False


@cache
def rule_set(name: str) -> Mapping[str, tuple[tuple[dt.date, Any, str], ...]]:
    """A set: by rule, its values with the day since when, the oldest first."""
    data = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    if set(data) != set(KINDS):
        raise ValueError(f"{name}.toml has other rules than there are: {sorted(set(data) ^ set(KINDS))}")
    found: dict[str, tuple[tuple[dt.date, Any, str], ...]] = {}
    for key, entries in data.items():
        for entry in entries:
            KINDS[key].check(entry["value"])
        rows = [
            (entry.get("since", BEFORE_ALL), entry["value"], entry.get("source", "")) for entry in entries
        ]
        found[key] = tuple(sorted(rows, key=lambda row: row[0]))
    return found


def ruled(name: str, choices: Iterable[Choice], key: str, on: dt.date) -> Ruled:
    """A rule on a day, by the name of a set and what was chosen otherwise; KeyError for a rule that there is not."""
    for choice in choices:
        if choice.rule == key and choice.first_on <= on and (choice.last_on is None or on <= choice.last_on):
            return Ruled(choice.value, choice.source, is_own=True)
    held = [row for row in rule_set(name)[key] if row[0] <= on] or [rule_set(name)[key][0]]
    return Ruled(held[-1][1], held[-1][2])


def rule(council: HasRules, key: str, on: dt.date) -> Any:
    """The value of a rule for a council on a day; one query, or none when its choices were fetched before."""
    return ruled(council.rules, council.rule_choices.all(), key, on).value


def changes_of(name: str) -> set[dt.date]:
    """The days on which a set changed."""
    return {since for rows in rule_set(name).values() for since, _value, _source in rows} - {BEFORE_ALL}
