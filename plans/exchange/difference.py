"""What a table would add to a plan, change in it or leave out, row by row; read only.

A row is a goal or an action. It is the one of the plan with the same identifier, else the same code, else (without a code) the same
name. What the plan has and the table has not is told, and stays. A column that is not there stays as it is, an empty cell empties.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any, Literal

from django.utils.translation import gettext as _

from core.tables import MAX_BYTES, Row, TableError, read_table
from core.text import LONGEST
from plans.exchange.columns import Layout, Thing, layout_of, names_columns
from plans.leads import told_of_others
from plans.models import Action, Goal, Plan

Outcome = Literal["add", "change", "same", "refuse"]


@dataclass(eq=False)
class PlannedRow:
    """What becomes of one row, and why."""

    number: int
    is_action: bool
    outcome: Outcome = "refuse"
    code: str = ""
    name: str = ""
    thing: Thing | None = None
    under: "PlannedRow | Goal | None" = None
    is_placed: bool = False
    is_written: bool = False
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    money: dict[Any, Any] = field(default_factory=dict)
    named: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """How a person recognises it."""
        return f"{self.code} {self.name}".strip() or "–"


@dataclass
class Difference:
    """What becomes of every row, and what the plan has that the table has not."""

    plan: Plan
    rows: list[PlannedRow]
    missing: list[Thing]
    unknown: tuple[str, ...]

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        """The rows with one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def is_new(self) -> bool:
        """Whether the plan is made by this table."""
        return self.plan.pk is None

    @cached_property
    def added(self) -> list[PlannedRow]:
        """The rows that become a new goal or action."""
        return self.of("add")

    @cached_property
    def changed(self) -> list[PlannedRow]:
        """The rows that change one."""
        return self.of("change")

    @cached_property
    def same(self) -> list[PlannedRow]:
        """The rows that change nothing."""
        return self.of("same")

    @cached_property
    def refused(self) -> list[PlannedRow]:
        """The rows that are left out."""
        return self.of("refuse")

    @cached_property
    def told(self) -> list[PlannedRow]:
        """The rows that come in, of which something is to be known."""
        return [row for row in self.rows if row.notes and row.outcome != "refuse"]

    @property
    def digest(self) -> str:
        """Changes when anything in it does: whoever confirms, confirms this."""
        told = [
            (
                row.number,
                row.outcome,
                row.is_action,
                row.code,
                row.name,
                [change[1:] for change in row.changes],
            )
            for row in self.rows
            if row.outcome != "refuse"
        ]
        plan = (self.plan.pk, self.plan.name, str(self.plan.first_on), str(self.plan.last_on))
        missing = sorted(str(thing.uuid) for thing in self.missing)
        return hashlib.sha256(json.dumps([plan, told, missing], default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Table:
    """A file that was read: its rows, and which column holds what."""

    rows: list[Row]
    layout: Layout


def read_rows(content: IO[bytes]) -> Table:
    """The rows of a table of a plan; raises TableError when it is none."""
    rows = read_table(content.read(MAX_BYTES + 1), most_cell=LONGEST, is_head=names_columns)
    if not rows:
        raise TableError(_("The table has no rows."))
    return Table(rows, layout_of(list(rows[0].cells)))


def things_of(plan: Plan, user: Any = None) -> tuple[list[Goal], list[Action]]:
    """The goals and actions of a plan, with all that a table shows of them; a fixed number of queries.

    For a `user` without what they name of plans that this person may not read.
    """
    if plan.pk is None:
        return [], []
    goals = list(plan.goals.all())
    by_key = {goal.pk: goal for goal in goals}
    for goal in goals:
        goal.parent = by_key[goal.parent_id] if goal.parent_id else None
    rows = plan.actions.select_related("goal", "team").prefetch_related("areas", "parties", "amounts")
    if user is None:
        rows = rows.select_related("carries_out__plan", "leads_to__plan").prefetch_related("needs__plan")
    else:
        rows = rows.prefetch_related(*told_of_others(Action.objects.visible_to(user)))
    actions = list(rows)
    for thing in together(goals, actions):
        thing.plan = plan
    return goals, actions


def together(goals: Iterable[Goal], actions: Iterable[Action]) -> list[Thing]:
    """All of them."""
    return [*goals, *actions]


def in_order(goals: Sequence[Goal], actions: Sequence[Action]) -> list[Thing]:
    """Goals in their tree, each with its own actions before what lies under it; actions without a goal last."""
    below: dict[int | None, list[Goal]] = {}
    doing: dict[int | None, list[Action]] = {}
    for goal in goals:
        below.setdefault(goal.parent_id, []).append(goal)
    for action in actions:
        doing.setdefault(action.goal_id, []).append(action)

    def walk(parent: int | None) -> Iterable[Thing]:
        for goal in below.get(parent, ()):
            yield goal
            yield from doing.get(goal.pk, ())
            yield from walk(goal.pk)

    return [*walk(None), *doing.get(None, ())]
