"""Every verb of every app: nobody and visitors do nothing with it, and what it writes says who did it and why."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Max

from accounts.models import AccessLog, User
from core.history import reasons
from core.verbs import Operator, Participant
from tests.conftest import Land
from tests.verbs import World, Writer, every_example, every_verb, handed_out, writers

VERBS = every_verb()
EXAMPLES = every_example()
ACTORS = {"user", "operator", "participant"}


@pytest.fixture
def world(land: Land, cast: dict[str, User]) -> World:
    return World(land, cast)


def test_every_verb_shows_how_it_is_called() -> None:
    known = set(EXAMPLES)
    assert not [name for name, verb in VERBS.items() if verb not in known], "add it to tests/<app>/verbs.py"
    assert len(EXAMPLES) == len(VERBS), "an example of a verb that is no more"
    assert len(VERBS) > 40, "the walk found next to nothing"


@pytest.mark.parametrize("name", sorted(VERBS))
def test_it_says_who_and_why(world: World, name: str) -> None:
    verb = VERBS[name]
    asked = EXAMPLES[verb](world)
    for other, refusal in (
        (None, TypeError),
        (AnonymousUser(), PermissionDenied),
        (Participant("somebody"), PermissionDenied),
    ):
        with pytest.raises(refusal):
            verb(**{**asked, "by": other})
    before = last_events()
    verb(**asked)
    for model, last in before.items():
        for event in model.objects.filter(pgh_id__gt=last).select_related("pgh_context"):
            assert event.pgh_context is not None, f"{model.__name__} {event.pgh_label}: nobody, for no reason"
            told = event.pgh_context.metadata
            assert ACTORS & set(told), f"{model.__name__} {event.pgh_label}: nobody"
            assert told["why"] in reasons, f"{model.__name__} {event.pgh_label}: {told['why']!r} is no reason"


@pytest.mark.parametrize(
    "name",
    [
        "areas.actions.areas.create_municipality",
        "accounts.actions.providers.sync_roles",
        "accounts.actions.providers.record_verification",
    ],
)
def test_what_no_role_grants(world: World, name: str) -> None:
    """Not to the administrator, nor to who may enter /beheer/: only to an operator."""
    asked = EXAMPLES[VERBS[name]](world)
    User.objects.filter(pk=world.cast["administrator"].pk).update(is_superuser=True, is_staff=True)
    for person in (User.objects.get(pk=world.cast["administrator"].pk), world.cast["steward"]):
        with pytest.raises(PermissionDenied):
            VERBS[name](**{**asked, "by": person})


@pytest.mark.parametrize(
    "name", ["accounts.privacy.erase.erase_person", "accounts.privacy.export.export_person"]
)
def test_what_is_known_of_a_person_is_theirs(world: World, name: str) -> None:
    asked = EXAMPLES[VERBS[name]](world)
    with pytest.raises(PermissionDenied):
        VERBS[name](**{**asked, "by": world.cast["administrator"]})
    VERBS[name](**{**asked, "by": Operator("tests")})
    assert AccessLog.objects.get().actor is None


def last_events() -> dict[Any, int]:
    """The last row of each table of history."""
    tables = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return {model: model._default_manager.aggregate(last=Max("pgh_id"))["last"] or 0 for model in tables}


def test_nothing_writes_without_being_a_verb() -> None:
    faults = {str(writer): places for writer in writers() if (places := handed_out(writer))}
    assert not faults, "make it a verb, or keep it inside the actions of its app"


def test_a_writer_that_is_handed_out_is_found(tmp_path: Path) -> None:
    for path, text in {
        "plans/actions/__init__.py": "from plans.actions.goals import drop, reach\n",
        "plans/actions/goals.py": (
            "def drop(goal):\n    goal.delete()\n\n"
            "@verb\ndef reach(*, goal, by):\n    goal.save()\n\n"
            "def read(goal):\n    return goal.name.update\n\n"
            "def relate(goal):\n    goal.areas.set([])\n\n"
            "def mark(goals):\n    goals.filter(done=True).update(seen=True)\n\n"
            "def _inside(goal):\n    goal.save()\n"
        ),
        "plans/views.py": "from plans.actions.goals import mark\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found = {one.name: handed_out(one, tmp_path) for one in writers(tmp_path)}
    assert found == {"drop": ["plans/actions/__init__.py"], "relate": [], "mark": ["plans/views.py"]}
    assert str(Writer("plans", "plans.actions.goals", "drop")) == "plans.actions.goals.drop"
