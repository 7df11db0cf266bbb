"""Holds the rows of a table against a plan: which is which, what lies under what, what a row names, what may not be."""

from collections.abc import Iterable
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tables import Row
from plans.exchange import cells, circles
from plans.exchange.cells import Known, LeftOut
from plans.exchange.columns import BY_KEY, IDENTIFIER, Layout, amount, amount_text
from plans.exchange.difference import Difference, PlannedRow, Table, things_of, together
from plans.models import Action, Goal, Plan
from plans.models.plan import too_many_actions
from plans.money import LARGEST
from plans.period import lies_in
from plans.place import lies_outside, reached_from, surface_of

RANKS = {"sd": 0, "bd": 1, "ap": 2, "goal": 2, cells.ACTION: 3}
MULTI_YEAR = Plan.Kind.MULTI_YEAR
REFERENCES = ("needs", "carries_out", "leads_to")
GOAL_FIELDS = (
    "level",
    "code",
    "external_code",
    "name",
    "text",
    "comment",
    "evaluation",
    "passed_by",
    "is_priority",
    "weight",
)
ACTION_FIELDS = (
    "code", "external_code", "name", "text", "comment", "evaluation", "passed_by", "is_priority", "weight", "kind", "when",
    "phase", "done_percent", "set_state", "set_state_reason", "set_state_on", "team", "place", "is_approximate", "geometry",
    "leads_how",
)  # fmt: skip


def difference(plan: Plan, table: Table) -> Difference:
    """Hold a table against a plan, saved or not yet; a fixed number of queries for any number of rows."""
    return Planner(plan, table.layout).plan_rows(table.rows)


