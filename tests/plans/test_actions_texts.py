"""The verbs for the text of a plan in parts, and for what changes for whom."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import User
from core.changes import changes_of
from core.verbs import Conflict
from plans.actions import (
    add_impact,
    add_text,
    change_impact,
    change_plan,
    change_text,
    remove_impact,
    remove_text,
)
from plans.models import Impact, Plan, PlanText
from tests.plans.conftest import refused_at


def test_the_parts_of_the_text(cast: dict[str, User], plan: Plan) -> None:
    by = cast["worker_here"]
    first, second = (
        add_text(plan=plan, by=by, values={"heading": heading, "body": "Daarom."}) for heading in ("A", "B")
    )
    assert [text.heading for text in plan.texts.all()] == ["A", "B"]
    change_text(text=second, by=by, version=second.version, values={"body": "Hierom."})
    changed = change_text(text=first, by=by, version=first.version, values={"order": 5})
    assert [text.heading for text in plan.texts.all()] == ["B", "A"], "another part is no conflict"
    with pytest.raises(Conflict):
        change_text(text=first, by=by, version=first.version, values={"body": "Anders."})
    with refused_at("heading"):
        add_text(plan=plan, by=by, values={"body": "Zonder kop."})
    with pytest.raises(PermissionDenied):
        change_text(text=first, by=cast["worker_elsewhere"], version=None, values={})
    remove_text(text=first, by=by, version=changed.version)
    assert PlanText.objects.count() == 1
    assert len(changes_of(plan)) == 6, "each is told with the plan"


def test_a_changed_text_moves_the_plan_along(cast: dict[str, User], plan: Plan) -> None:
    seen = plan.version
    add_text(plan=plan, by=cast["worker_here"], values={"heading": "A", "body": "Daarom."})
    with pytest.raises(Conflict):
        change_plan(plan=plan, by=cast["worker_here"], version=seen, values={"name": "X"})


def test_what_changes_for_whom(cast: dict[str, User], plan: Plan) -> None:
    by = cast["worker_here"]
    made = add_impact(plan=plan, by=by, values={"target_group": "Jongeren", "effect": "Meer plek"})
    changed = change_impact(impact=made, by=by, version=made.version, values={"known_by": "We tellen."})
    stale: list[tuple[Any, dict[str, Any]]] = [
        (change_impact, {"values": {"effect": "X"}}),
        (remove_impact, {}),
    ]
    for verb, more in stale:
        with pytest.raises(Conflict):
            verb(impact=made, by=by, version=made.version, **more)
    with refused_at("target_group"):
        add_impact(plan=plan, by=by, values={"effect": "Meer plek"})
    remove_impact(impact=changed, by=by, version=changed.version)
    assert not Impact.objects.exists()
