"""A version of a plan as its page shows it: only what was frozen, whatever became of the plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.dates import When
from core.text import as_html
from plans.frozen import is_whole
from plans.models import Amount, Goal, Plan, PlanVersion

Frozen = Mapping[str, Any]


@dataclass
class FrozenGoal:
    """A goal as it was adopted, with what hangs below it."""

    kind: str
    code: str
    name: str
    text: str
    actions: list["FrozenAction"] = field(default_factory=list)
    goals: list["FrozenGoal"] = field(default_factory=list)


@dataclass(frozen=True)
class FrozenAction:
    """An action as it was adopted."""

    number: int
    code: str
    name: str
    text: str
    team: str
    when: str
    planned: Decimal


class VersionPage:
    """What the page of a version shows."""

    def __init__(self, version: PlanVersion) -> None:
        self.version = version
        self.content: Frozen = version.content

    @cached_property
    def is_whole(self) -> bool:
        """Whether it still is what was frozen."""
        return is_whole(self.version)

    @cached_property
    def kind(self) -> str:
        """What kind of plan it was."""
        return capfirst(str(Plan.Kind(self.content["kind"]).label))

    @cached_property
    def period(self) -> tuple[dt.date, dt.date | None]:
        """Its first and its last day."""
        last = self.content["last_on"]
        return dt.date.fromisoformat(self.content["first_on"]), dt.date.fromisoformat(last) if last else None

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """Its texts: heading and body."""
        return [(row["heading"], as_html(row["body"], 4)) for row in self.content["texts"]]

    @cached_property
    def goals(self) -> list[FrozenGoal]:
        """Its goals in a tree, and the actions without a goal after them."""
        rows = {row["uuid"]: _goal(row) for row in self.content["goals"]}
        tops: list[FrozenGoal] = []
        for row in self.content["goals"]:
            above = rows.get(row["parent"])
            (above.goals if above else tops).append(rows[row["uuid"]])
        loose: dict[str | None, list[FrozenAction]] = defaultdict(list)
        for row in self.content["actions"]:
            goal = rows.get(row["goal"])
            (goal.actions if goal else loose[None]).append(_action(row))
        if loose[None]:
            tops.append(
                FrozenGoal("", "", _("Actions without a goal") if tops else _("Actions"), "", loose[None])
            )
        return tops

    @cached_property
    def planned(self) -> Decimal:
        """All the money that it planned, in euro."""
        return sum((_planned(row) for row in self.content["actions"]), Decimal(0))


def _goal(row: Frozen) -> FrozenGoal:
    kind = "" if row["level"] == Goal.Level.GOAL else capfirst(str(Goal.Level(row["level"]).label))
    return FrozenGoal(kind, row["code"], row["name"], as_html(row["text"], 4) if row["text"] else "")


def _action(row: Frozen) -> FrozenAction:
    return FrozenAction(
        row["number"],
        row["code"],
        row["name"],
        as_html(row["text"], 5) if row["text"] else "",
        row["team"],
        When(row["when"]).words() if row["when"] else "",
        _planned(row),
    )


def _planned(row: Frozen) -> Decimal:
    spending = (one for one in row["amounts"] if one["kind"] == Amount.Kind.EXPENDITURE)
    return sum((Decimal(str(one["planned"])) for one in spending), Decimal(0))
