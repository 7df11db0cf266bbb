"""Migrations that do not draw every model anew for what changes no model.

While it migrates, Django keeps the classes of all models as they were then, and makes those anew that an operation concerns,
with all that are related to them. A trigger is nothing of a class: with three for each table whose history is kept, a third of
the time went into classes that came out as they were. A model that is new, or gets a constraint or an index, is drawn alone;
code that runs in a migration (`RunPython`) gets all models anew, as Django does after any step that it puts off.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


@contextmanager
def lightly() -> Iterator[None]:
    """Inside, migrations draw no model anew for a trigger, and of models one that is new or gets a constraint."""
    kept = [(owner, name, getattr(owner, name)) for owner, name, _lighter in LIGHTER]
    for owner, name, lighter in LIGHTER:
        setattr(owner, name, lighter(getattr(owner, name)))
    try:
        yield
    finally:
        for owner, name, change in kept:
            setattr(owner, name, change)


@contextmanager
def _undrawn(state: ProjectState) -> Iterator[None]:
    """Inside, a change of the state leaves its classes alone; what needs them all gets them anew afterwards."""
    drawn = state.__dict__.pop("apps", None)
    try:
        yield
    finally:
        if drawn is not None:
            state.__dict__["apps"] = drawn
            state.is_delayed = True


def _drawing_nothing(change: Callable[[Any, str, ProjectState], None]) -> Any:
    def changed(self: Any, app_label: str, state: ProjectState) -> None:
        with _undrawn(state):
            change(self, app_label, state)

    return changed


def _drawing_one(change: Callable[..., None]) -> Any:
    """For a method of a state that names its model first, as it is there: by its state, or by its app and its name."""

    def changed(self: ProjectState, *args: Any) -> None:
        with _undrawn(self):
            change(self, *args)
        if "apps" in self.__dict__:
            key = (args[0].app_label, args[0].name_lower) if len(args) == 1 else (args[0], args[1].lower())
            self._reload({key})  # type: ignore[attr-defined]

    return changed


LIGHTER: tuple[tuple[type, str, Callable[..., Any]], ...] = (
    (AddTrigger, "state_forwards", _drawing_nothing),
    (RemoveTrigger, "state_forwards", _drawing_nothing),
    (ProjectState, "add_model", _drawing_one),
    (ProjectState, "_append_option", _drawing_one),
    (ProjectState, "_remove_option", _drawing_one),
    (ProjectState, "_alter_option", _drawing_one),
)
