"""A form in steps: one page a step, back and forth, and nothing that was typed is lost.

walk = walk_through(STEPS, request.POST)
if walk.is_done:
    contribute(**walk.cleaned, by=request.user)

Nothing is kept on the server: what was typed at the other steps travels along as hidden fields, so that it works in two tabs and
without a session. A file cannot travel so: ask it at the last step.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

STEP, GO, TO = "step", "go", "to"  # fields of the form itself: where one is, and what was pressed
BACK = "back"


@dataclass(frozen=True, kw_only=True)
class Step:
    """A part of a form: its word, its title, and how its form is made (with Django's own arguments)."""

    word: str
    title: str | Promise
    form: Callable[..., forms.Form]


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Where somebody is in a form: the form of this step, and what was typed at the others (`carried`, names and values)."""

    steps: Sequence[Step]
    number: int
    form: forms.Form
    carried: Sequence[tuple[str, str]]
    cleaned: dict[str, Any] = field(default_factory=dict)
    is_done: bool = False

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.number]

    @property
    def is_last(self) -> bool:
        """Whether the next button sends everything."""
        return self.number == len(self.steps) - 1

    @property
    def status(self) -> int:
        """What the page answers with: 422 when something of this step is wrong."""
        return 422 if self.form.errors else 200


def walk_through(steps: Sequence[Step], data: QueryDict) -> Walk:
    """The step to show for what was sent: the next one when this one is right, else this one with what is wrong.

    Going back, and to a step by name, asks nothing. After the last step every step is checked again: the first that is wrong is
    shown; when none is, the walk is done and `cleaned` holds the values of all.
    """
    words = [step.word for step in steps]
    at, to = str(data.get(STEP)), str(data.get(TO))
    if at not in words:
        return _at(steps, 0, data)
    here = words.index(at)
    if to in words:
        return _at(steps, words.index(to), data)
    if data.get(GO) == BACK:
        return _at(steps, max(here - 1, 0), data)
    form = steps[here].form(data)
    if not form.is_valid():
        return _at(steps, here, data, form)
    if here < len(steps) - 1:
        return _at(steps, here + 1, data)
    return _finished(steps, data)


def _finished(steps: Sequence[Step], data: QueryDict) -> Walk:
    cleaned: dict[str, Any] = {}
    for number, step in enumerate(steps):
        form = step.form(data)
        if not form.is_valid():
            return _at(steps, number, data, form)
        cleaned |= form.cleaned_data
    return Walk(
        steps=steps, number=len(steps) - 1, form=form, carried=_carried(steps, len(steps) - 1, data),
        cleaned=cleaned, is_done=True,
    )  # fmt: skip


def _at(steps: Sequence[Step], number: int, data: QueryDict, form: forms.Form | None = None) -> Walk:
    shown = form or _as_typed(steps[number], data)
    return Walk(steps=steps, number=number, form=shown, carried=_carried(steps, number, data))


def _as_typed(step: Step, data: QueryDict) -> forms.Form:
    """The form with what was typed in it before, not judged yet."""
    empty = step.form()
    typed = {
        name: field.widget.value_from_datadict(data, {}, empty.add_prefix(name))
        for name, field in empty.fields.items()
        if not field.widget.value_omitted_from_data(data, {}, empty.add_prefix(name))
    }
    return step.form(initial=typed)


def _carried(steps: Sequence[Step], number: int, data: QueryDict) -> list[tuple[str, str]]:
    """What was sent, without the fields of the step that is shown and those of the walk itself."""
    shown = steps[number].form()
    own = {shown.add_prefix(name) for name in shown.fields} | {STEP, GO, TO, "csrfmiddlewaretoken"}
    return [
        (name, value)
        for name, values in data.lists()
        # A field of several inputs (a day) sends them as name_0, name_1…
        if name not in own and name.rpartition("_")[0] not in own
        for value in values
    ]
