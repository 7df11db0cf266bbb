"""The verbs for assignments: drafted, asked, agreed by both sides, changed when one asks for it, delivered, evaluated by both.

Every verb about an agreement names the `side` or belongs to one; who speaks for it is somebody of its team (`plans.commission`,
`plans.contract`), or the office.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from areas.models import Area, Municipality
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, locked, require, same_version, verb
from plans.actions.shared import assign, checked, of_here, save, works_still
from plans.models import Assignment, AssignmentMonth, AssignmentRemark, Evaluation, TeamMonth
from plans.models.assignment import Side
from workplaces.models import Team

State = Assignment.State
SPEAKS = {Side.COMMISSIONER: "plans.commission", Side.CONTRACTOR: "plans.contract"}
DETAILS = (
    "name", "challenge", "action", "commissioner", "contractor", "on_behalf_of", "result", "effect", "for_whom", "when",
)  # fmt: skip
ANSWER_WITHIN = dt.timedelta(days=14)


@verb
def draft_assignment(
    *,
    municipality: Municipality,
    by: Actor,
    values: Mapping[str, Any],
    areas: Iterable[Area] = (),
    months: Mapping[dt.date, Decimal] | None = None,
) -> Assignment:
    """Write an assignment, on behalf of the commissioner; nothing is asked yet."""
    require("plans.add_assignment", municipality, by=by)
    assignment = Assignment(municipality=municipality)
    assign(assignment, values, DETAILS)
    _check(assignment, list(areas))
    require(SPEAKS[Side.COMMISSIONER], assignment, by=by)
    with because("plans.assignment_drafted", by=by):
        assignment.save()
        assignment.areas.set(areas)
        write_months(assignment, months or {})
    return assignment


@verb
def change_assignment(
    *,
    assignment: Assignment,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    areas: Iterable[Area],
    months: Mapping[dt.date, Decimal],
) -> Assignment:
    """Change an assignment while it is being written, or while a change is asked; then it is asked anew."""
    current = _locked_for(assignment, Side.COMMISSIONER, by=by, version=version)
    if current.state not in (State.DRAFT, State.CHANGE_ASKED):
        raise Refused(_("This is agreed, or asked: first ask for a change."), "state")
    changed = assign(current, values, DETAILS)
    areas = list(areas)
    _check(current, areas)
    require(SPEAKS[Side.COMMISSIONER], current, by=by)  # also of the team that it is now of
    with because("plans.assignment_changed", by=by):
        current.areas.set(areas)
        write_months(current, months)
        save(current, changed)
    return current


@verb
def ask_assignment(
    *, assignment: Assignment, by: Actor, version: str | None, answer_by: dt.date | None = None
) -> Assignment:
    """Ask the contractor, who answers by a day (in two weeks); the commissioner agrees with it as it is written now."""
    current = _locked_for(assignment, Side.COMMISSIONER, by=by, version=version)
    today = timezone.localdate()
    if answer_by is not None and answer_by < today:
        raise Refused({"answer_by": _("This day is past: give the team time to answer.")}, "past")
    works_still(current.contractor, "contractor")
    move(current, "state", State.ASKED)
    current.commissioner_agreed_on, current.contractor_agreed_on = today, None
    current.answer_by = answer_by or today + ANSWER_WITHIN
    with because("plans.assignment_asked", by=by):
        save(current, ["state", "commissioner_agreed_on", "contractor_agreed_on", "answer_by"])
    return current


@verb
def accept_assignment(*, assignment: Assignment, by: Actor, version: str | None) -> Assignment:
    """Agree as contractor: it runs from now on."""
    current = _locked_for(assignment, Side.CONTRACTOR, by=by, version=version)
    if current.state != State.ASKED:
        raise Refused(_("Nothing is asked of the contractor now."), "state")
    works_still(current.contractor, "contractor")
    move(current, "state", State.RUNNING)
    current.contractor_agreed_on = timezone.localdate()
    with because("plans.assignment_accepted", by=by):
        save(current, ["state", "contractor_agreed_on"])
    return current


@verb
def ask_change(*, assignment: Assignment, by: Actor, version: str | None, side: str, text: str) -> Assignment:
    """Ask for a change, as either side, saying which; until it is asked anew neither side has agreed."""
    current = _locked_for(assignment, Side(side), by=by, version=version)
    move(current, "state", State.CHANGE_ASKED)
    current.commissioner_agreed_on = current.contractor_agreed_on = None
    current.answer_by = timezone.localdate() + ANSWER_WITHIN
    with because("plans.assignment_change_asked", by=by):
        _remark(current, side, text, by)
        save(current, ["state", "commissioner_agreed_on", "contractor_agreed_on", "answer_by"])
    return current


@verb
def refuse_assignment(*, assignment: Assignment, by: Actor, version: str | None, text: str) -> Assignment:
    """Say no as contractor, and why."""
    current = _locked_for(assignment, Side.CONTRACTOR, by=by, version=version)
    move(current, "state", State.REFUSED)
    with because("plans.assignment_refused", by=by):
        _remark(current, Side.CONTRACTOR, text, by)
        save(current, ["state"])
    return current


@verb
def withdraw_assignment(*, assignment: Assignment, by: Actor, version: str | None, text: str) -> Assignment:
    """Ask for it no longer, as commissioner, and why."""
    current = _locked_for(assignment, Side.COMMISSIONER, by=by, version=version)
    move(current, "state", State.WITHDRAWN)
    with because("plans.assignment_withdrawn", by=by):
        _remark(current, Side.COMMISSIONER, text, by)
        save(current, ["state"])
    return current


@verb
def deliver_assignment(*, assignment: Assignment, by: Actor, version: str | None, on: dt.date) -> Assignment:
    """Say as contractor that the result is there; both sides look back at it then."""
    current = _locked_for(assignment, Side.CONTRACTOR, by=by, version=version)
    if on > timezone.localdate():
        raise Refused({"on": _("This day is still to come.")}, "future")
    move(current, "state", State.TO_EVALUATE)
    current.delivered_on = on
    with because("plans.assignment_delivered", by=by):
        save(current, ["state", "delivered_on"])
    return current


@verb
def resume_assignment(
    *, assignment: Assignment, by: Actor, version: str | None, side: str, text: str
) -> Assignment:
    """Say as either side that it is not finished after all, and what is missing; not once a side evaluated it."""
    current = _locked_for(assignment, Side(side), by=by, version=version)
    if current.state != State.TO_EVALUATE:
        raise Refused(_("This is not delivered."), "state")
    if current.evaluations.exists():
        raise Refused(_("A side evaluated this already."), "evaluated")
    move(current, "state", State.RUNNING)
    current.delivered_on = None
    with because("plans.assignment_resumed", by=by):
        _remark(current, side, text, by)
        save(current, ["state", "delivered_on"])
    return current


@verb
def evaluate_assignment(
    *, assignment: Assignment, by: Actor, version: str | None, side: str, values: Mapping[str, Any]
) -> Assignment:
    """Look back as one side, once; when both did, the assignment is closed."""
    current = _locked_for(assignment, Side(side), by=by, version=version)
    if current.state != State.TO_EVALUATE:
        raise Refused(_("This is evaluated once the result is there."), "state")
    evaluation = Evaluation(assignment=current, side=side, author=_person(by), on=timezone.localdate())
    assign(evaluation, values, ("result", "effect", "next_time"))
    evaluation.full_clean()
    with because("plans.assignment_evaluated", by=by):
        evaluation.save()
        if current.evaluations.count() == len(Side):
            move(current, "state", State.CLOSED)
        save(current, ["state"])
    return current


@verb
def set_team_months(*, team: Team, by: Actor, months: Mapping[dt.date, Decimal]) -> Team:
    """Say how many days of work a team has in some months; other months stay as they are."""
    require("plans.change_team_month", team, by=by)
    locked(team)
    with because("plans.team_months", by=by):
        for month, days in months.items():
            row = TeamMonth.objects.filter(team=team, month=month).first() or TeamMonth(
                team=team, month=month
            )
            if row.pk and row.days == days:
                continue
            row.days = days
            row.full_clean()
            row.save()
    return team


def write_months(assignment: Assignment, months: Mapping[dt.date, Decimal]) -> None:
    """It asks exactly these days of work in these months."""
    there = {row.month: row for row in assignment.months.all()}
    wanted = {month: days for month, days in months.items() if days}
    for month, row in there.items():
        if month not in wanted:
            row.delete()
    for month, days in sorted(wanted.items()):
        row = there.get(month) or AssignmentMonth(assignment=assignment, month=month)
        if row.pk and row.days == days:
            continue
        row.days = days
        row.full_clean()
        row.save()


def _locked_for(assignment: Assignment, side: Side, *, by: Actor, version: str | None = None) -> Assignment:
    """The assignment under a lock, when the actor speaks for a side of it and saw its last version (None: does not matter)."""
    rows = Assignment.objects.select_related("municipality", "commissioner", "contractor")
    current = locked(assignment, queryset=rows)
    require(SPEAKS[side], current, by=by)
    same_version(current, version)
    return current


def _check(assignment: Assignment, areas: list[Area]) -> None:
    if assignment.commissioner_id and assignment.commissioner_id == assignment.contractor_id:
        message = _("A team does not give itself an assignment.")
        raise ValidationError({"contractor": ValidationError(message, code="same_team")})
    checked(assignment)
    here = assignment.municipality
    of_here(here, "commissioner", assignment.commissioner)
    of_here(here, "contractor", assignment.contractor)
    of_here(here, "challenge", assignment.challenge)
    of_here(here, "action", assignment.action and assignment.action.plan)
    of_here(here, "areas", *areas)
    works_still(assignment.commissioner, "commissioner")
    works_still(assignment.contractor, "contractor")


def _remark(assignment: Assignment, side: str, text: str, by: Actor) -> None:
    remark = AssignmentRemark(assignment=assignment, side=side, text=text, author=_person(by))
    remark.full_clean()
    remark.save()


def _person(by: Actor) -> User | None:
    return by if isinstance(by, User) else None
