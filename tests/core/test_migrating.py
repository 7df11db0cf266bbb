"""Migrations that draw fewer models: what an operation asks of a class is there, and nothing of it stays afterwards."""

from typing import Any

from django.db import models
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger

from core.migrating import lightly

KEY = "id"
Fields = list[tuple[str, models.Field[Any, Any]]]


def state() -> ProjectState:
    """Two models, of which one points to the other, drawn."""
    found = ProjectState()
    seat: Fields = [
        (KEY, models.AutoField(primary_key=True)),
        ("council", models.ForeignKey("made.Council", models.CASCADE)),
    ]
    council: Fields = [(KEY, models.AutoField(primary_key=True))]
    for name, fields in (("Council", council), ("Seat", seat)):
        found.add_model(ModelState("made", name, fields, {"constraints": []}))
    found.apps.get_model("made", "seat")
    return found


def test_a_trigger_draws_nothing() -> None:
    found = state()
    before = found.apps.get_model("made", "seat")
    with lightly():
        AddTrigger("seat", "told").state_forwards("made", found)  # type: ignore[arg-type]
    assert found.models["made", "seat"].options["triggers"] == ["told"]
    assert found.apps.get_model("made", "seat") is before
    assert found.is_delayed


def test_a_constraint_stands_on_the_class_and_its_neighbours_stay() -> None:
    found = state()
    council = found.apps.get_model("made", "council")
    constraint = models.UniqueConstraint(fields=["council"], name="once")
    with lightly():
        found.add_constraint("made", "seat", constraint)
    assert found.apps.get_model("made", "seat")._meta.constraints == [constraint]
    assert found.apps.get_model("made", "council") is council


def test_a_new_model_points_to_those_that_are_there() -> None:
    found = state()
    seat = found.apps.get_model("made", "seat")
    fields = [
        ("id", models.AutoField(primary_key=True)),
        ("seat", models.ForeignKey("made.Seat", models.CASCADE)),
    ]
    with lightly():
        found.add_model(ModelState("made", "Member", fields))
    assert found.apps.get_model("made", "member")._meta.get_field("seat").related_model is seat


def test_code_in_a_migration_gets_every_model_anew() -> None:
    found = state()
    council = found.apps.get_model("made", "council")
    with lightly():
        found.add_constraint("made", "seat", models.UniqueConstraint(fields=["council"], name="once"))
    found.clear_delayed_apps_cache()
    new = found.apps.get_model("made", "council")
    assert new is not council
    assert found.apps.get_model("made", "seat")._meta.get_field("council").related_model is new


def test_nothing_of_it_stays() -> None:
    before = ProjectState.add_model, AddTrigger.state_forwards
    with lightly():
        assert ProjectState.add_model is not before[0]
    assert (ProjectState.add_model, AddTrigger.state_forwards) == before
