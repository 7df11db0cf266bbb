"""A plan as linked data: the terms in which Flemish municipalities publish their multi-year plans (ELI, schema.org).

Goals are `eli:ComplexWork`, actions `eli:Work`, each a member of what it lies under; what no vocabulary knows is said in a
vocabulary of this site (`gp`). It holds what anybody may read of the plan.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from plans.exchange.cells import BODIES
from plans.exchange.difference import things_of
from plans.models import Action, Goal, Plan

CONTEXT = {
    "eli": "http://data.europa.eu/eli/ontology#",
    "schema": "http://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "geojson": "https://purl.org/geojson/vocab#",
    "eli:has_member": {"@type": "@id"},
    "gp:geometry": {"@type": "@json"},
}


def linked_data(plan: Plan, root: str, user: Any) -> bytes:
    """The document, as the user may read it; `root` is the address of this site."""
    goals, actions = things_of(plan, user)
    here = root.rstrip("/")
    below = _grouped(goals, lambda goal: goal.parent_id)
    doing = _grouped(actions, lambda action: action.goal_id)
    document = {
        "@context": {**CONTEXT, "gp": f"{here}/plannen/begrippen#"},
        "@id": here + plan.get_absolute_url(),
        "@type": "eli:ComplexWork",
        **_filled(
            {
                "dct:identifier": str(plan.uuid),
                "dct:title": plan.name,
                "dct:abstract": plan.summary,
                "dct:type": plan.get_kind_display(),
                "schema:creativeWorkStatus": plan.get_stage_display(),
                "dct:temporal": f"{plan.first_on.isoformat()}/{plan.last_on.isoformat() if plan.last_on else '..'}",
                "schema:sameAs": plan.external_uri,
                "dct:spatial": [_area(area) for area in plan.areas.all()],
                "schema:maintainer": plan.owner_team.name if plan.owner_team else "",
                "dct:subject": plan.policy_field.name if plan.policy_field else "",
                "schema:hasPart": [
                    {"dct:title": one.heading, "schema:text": one.body} for one in plan.texts.all()
                ],
                "gp:impact": [
                    _filled({"gp:for": one.target_group, "gp:effect": one.effect, "gp:knownBy": one.known_by})
                    for one in plan.impacts.all()
                ],
                "gp:direction": [
                    {
                        "gp:form": one.form.value, "gp:from": one.from_on.isoformat(), "gp:reason": one.reason,
                    }
                    for one in plan.directions.all()
                ],
                "gp:touchstone": [
                    {"gp:principle": one.principle.name, "schema:text": one.text}
                    for one in plan.touchstones.select_related("principle")
                ],
                "eli:passed_by": [
                    _filled(
                        {
                            "schema:name": one.body_name or one.get_body_display(),
                            "dct:date": one.decided_on.isoformat(), "dct:identifier": one.decision_number,
                        }
                    )
                    for one in plan.versions.defer("content")
                ],
            }
        ),
    }  # fmt: skip

    def members(parent: int | None) -> list[dict[str, Any]]:
        return [
            *(_goal(goal, here, members) for goal in below.get(parent, ())),
            *(_action(action, here) for action in doing.get(parent, ())),
        ]

    document["eli:has_member"] = members(None)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _grouped(things: Iterable[Any], by: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for thing in things:
        found.setdefault(by(thing), []).append(thing)
    return found


def _shared(thing: Goal | Action) -> dict[str, Any]:
    return {
        "dct:identifier": str(thing.uuid),
        "schema:code": thing.code,
        "schema:reportNumber": thing.external_code,
        "dct:title": thing.name,
        "dct:description": thing.text,
        "schema:comment": thing.comment,
        "schema:review": thing.evaluation,
        "eli:passed_by": [BODIES[body] for body in thing.passed_by],
        "gp:priority": thing.is_priority,
        "gp:weight": thing.weight,
    }


def _goal(goal: Goal, here: str, members: Any) -> dict[str, Any]:
    return {
        "@id": here + goal.get_absolute_url(),
        "@type": "eli:ComplexWork",
        "dct:type": goal.get_level_display(),
        **_filled(_shared(goal)),
        "eli:has_member": members(goal.pk),
    }


def _action(action: Action, here: str) -> dict[str, Any]:
    parties = [
        {"schema:name": one.name, "gp:role": one.role, "gp:does": one.does} for one in action.parties.all()
    ]
    amounts = [
        _filled(
            {
                "gp:year": one.year, "gp:kind": one.kind, "gp:planned": str(one.planned),
                "gp:spent": None if one.spent is None else str(one.spent), "schema:currency": "EUR",
            }
        )
        for one in action.amounts.all()
    ]  # fmt: skip
    state = {"gp:state": action.set_state, "gp:stateReason": action.set_state_reason}
    return {
        "@id": here + action.get_absolute_url(),
        "@type": "eli:Work",
        "dct:type": action.get_kind_display(),
        **_filled(
            {
                **_shared(action),
                "dct:date": action.when.text if action.when else "",
                "gp:phase": action.phase,
                "gp:donePercent": action.done_percent,
                **state,
                "gp:stateSince": action.set_state_on.isoformat() if action.set_state_on else "",
                "schema:maintainer": action.team.name if action.team else "",
                "dct:spatial": [_area(area) for area in action.areas.all()],
                "schema:location": action.place,
                "gp:geometry": json.loads(action.geometry.json) if action.geometry else None,
                "gp:approximate": action.is_approximate or None,
                "schema:contributor": [_filled(one) for one in parties],
                "schema:amount": amounts,
                "dct:requires": [here + one.get_absolute_url() for one in action.needs.all()],
                "gp:carriesOut": here + action.carries_out.get_absolute_url() if action.carries_out else "",
                "dct:isReplacedBy": here + action.leads_to.get_absolute_url() if action.leads_to else "",
            }
        ),
    }


def _area(area: Any) -> dict[str, str]:
    return {"dct:identifier": str(area.uuid), "schema:name": area.name}


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said; nothing of what is empty."""
    return {name: value for name, value in said.items() if value not in ("", None, [])}
