"""A plan as data, the way it is frozen when a deciding body adopts it: the same plan gives the same text and the same digest.

It holds what was decided: texts, goals with their figures, actions with money and place, direction, touchstones. News, steps and
progress come after that, and people are not in it.
"""

import json
from decimal import Decimal
from typing import Any

from core.dates import When
from core.digest import digest_of
from plans.models import Action, Goal, GoalIndicator, Plan, PlanVersion

FORMAT = 1
PLAN = ("kind", "name", "summary", "first_on", "last_on", "contact", "news_every_months", "external_uri")
GOAL = (
    "level", "order", "code", "external_code", "name", "text", "comment", "evaluation", "passed_by", "is_priority", "weight",
)  # fmt: skip
ACTION = (
    "number", "kind", "code", "external_code", "name", "text", "comment", "evaluation", "passed_by", "is_priority",
    "when", "phase", "done_percent", "weight", "set_state", "set_state_reason", "place", "is_approximate",
)  # fmt: skip
DIGITS = 7  # of a degree: a centimetre


def content_of(plan: Plan) -> dict[str, Any]:
    """The whole plan as JSON knows it, in a fixed number of queries."""
    goals = plan.goals.select_related("parent").prefetch_related(
        "indicators__indicator", "indicators__area", "indicators__action"
    )
    actions = plan.actions.select_related(
        "goal", "team", "carries_out__plan", "leads_to__plan"
    ).prefetch_related("areas", "parties", "amounts", "needs__plan")
    return {
        "format": FORMAT,
        "uuid": str(plan.uuid),
        **_told(plan, PLAN),
        "policy_field": plan.policy_field.name if plan.policy_field else "",
        "owner_team": plan.owner_team.name if plan.owner_team else "",
        "areas": _areas(plan),
        "texts": [_told(text, ("heading", "body")) for text in plan.texts.all()],
        "impacts": [_told(one, ("target_group", "effect", "known_by")) for one in plan.impacts.all()],
        "directions": [
            _told(one, ("owns_framework", "has_power", "reason", "from_on")) for one in plan.directions.all()
        ],
        "touchstones": [
            {"principle": one.principle.name, "kind": one.principle.kind, "text": one.text}
            for one in plan.touchstones.select_related("principle")
        ],
        "goals": [_goal(goal) for goal in goals],
        "actions": [_action(action) for action in actions],
    }


def is_whole(version: PlanVersion) -> bool:
    """Whether a version still is what was frozen, by its digest."""
    return digest_of(version.content) == version.digest


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "uuid": str(goal.uuid),
        "parent": str(goal.parent.uuid) if goal.parent else None,
        **_told(goal, GOAL),
        "figures": [_figure(one) for one in goal.indicators.all()],
    }


def _figure(figure: GoalIndicator) -> dict[str, Any]:
    return {
        "indicator": figure.indicator.slug,
        "name": figure.indicator.name,
        "area": {"uuid": str(figure.area.uuid), "name": figure.area.name},
        "action": str(figure.action.uuid) if figure.action else None,
        **_told(figure, ("baseline", "baseline_when", "target", "target_when", "target_set_on")),
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "uuid": str(action.uuid),
        "goal": str(action.goal.uuid) if action.goal else None,
        **_told(action, ACTION),
        "team": action.team.name if action.team else "",
        "areas": _areas(action),
        "geometry": _geometry(action),
        "parties": [_told(one, ("name", "role", "does")) for one in action.parties.all()],
        "amounts": [_told(one, ("year", "kind", "planned", "spent")) for one in action.amounts.all()],
        "needs": sorted(str(one.uuid) for one in action.needs.all()),
        "carries_out": _other(action.carries_out),
        "leads_to": _other(action.leads_to),
        "leads_how": action.leads_how,
    }


def _areas(row: Plan | Action) -> list[dict[str, str]]:
    areas = sorted(row.areas.all(), key=lambda area: str(area.uuid))
    return [{"uuid": str(area.uuid), "name": area.name} for area in areas]


def _other(action: Action | None) -> dict[str, str] | None:
    if action is None:
        return None
    return {"uuid": str(action.uuid), "plan": action.plan.name, "code": action.code, "name": action.name}


def _geometry(action: Action) -> Any:
    return _rounded(json.loads(action.geometry.json)) if action.geometry else None


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def _told(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    """What JSON knows: a date in EDTF, an amount as text without zeros that say nothing."""
    if isinstance(value, When):
        return value.text
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    return value.isoformat() if hasattr(value, "isoformat") else value
