"""The page of a plan: what stands on it, in the order in which people come for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.map.drawing import Drawing
from core.text import as_html
from plans.models import Action, DirectionForm, Plan, PlanVersion, Principle
from plans.models.direction import FORMS
from plans.reading.gather import Gathered, Row
from plans.reading.money import PlanMoney, money_of
from plans.reading.place import drawing_of, has_place
from plans.reading.tree import Tree
from plans.reading.when import Planned, planned
from plans.reading.words import capital, in_words, sentence
from plans.shown import GoalRow, Pair, PhaseCount


@dataclass(frozen=True)
class Text:
    """A part of the text."""

    heading: str
    body: str
    anchor: str


@dataclass(frozen=True)
class Decision:
    """A version as it was adopted: who decided, when, under which number."""

    number: int
    body: str
    decided_on: dt.date
    decision_number: str
    note: str
    url: str


@dataclass(frozen=True)
class DirectionShown:
    """How the municipality directs, from a day on."""

    form: str
    owns_framework: bool
    has_power: bool
    reason: str
    from_on: dt.date


@dataclass(frozen=True)
class OtherPlan:
    """Another plan to which this one belongs or leads."""

    name: str
    url: str


class PlanPage:
    """All that the page of a plan shows; each part is reckoned when the page comes to it."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.plan = found.plan
        self.tree = Tree(found)

    @cached_property
    def sentence(self) -> str:
        """How its actions stand, in one true sentence."""
        return sentence(self.found.present, self.found.standings)

    @cached_property
    def counts(self) -> list[PhaseCount]:
        """How many actions are how far."""
        return self.tree.counts()

    @cached_property
    def goals(self) -> list[GoalRow]:
        """The tree."""
        return self.tree.goals()

    @cached_property
    def pair(self) -> Pair | None:
        """Aimed for and done, of the whole plan."""
        return self.tree.of_the_plan()

    @cached_property
    def goals_title(self) -> str:
        """How many goals and actions there are: three goals, nine actions."""
        goals, actions = len(self.found.goals), len(self.found.present)
        words = ngettext("%(number)s action", "%(number)s actions", actions)
        if actions and all(one.kind == Action.Kind.PRODUCT for one in self.found.present):
            words = ngettext("%(number)s product", "%(number)s products", actions)
        said = words % {"number": in_words(actions)}
        if goals:
            first = ngettext("%(number)s goal", "%(number)s goals", goals) % {"number": in_words(goals)}
            said = f"{first}, {said}" if actions else first
        return capital(said)

    @cached_property
    def drawing(self) -> Drawing | None:
        """The map with the signs of its actions."""
        return drawing_of(self.found)

    @cached_property
    def without_a_place(self) -> list[int]:
        """The numbers of the actions that are not on the map."""
        return [one.number for one in self.found.present if not has_place(one)]

    @cached_property
    def planned(self) -> Planned:
        """What when."""
        return planned(self.found)

    @cached_property
    def money(self) -> PlanMoney | None:
        """What it costs."""
        return money_of(self.found)

    @cached_property
    def texts(self) -> list[Text]:
        """Its text, in parts."""
        return [
            Text(row["heading"], as_html(row["body"], 4), f"tekst-{number}")
            for number, row in enumerate(self.found.texts, start=1)
        ]

    @cached_property
    def decisions(self) -> list[Decision]:
        """Its versions, the latest first."""
        return [decision_of(row, self.plan) for row in reversed(self.found.versions)]

    @cached_property
    def decided(self) -> str:
        """Who adopted it when, and when it was changed, in words."""
        if not self.decisions:
            return ""
        first = self.decisions[-1]
        words = _("by %(body)s on %(day)s") % {
            "body": first.body,
            "day": date_format(first.decided_on, "j F Y"),
        }
        changed = [date_format(one.decided_on, "j F Y") for one in self.decisions[:-1]]
        if changed:
            words += _(", changed on %(days)s") % {"days": changed[0]}
        return words  # fmt: skip

    @cached_property
    def period(self) -> str:
        """Its period in words: in years when it is of whole ones."""
        return period_words(self.plan.first_on, self.plan.last_on)

    @cached_property
    def impacts(self) -> list[Row]:
        """What changes for whom, and how one will know."""
        return self.found.impacts

    @cached_property
    def directions(self) -> list[DirectionShown]:
        """How it is directed: now, and before."""
        return [
            DirectionShown(
                str(DirectionForm(FORMS[row["owns_framework"], row["has_power"]]).label),
                row["owns_framework"], row["has_power"], as_html(row["reason"], 4),
                dt.date.fromisoformat(row["from_on"]),
            )
            for row in self.found.directions
        ]  # fmt: skip

    @cached_property
    def touchstones(self) -> list[tuple[str, list[Row]]]:
        """What it does for the principles and for the pillars of sustainability; each with its heading."""
        titles = {
            Principle.Kind.PRINCIPLE: _("Our principles"),
            Principle.Kind.PILLAR: _("Pillars of sustainability"),
        }
        by_kind: list[tuple[str, list[Row]]] = [
            (title, [{**row, "text": as_html(row["text"], 5)} for row in self.found.touchstones if row["kind"] == kind])
            for kind, title in titles.items()
        ]  # fmt: skip
        return [(title, rows) for title, rows in by_kind if rows]

    @cached_property
    def carries_out(self) -> list[OtherPlan]:
        """The plans of which it carries out actions."""
        return _others(self.found.carries_out)

    @cached_property
    def carried_out_by(self) -> list[OtherPlan]:
        """The plans that carry out its actions."""
        return _others(self.found.carried_out_by)

    @cached_property
    def came_from(self) -> list[OtherPlan]:
        """The plans that it took the place of."""
        return _others(self.found.came_from)


def decision_of(row: Row, plan: Plan) -> Decision:
    """A version as the page names it."""
    body = row["body_name"] or str(PlanVersion.Body(row["body"]).label)
    return Decision(
        row["number"],
        body,
        dt.date.fromisoformat(row["decided_on"]),
        row["decision_number"],
        row["note"],
        reverse("plans:version", args=[plan.slug, row["number"]]),
    )


def period_words(first: dt.date, last: dt.date | None) -> str:
    """From a day until another, as people say it."""
    start = str(first.year) if (first.month, first.day) == (1, 1) else date_format(first, "j F Y")
    if last is None:
        return _("from %(first)s, without end") % {"first": start}
    end = str(last.year) if (last.month, last.day) == (12, 31) else date_format(last, "j F Y")
    return start if start == end else _("%(first)s to %(last)s") % {"first": start, "last": end}


def _others(rows: Sequence[Row]) -> list[OtherPlan]:
    return [OtherPlan(row["name"], reverse("plans:detail", args=[row["slug"]])) for row in rows]
