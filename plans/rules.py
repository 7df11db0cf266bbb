"""Who may read, propose, change and publish plans, and who reports about an action.

To edit and to publish are two things: while a plan is in the making who edits it changes it at once; once it is public, only who
publishes does, and what others write waits as a proposal.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model, Q

from accounts.models import RoleAssignment
from accounts.reach import works_on
from accounts.rules import STEWARDS, Rule, grant, oneself, role_everywhere, role_here, role_somewhere
from areas.models import Area, Municipality
from plans.models import (
    Action,
    AreaOrganisation,
    Assignment,
    Challenge,
    Goal,
    Milestone,
    Plan,
    PlanPerson,
    Principle,
    Proposal,
)
from workplaces.members import memberships_of
from workplaces.models import Team

Role = RoleAssignment.Role
OFFICE = role_everywhere(Role.DATA_STEWARD, Role.ADMINISTRATOR)
WORKERS_HERE = role_here(Role.AREA_WORKER)
STAFF = role_somewhere(
    Role.AREA_WORKER,
    Role.ALDERMAN,
    Role.COUNCIL_SECRETARY,
    Role.MODERATOR,
    Role.DATA_STEWARD,
    Role.ADMINISTRATOR,
)


def in_team(field: str) -> Rule:
    """Works today in the team that a field of the object names (`field` may lead over other objects: `plan__owner_team`)."""

    def holds(user: Any, obj: Model) -> bool:
        value: Any = obj
        *way, last = field.split("__")
        for step in way:
            value = getattr(value, step)
            if value is None:
                return False
        team = getattr(value, f"{last}_id" if last != "pk" else "pk")
        return team is not None and bool(memberships_of(user).filter(team=team).exists())

    return Rule(holds, lambda user, model: Q(**{f"{field}__in": memberships_of(user).values("team")}))


def on_plan(field: str, *may: str) -> Rule:
    """Works on the plan to which a field leads ("" is the object itself), with one of the ways in which one may."""

    def people(user: Any) -> Any:
        return PlanPerson.objects.filter(works_on(user, municipality="plan__municipality"), may__in=may)

    def holds(user: Any, obj: Any) -> bool:
        plan = getattr(obj, f"{field}_id") if field else obj.pk
        return bool(people(user).filter(plan=plan).exists())

    return Rule(holds, lambda user, model: Q(**{f"{field or 'pk'}__in": people(user).values("plan")}))


def may_write(user: Any, plan: Plan) -> bool:
    """Whether a person changes a plan at once; who may not can perhaps propose (`plans.propose_change`)."""
    return bool(user.has_perm("plans.write_plan", plan))


def _editors(field: str) -> Rule:
    team = f"{field}__owner_team" if field else "owner_team"
    return WORKERS_HERE | OFFICE | in_team(team) | on_plan(field, *PlanPerson.May.values)


def _by_model(found: Mapping[type[Model], Rule]) -> Rule:
    """Another rule for each model about which a permission is asked."""
    return Rule(
        lambda user, obj: found[type(obj)].holds(user, obj),
        lambda user, model: found[model].rows(user, model),
    )


def _publishers(field: str) -> Rule:
    return OFFICE | on_plan(field, PlanPerson.May.PUBLISH)


grant("plans.add_plan", role_somewhere(Role.AREA_WORKER) | OFFICE, Municipality)
grant("plans.import_plan", OFFICE, Municipality)
grant("plans.view_plan", STAFF | in_team("owner_team") | on_plan("", *PlanPerson.May.values), Plan)
grant("plans.propose_change", STAFF | in_team("owner_team") | on_plan("", *PlanPerson.May.values), Plan)
grant("plans.change_plan", _editors(""), Plan)
grant("plans.publish_plan", _publishers(""), Plan)
# At once, as it is now: of a plan in the making who edits it, of one that is public who publishes.
IN_THE_MAKING = Rule(lambda user, plan: not plan.is_public, lambda user, model: ~Q(stage__in=Plan.PUBLIC))
grant("plans.write_plan", (_editors("") & IN_THE_MAKING) | _publishers(""), Plan)
grant("plans.manage_people", OFFICE, Plan)
grant("plans.view_proposal", oneself("author") | _publishers("plan"), Proposal)
grant("plans.withdraw_proposal", oneself("author"), Proposal)
grant("plans.decide_proposal", _publishers("plan"), Proposal)
# News, steps, phase and state: what a team says of its own work is public at once.
REPORTERS = in_team("team") | _editors("plan")
grant("plans.report", REPORTERS, Action)
grant(
    "plans.report_progress",
    _by_model({Plan: _editors(""), Goal: _editors("plan"), Action: REPORTERS}),
    Plan,
    Goal,
    Action,
)
grant("plans.change_milestone", WORKERS_HERE | OFFICE, Municipality, Area, Milestone)
grant("plans.change_principle", STEWARDS, Municipality, Principle)
grant("plans.change_organisation", OFFICE, Municipality, Area, AreaOrganisation)
grant("plans.change_challenge", STAFF, Municipality, Challenge)
grant("plans.view_team", STAFF | in_team("pk"), Team)
grant("plans.change_team_month", in_team("pk") | OFFICE, Team)
# Who speaks for a side is one of its team; the office can step in for either.
grant("plans.view_assignment", STAFF | in_team("commissioner") | in_team("contractor"), Assignment)
grant("plans.commission", in_team("commissioner") | OFFICE, Assignment)
grant("plans.contract", in_team("contractor") | OFFICE, Assignment)
grant("plans.add_assignment", role_somewhere(Role.AREA_WORKER) | OFFICE, Municipality)
