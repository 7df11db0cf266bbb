"""The verbs for direction, touchstones and principles."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from accounts.models import User
from core.verbs import Conflict, Refused
from plans.actions import (
    add_principle,
    change_principle,
    choose_direction,
    remove_direction,
    remove_principle,
    write_touchstones,
)
from plans.models import Plan, Principle, Touchstone
from tests.conftest import Land, make_municipality
from tests.plans.conftest import FIRST, LAST, refused_at


@pytest.fixture
def principle(land: Land) -> Principle:
    return Principle.objects.create(municipality=land.municipality, name="Iedereen mee")


@pytest.mark.parametrize(
    ("owns", "has_power", "form"),
    [
        (True, True, "controlling"),
        (False, True, "executing"),
        (True, False, "visionary"),
        (False, False, "facilitating"),
    ],
)
def test_two_answers_make_a_form(
    cast: dict[str, User], plan: Plan, owns: bool, has_power: bool, form: str
) -> None:
    made = choose_direction(
        plan=plan, by=cast["worker_here"], version=plan.version, owns_framework=owns, has_power=has_power,
        reason="Zo is het.", from_on=FIRST,
    )  # fmt: skip
    assert made.form == form


def test_direction_has_a_history(cast: dict[str, User], plan: Plan) -> None:
    asked: dict[str, Any] = {
        "plan": plan,
        "by": cast["worker_here"],
        "version": None,
        "has_power": True,
        "reason": "Zo is het.",
    }
    first = choose_direction(**asked, owns_framework=True, from_on=FIRST)
    choose_direction(**asked, owns_framework=False, from_on=FIRST + dt.timedelta(1))
    again = choose_direction(**asked, owns_framework=False, from_on=FIRST)
    assert again.pk == first.pk
    assert plan.directions.count() == 2
    for day in (FIRST - dt.timedelta(1), LAST + dt.timedelta(1)):
        with refused_at("from_on"):
            choose_direction(**asked, owns_framework=True, from_on=day)
    with refused_at("reason"):
        choose_direction(**{**asked, "reason": ""}, owns_framework=True, from_on=FIRST)
    with pytest.raises(Conflict):
        choose_direction(**{**asked, "version": "old"}, owns_framework=True, from_on=FIRST)
    with pytest.raises(PermissionDenied):
        remove_direction(direction=again, by=cast["worker_elsewhere"])
    remove_direction(direction=again, by=cast["worker_here"])
    assert plan.directions.count() == 1


def test_one_text_a_principle(cast: dict[str, User], plan: Plan, principle: Principle) -> None:
    by = cast["worker_here"]
    written = write_touchstones(plan=plan, by=by, version=plan.version, texts={principle: " Een helling. "})
    assert Touchstone.objects.get().text == "Een helling."
    with pytest.raises(Conflict):
        write_touchstones(plan=plan, by=by, version=plan.version, texts={principle: "Anders"})
    same = write_touchstones(plan=plan, by=by, version=written.version, texts={principle: "Een helling."})
    assert same.version == written.version, "nothing changed"
    write_touchstones(plan=plan, by=by, version=None, texts={principle: ""})
    assert not Touchstone.objects.exists()
    other = make_municipality(slug="elders", code="11111")
    with refused_at("texts"):
        theirs = Principle.objects.create(municipality=other, name="X")
        write_touchstones(plan=plan, by=by, version=None, texts={theirs: "Y"})
    with pytest.raises(PermissionDenied):
        write_touchstones(plan=plan, by=cast["resident"], version=None, texts={})


def test_stewards_manage_principles(
    land: Land, cast: dict[str, User], plan: Plan, principle: Principle
) -> None:
    by = cast["steward"]
    with refused_at("name"):
        add_principle(municipality=land.municipality, by=by, values={"name": "Iedereen mee"})
    made = add_principle(municipality=land.municipality, by=by, values={"name": "Planeet", "kind": "pillar"})
    assert made.kind == "pillar"
    changed = change_principle(
        principle=principle, by=by, version=principle.version, values={"is_used": False}
    )
    assert not changed.is_used
    with pytest.raises(Conflict):
        change_principle(principle=principle, by=by, version=principle.version, values={"name": "X"})
    write_touchstones(plan=plan, by=by, version=None, texts={principle: "Een helling."})
    with override("en"), pytest.raises(Refused, match="touchstones"):
        remove_principle(principle=principle, by=by, version=None)
    remove_principle(principle=made, by=by, version=made.version)
    for part in ("worker_here", "alderman"):
        with pytest.raises(PermissionDenied):
            add_principle(municipality=land.municipality, by=cast[part], values={"name": "Nieuw"})
        with pytest.raises(PermissionDenied):
            remove_principle(principle=principle, by=cast[part], version=None)
