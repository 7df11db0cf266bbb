"""The loop of area-based work, know → take part → decide → do → report back, as far as the apps that are there go."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, kw_only=True)
class LoopFigure:
    """What a step amounts to today: a figure, the words that follow it, and where it leads."""

    figure: str
    words: str
    url: str
    is_example: bool = False


class Measure(Protocol):
    """What a step amounts to today in a municipality; None hides the step. At most two queries."""

    def __call__(self, *, municipality: Any, user: Any) -> LoopFigure | None: ...


@dataclass(frozen=True, kw_only=True)
class LoopStep:
    """A step that an app brings."""

    name: str
    title: str | Promise
    measure: Measure
    order: int = 100


@dataclass(frozen=True)
class ShownStep:
    """A step with its figure, ready for the page."""

    title: str | Promise
    figure: LoopFigure


loop_steps: Registry[LoopStep] = Registry(LoopStep, "loop")


def steps_for(municipality: Any, user: Any) -> list[ShownStep]:
    """The steps that exist, in order; nothing is invented for those that do not."""
    measured = ((step, step.measure(municipality=municipality, user=user)) for step in loop_steps)
    return [ShownStep(step.title, figure) for step, figure in measured if figure is not None]