class Planner:
    """Remembers what the rows before said."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.plan, self.layout = plan, layout
        self.known = Known.of(plan.municipality)
        self.goals, self.actions = things_of(plan)
        self.things = together(self.goals, self.actions)
        self.rows: list[PlannedRow] = []
        self.elsewhere: dict[str, Action] = {}
        self.reached = reached_from({area.pk for area in plan.areas.all()}) if plan.pk else set()
        self.keys = {key: name for name, key in layout.keys.items()}
        self.above: list[PlannedRow] = []  # the goals above the row that is looked at, from the widest
        self.targets: dict[tuple[bool, str], Any] = {}
        self.codes: dict[tuple[bool, str], Any] = {}

    def plan_rows(self, rows: Iterable[Row]) -> Difference:
        """What becomes of all of them."""
        self.rows = self._together([self._read(row) for row in rows])
        self._find()
        self._index()
        self._look_elsewhere()
        for row in self.rows:
            self._name(row)
            self._place(row)
            if not row.is_action and not row.reasons:
                rank = RANKS[row.values["level"]]
                self.above = [*(one for one in self.above if RANKS[one.values["level"]] < rank), row]
        circles.refuse_under_itself(self.rows)
        for key in ("needs", "leads_to"):
            circles.refuse_round(self.rows, self.actions, key, self.keys.get(key, ""))
        for row in self.rows:
            if not row.reasons:
                self._check(row)
        self._refuse_too_many()
        self._refuse_orphans()
        for row in self.rows:
            if not row.reasons:
                self._compare(row)
        met = {row.thing for row in self.rows}
        missing = [thing for thing in self.things if thing not in met]
        return Difference(self.plan, self.rows, missing, self.layout.unknown)

    # ---- what a row says

    def _read(self, row: Row) -> PlannedRow:
        level, fault = self._level(row)
        planned = PlannedRow(row.number, is_action=level == cells.ACTION)
        planned.code, planned.name = self._cell(row, "code"), self._cell(row, "name")
        if fault:
            planned.reasons.append(fault)
            return planned
        for name, key in self.layout.keys.items():
            self._read_cell(planned, name, key, row.cells[name])
        if not planned.is_action:
            planned.values["level"] = level
        for name, money in self.layout.money.items():
            try:
                planned.money[money] = amount(row.cells[name])
            except ValidationError as error:
                planned.reasons += [f"{name}: {message}" for message in error.messages]
        if planned.money and not planned.is_action:
            planned.money = {}
        return planned

    def _read_cell(self, planned: PlannedRow, name: str, key: str, text: str) -> None:
        if key in ("level", IDENTIFIER.key):
            planned.named[key] = text
            return
        column = BY_KEY[key]
        if not planned.is_action and column.of != "both":
            return
        try:
            planned.values[key] = column.parse(text, self.known)
        except LeftOut as why:
            planned.notes.append(f"{name}: {why}")
        except ValidationError as error:
            planned.reasons += [f"{name}: {message}" for message in error.messages]

    def _cell(self, row: Row, key: str) -> str:
        return row.cells.get(self.keys.get(key, ""), "")

    def _level(self, row: Row) -> tuple[str, str]:
        """What the row is, and why that is not known."""
        text = self._cell(row, "level")
        if text:
            try:
                return str(BY_KEY["level"].parse(text, self.known)), ""
            except ValidationError as error:
                return "", f"{self.keys['level']}: {' '.join(error.messages)}"
        if found := cells.level_in_code(self._cell(row, "code")):
            return found, ""
        return "", _("It does not say whether this is a goal or an action: SD, BD, AP, AC or doel.")

    def _together(self, rows: list[PlannedRow]) -> list[PlannedRow]:
        """Rows of one code for each of the two bodies (gemeente, OCMW) are one row; another row of that code is a mistake."""
        first: dict[Any, PlannedRow] = {}
        kept = []
        for row in rows:
            key = (row.is_action, row.code) if row.code and not row.reasons else None
            before = first.setdefault(key, row) if key else row
            if before is row:
                kept.append(row)
            elif self._other_body(before, row):
                before.values["passed_by"] = [
                    body for body in cells.BODIES if body in {*before.values["passed_by"], *row.values["passed_by"]}
                ]  # fmt: skip
                for money, value in row.money.items():
                    if value is not None:
                        before.money[money] = (before.money[money] or 0) + value
                before.notes.append(
                    _("Taken together with row %(row)d, of the other body.") % {"row": row.number}
                )
            else:
                row.reasons.append(_("Row %(row)d has this code already.") % {"row": before.number})
                kept.append(row)
        return kept

    def _other_body(self, before: PlannedRow, row: PlannedRow) -> bool:
        bodies = [set(one.values.get("passed_by", ())) for one in (before, row)]
        return bool(bodies[0] and bodies[1]) and not bodies[0] & bodies[1] and before.name == row.name

    # ---- which of the plan it is

    def _find(self) -> None:
        things = self.things
        by_id = {str(thing.uuid): thing for thing in things}
        by_code = {(isinstance(thing, Action), thing.code): thing for thing in things if thing.code}
        self.codes = by_code
        by_name: dict[Any, Any] = {}
        for thing in things:
            if not thing.code:
                key = (isinstance(thing, Action), thing.name.casefold())
                by_name[key] = None if key in by_name else thing
        taken: dict[Any, int] = {}
        for row in self.rows:
            found = by_id.get(row.named.get(IDENTIFIER.key, "").lower())
            if found is not None and isinstance(found, Action) is not row.is_action:
                found = None
            if found is None and row.code:
                found = by_code.get((row.is_action, row.code))
            elif found is None:
                found = by_name.get((row.is_action, row.name.casefold()))
            if found is not None and found in taken:
                row.reasons.append(_("Row %(row)d is about the same one.") % {"row": taken[found]})
            elif found is not None:
                row.thing = found
                taken[found] = row.number

    # ---- what it names, and what it lies under

    def _look_elsewhere(self) -> None:
        """The actions of other plans that the rows name, by plan and number; in one query."""
        asked = {text for row in self.rows for text in self._named(row) if "/" in text}
        plans = {text.rpartition("/")[0] for text in asked}
        found = Action.objects.of(self.plan.municipality).filter(plan__slug__in=plans).select_related("plan")
        self.elsewhere = {f"{one.plan.slug}/{one.number}": one for one in found} if plans else {}

    def _named(self, row: PlannedRow) -> list[str]:
        values = [row.values.get(key) for key in REFERENCES]
        return [text for value in values for text in ([value] if isinstance(value, str) else value or ())]

    def _index(self) -> None:
        """What a text may name: a row or a thing of the plan, by code or by identifier; rows first, codes before identifiers."""
        things = [(isinstance(thing, Action), thing.code, str(thing.uuid), thing) for thing in self.things]
        rows = [
            (row.is_action, row.code, row.named.get(IDENTIFIER.key, ""), row.thing or row)
            for row in self.rows
        ]
        for is_action, code, identifier, target in (*rows, *things):
            for text in filter(None, (code, identifier)):
                self.targets.setdefault((is_action, text), target)

    def _target(self, text: str, *, is_action: bool) -> Any:
        return self.targets.get((is_action, text)) or (self.elsewhere.get(text) if is_action else None)

    def _name(self, row: PlannedRow) -> None:
        for key in REFERENCES:
            if key not in row.values:
                continue
            value = row.values.pop(key)
            targets = []
            for text in [value] if isinstance(value, str) else value:
                target = self._target(text, is_action=True) if text else None
                if text and (target is None or target in (row, row.thing)):
                    row.reasons.append(
                        _("%(column)s: “%(text)s” is no other action of this file, this plan or another one.")
                        % {"column": self.keys[key], "text": text[:40]}
                    )
                elif target is not None:
                    targets.append(target)
            row.named[key] = targets

    def _place(self, row: PlannedRow) -> None:
        """Find the goal that it lies under: as it says, else by its code (1.2 above 1.2.3), else the last goal above it."""
        text = row.values.pop("under", None)
        if text is None and row.thing is not None:
            return
        row.is_placed = True
        if text:
            row.under = self._target(text, is_action=False)
            if row.under is None or row.under in (row, row.thing):
                row.reasons.append(
                    _("%(column)s: “%(text)s” is no goal of this file or this plan.")
                    % {"column": self.keys["under"], "text": text[:40]}
                )
        elif text is None:
            row.under = self._above(row)

    def _above(self, row: PlannedRow) -> Any:
        stem = row.code.rpartition(".")[0]
        if stem and (found := self._target(stem, is_action=False)):
            return found
        rank = RANKS[cells.ACTION if row.is_action else row.values.get("level", "goal")]
        found = next((one for one in reversed(self.above) if RANKS[one.values["level"]] < rank), None)
        return (found.thing or found) if found else None

    def _refuse_too_many(self) -> None:
        new = [row for row in self.rows if row.is_action and row.thing is None and not row.reasons]
        for row in new[max(Plan.MOST_ACTIONS - len(self.actions), 0) :]:
            row.reasons.append(too_many_actions())

    def _refuse_orphans(self) -> None:
        """What lies under, or waits for, a new row that is left out is left out too."""
        left_out = True
        while left_out:
            left_out = False
            for row in self.rows:
                for target in () if row.reasons else self._needed(row):
                    if target.reasons:
                        row.reasons.append(
                            _("It names row %(row)d, which is left out.") % {"row": target.number}
                        )
                        left_out = True
                        break

    def _needed(self, row: PlannedRow) -> Iterable[PlannedRow]:
        """The new rows without which a row cannot be."""
        named = [target for key in REFERENCES for target in row.named.get(key, ())]
        return [target for target in (row.under, *named) if isinstance(target, PlannedRow)]

    # ---- what may not be

    def _check(self, row: PlannedRow) -> None:
        """Would it be valid? Works on a copy, so that nothing that was read changes."""
        model: type[Any] = Action if row.is_action else Goal
        copy, names = model(plan=self.plan), ACTION_FIELDS if row.is_action else GOAL_FIELDS
        for name in names:
            setattr(copy, name, row.values.get(name, getattr(row.thing or copy, name)))
        if row.is_action and bool(copy.set_state) is not bool(copy.set_state_on):
            copy.set_state_on = row.values["set_state_on"] = timezone.localdate() if copy.set_state else None
        if self.codes.get((row.is_action, copy.code), row.thing) != row.thing:
            row.reasons.append(
                _("%(column)s: another one of this plan has this code.") % {"column": self.keys["code"]}
            )
        try:
            copy.clean_fields(exclude=["plan", "goal", "parent", "number", "team", "geometry"])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                label = self.keys.get(name) or (BY_KEY[name].name if name in BY_KEY else name)
                row.reasons += [f"{label}: {message}" for message in messages]
        if row.is_action:
            row.reasons += self._faults(row, copy)

    def _faults(self, row: PlannedRow, action: Action) -> Iterable[str]:
        """What an action may not be in this plan, of what the table changes."""
        old: Any = row.thing if isinstance(row.thing, Action) else Action(plan=self.plan)
        if action.set_state and not action.set_state_reason:
            yield _("stand: say why in “reden van de stand”: who reads the plan reads it too.")
        if action.when and action.when != old.when and not lies_in(action.when, self.plan):
            yield _("wanneer: “%(when)s” lies outside the period of the plan.") % {"when": action.when}
        if action.team and action.team_id != old.team_id and not action.team.works_on():
            yield _("team: “%(team)s” was dissolved. Choose a team that exists today.") % {
                "team": action.team
            }
        outside = [
            str(area) for area in row.values.get("areas", ()) if self.reached and area.pk not in self.reached
        ]
        if outside:
            yield _("gebieden: outside the areas of the plan: %(outside)s.") % {"outside": ", ".join(outside)}
        for other in row.named.get("carries_out", ()):
            if other != old.carries_out and (
                self.plan.kind == MULTI_YEAR
                or other not in self.elsewhere.values()
                or other.plan.kind != MULTI_YEAR
            ):
                yield _("voert uit: only an action of a multi-year plan, from a plan of another kind.")
        leads_to = row.named.get("leads_to", old.leads_to_id)
        if leads_to and not action.leads_how:
            yield _("leidt naar: say how in “hoe het verder gaat”: opgegaan in, or vervangen door.")
        if action.geometry and cells.shape_text(action.geometry) != cells.shape_text(old.geometry):
            yield from self._outside(action.geometry)
        for money in row.money:
            if not 1990 <= money.year <= 2100:
                yield _("%(column)s: a year from 1990 to 2100.") % {"column": money.name}
            value = row.money[money]  # perhaps that of two rows together
            if value is not None and abs(value) >= LARGEST:
                said = _("“%(text)s” is too large an amount.") % {"text": amount_text(value)}
                yield f"{money.name}: {said}"

    def _outside(self, geometry: GEOSGeometry) -> Iterable[str]:
        if self.plan.pk is None:
            return
        if not hasattr(self, "surface"):
            self.surface = surface_of(self.plan)
        if self.surface and not self.surface.covers(geometry) and lies_outside(geometry, self.plan):
            yield _("geometrie: this lies outside the areas of the plan.")

    # ---- what differs

    def _compare(self, row: PlannedRow) -> None:
        if row.thing is None:
            row.outcome = "add"
            row.changes = [(name, "", after) for name, _before, after in self._cells(row, None) if after]
            return
        row.changes = [change for change in self._cells(row, row.thing) if change[1] != change[2]]
        row.outcome = "change" if row.changes else "same"

    def _cells(self, row: PlannedRow, thing: Any) -> Iterable[tuple[str, str, str]]:
        for key, column in BY_KEY.items():
            if key in row.values:
                yield column.name, column.cell(thing) if thing else "", column.show(row.values[key])
        if row.is_placed:
            column = BY_KEY["under"]
            yield column.name, column.cell(thing) if thing else "", self._ref(row.under)
        for key in REFERENCES:
            if key in row.named:
                column = BY_KEY[key]
                after = ", ".join(sorted(map(self._ref, row.named[key])))
                yield column.name, column.cell(thing) if thing else "", after
        for money, value in row.money.items():
            yield money.name, amount_text(money.of(thing)) if thing else "", amount_text(value)

    def _ref(self, target: PlannedRow | Goal | Action | None) -> str:
        if isinstance(target, PlannedRow):
            return target.code or target.name
        return cells.ref(target, self.plan)
