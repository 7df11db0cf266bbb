"""How the verbs of plans are called."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from areas.models import Indicator
from core.dates import When
from plans import actions
from plans.models import (
    Action,
    AreaOrganisation,
    Challenge,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Milestone,
    PlanText,
    Principle,
    Proposal,
)
from tests.plans import verbs_assigned, verbs_told
from tests.plans.conftest import FIRST, make_plan
from tests.plans.tables import EXPORT, table_of
from tests.verbs import Examples, World


def of_a_plan(world: World, part: str = "worker_here", **more: Any) -> dict[str, Any]:
    """What each verb of a plan gets, as an area worker calls it while it is in the making."""
    plan = make_plan(world.land)
    return {"plan": plan, "by": world.cast[part], "version": plan.version, **more}


def _added_to_a_plan(world: World, **more: Any) -> dict[str, Any]:
    return _without_version(of_a_plan(world, **more))


def _without_version(asked: dict[str, Any]) -> dict[str, Any]:
    del asked["version"]
    return asked


def of_a_goal(world: World, **more: Any) -> dict[str, Any]:
    """What each verb of a goal gets."""
    goal = Goal.objects.create(plan=make_plan(world.land), name="Een plein om te blijven")
    return {"goal": goal, "by": world.cast["worker_here"], "version": goal.version, **more}


def of_an_action(world: World, **more: Any) -> dict[str, Any]:
    """What each verb of an action gets."""
    action = Action.objects.create(plan=make_plan(world.land), number=1, name="Banken")
    return {"action": action, "by": world.cast["worker_here"], "version": action.version, **more}


def _row(world: World, name: str, row: Any, **more: Any) -> dict[str, Any]:
    return {name: row, "by": world.cast["worker_here"], "version": row.version, **more}


def _text(world: World, **more: Any) -> dict[str, Any]:
    text = PlanText.objects.create(plan=make_plan(world.land), heading="Waarom", body="Daarom.")
    return _row(world, "text", text, **more)


def _impact(world: World, **more: Any) -> dict[str, Any]:
    impact = Impact.objects.create(plan=make_plan(world.land), target_group="Jongeren", effect="Meer plek")
    return _row(world, "impact", impact, **more)


def _indicator(world: World) -> Indicator:
    return Indicator.objects.create(municipality=world.land.municipality, slug="groen", name="Groen")


def _figure(world: World, **more: Any) -> dict[str, Any]:
    goal = of_a_goal(world)["goal"]
    figure = GoalIndicator.objects.create(
        goal=goal, indicator=_indicator(world), area=world.land["bergen"], target=3, target_set_on=FIRST
    )
    return _row(world, "figure", figure, **more)


def _principle(world: World, **more: Any) -> dict[str, Any]:
    principle = Principle.objects.create(municipality=world.land.municipality, name="Iedereen mee")
    return {**_row(world, "principle", principle, **more), "by": world.cast["steward"]}


def _direction(world: World) -> dict[str, Any]:
    direction = Direction.objects.create(
        plan=make_plan(world.land), owns_framework=True, has_power=True, reason="Zo is het.", from_on=FIRST
    )
    return {"direction": direction, "by": world.cast["worker_here"]}


def _touchstones(world: World) -> dict[str, Any]:
    return of_a_plan(world, texts={_principle(world)["principle"]: "Er komt een helling."})


def _in_stage(world: World, stage: str) -> dict[str, Any]:
    plan = make_plan(world.land, stage=stage)
    return {"plan": plan, "by": world.cast["steward"], "version": plan.version}


def _proposal(world: World, part: str, **more: Any) -> dict[str, Any]:
    plan = make_plan(world.land, stage="proposed")
    proposal = Proposal.objects.create(
        plan=plan, changes={"name": ["Beter"]}, seen_version=plan.version, reason="Zo heet het.",
        author=world.cast["worker_here"],
    )  # fmt: skip
    return {**_row(world, "proposal", proposal, **more), "by": world.cast[part]}


def _milestone(world: World, **more: Any) -> dict[str, Any]:
    milestone = Milestone.objects.create(
        municipality=world.land.municipality, title="Zes banken", when="2026"
    )
    milestone.areas.add(world.land["bergen"])
    return _row(world, "milestone", milestone, **more)


def _organisation(world: World, **more: Any) -> dict[str, Any]:
    row = AreaOrganisation.objects.create(area=world.land["bergen"], from_on=FIRST, model="communication")
    return {**_row(world, "organisation", row, **more), "by": world.cast["steward"]}


def _moving(world: World, row: Any) -> dict[str, Any]:
    row.areas.add(world.land["bergen"])
    return {"keys": [world.land["bergen"].pk], "to": world.land["dalen"].pk, "by": world.cast["steward"]}


EXAMPLES: Examples = {
    **verbs_assigned.EXAMPLES,
    actions.import_plan: lambda world: {
        "municipality": world.land.municipality, "by": world.cast["steward"], "table": table_of(EXPORT),
        "plan": make_plan(world.land, "Meerjarenplan", None),
    },
    actions.move_plans: lambda world: _moving(world, make_plan(world.land)),
    actions.move_actions: lambda world: _moving(
        world, Action.objects.create(plan=make_plan(world.land), number=1, name="Banken")
    ),
    actions.move_milestones: lambda world: _moving(
        world, Milestone.objects.create(municipality=world.land.municipality, title="Zes banken", when="2026")
    ),
    actions.move_tasks: lambda world: _moving(
        world, Challenge.objects.create(municipality=world.land.municipality, slug="plein", name="Plein")
    ),
    actions.add_milestone: lambda world: {
        "municipality": world.land.municipality, "by": world.cast["worker_here"], "areas": [world.land["bergen"]],
        "values": {"title": "Zes banken", "when": When("2026-11")},
    },
    actions.change_milestone: lambda world: _milestone(
        world, values={"title": "Zeven banken"}, areas=[world.land["bergen"]]
    ),
    actions.remove_milestone: lambda world: _milestone(world),
    actions.agree_organisation: lambda world: {
        "area": world.land["bergen"], "by": world.cast["steward"],
        "values": {"from_on": FIRST, "model": "coordination"},
    },
    actions.change_organisation: lambda world: _organisation(world, values={"mandate": "Tot 2.500 euro."}),
    actions.remove_organisation: lambda world: _organisation(world),
    actions.add_plan: lambda world: {
        "municipality": world.land.municipality, "by": world.cast["worker_here"], "areas": [world.land["bergen"]],
        "values": {"kind": "village", "name": "Dorpsplan", "first_on": FIRST},
    },
    actions.change_plan: lambda world: of_a_plan(world, values={"name": "Anders"}, areas=[world.land["midden"]]),
    actions.set_people: lambda world: of_a_plan(world, "steward", people={world.cast["moderator"]: "edit"}),
    actions.open_for_reading: lambda world: of_a_plan(world, "steward"),
    actions.end_plan: lambda world: _in_stage(world, "adopted"),
    actions.withdraw_plan: lambda world: of_a_plan(world, "steward"),
    actions.reopen_plan: lambda world: _in_stage(world, "ended"),
    actions.adopt_plan: lambda world: of_a_plan(
        world, "steward", body="council", decided_on=timezone.localdate(), decision_number="2026_GR_0012"
    ),
    actions.lead_on_plan: lambda world: of_a_plan(world, to=make_plan(world.land, "Nieuw plan"), how="merged"),
    actions.add_goal: lambda world: _added_to_a_plan(world, values={"name": "Een plein om te blijven"}),
    actions.change_goal: lambda world: of_a_goal(world, values={"name": "Anders"}),
    actions.move_goal: lambda world: of_a_goal(world, parent=None, place=0),
    actions.remove_goal: lambda world: of_a_goal(world),
    actions.add_figure: lambda world: _without_version(
        of_a_goal(world, values={"indicator": _indicator(world), "area": world.land["bergen"], "target": Decimal(3)})
    ),
    actions.change_figure: lambda world: _figure(world, values={"target": Decimal(4)}),
    actions.remove_figure: lambda world: _figure(world),
    actions.add_action: lambda world: _added_to_a_plan(
        world, values={"name": "Banken"},
        around=actions.Around(
            areas=[world.land["bergen"]], parties=[actions.Party("Dorpsraad")],
            amounts=[actions.Money(2026, Decimal("1234.50"))], needs=[],
        ),
    ),
    actions.change_action: lambda world: of_an_action(world, values={"name": "Zes banken"}),
    actions.remove_action: lambda world: of_an_action(world),
    actions.lead_on_action: lambda world: of_an_action(
        world, to=Action.objects.create(plan=make_plan(world.land, "Nieuw plan"), number=1, name="Zitten"), how="merged"
    ),
    actions.add_text: lambda world: _added_to_a_plan(world, values={"heading": "Waarom", "body": "Daarom."}),
    actions.change_text: lambda world: _text(world, values={"heading": "Hoezo"}),
    actions.remove_text: lambda world: _text(world),
    actions.add_impact: lambda world: _added_to_a_plan(
        world, values={"target_group": "Jongeren", "effect": "Meer plek", "known_by": "We tellen ze."}
    ),
    actions.change_impact: lambda world: _impact(world, values={"effect": "Veel meer plek"}),
    actions.remove_impact: lambda world: _impact(world),
    actions.choose_direction: lambda world: of_a_plan(
        world, owns_framework=True, has_power=False, reason="We kunnen het niet alleen.", from_on=FIRST
    ),
    actions.remove_direction: _direction,
    actions.write_touchstones: _touchstones,
    actions.add_principle: lambda world: {
        "municipality": world.land.municipality, "by": world.cast["steward"], "values": {"name": "Iedereen mee"},
    },
    actions.change_principle: lambda world: _principle(world, values={"name": "Samen"}),
    actions.remove_principle: lambda world: _principle(world),
    actions.propose: lambda world: {
        "plan": make_plan(world.land, stage="proposed"), "by": world.cast["worker_elsewhere"],
        "changes": {"name": ["Beter"]}, "reason": "Zo heet het.",
    },
    actions.accept_proposal: lambda world: _proposal(world, "steward", do=lambda: None),
    actions.decline_proposal: lambda world: _proposal(world, "steward", answer="Nu niet."),
    actions.withdraw_proposal: lambda world: _proposal(world, "worker_here"),
    **verbs_told.EXAMPLES,
}  # fmt: skip
