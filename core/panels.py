"""Panels: sections on the page of an area, a plan, a meeting, a round…, each brought by the app that knows its content.

A page stays calm however many apps bring one: a panel of importance WHOLE is a section of its own, the others are a line that says
the essence, and opens.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.functional import Promise

from core.registry import RegistrationError, Registry


class Importance(Enum):
    """How a panel stands on its page."""

    WHOLE = "whole"  # a section: what people come for
    ASIDE = "aside"  # a section beside the one before it, where the screen has room
    SHORT = "short"  # a line that opens


@dataclass(frozen=True, kw_only=True)
class PanelContent:
    """What a panel has to show to one person.

    `context` is what its template needs, `short` the sentence that stands for it where it is not shown whole. `url` is a page with
    everything, `more` the words of the link to it. `is_example`: all of it is invented, which its heading says.
    """

    context: Mapping[str, Any] = field(default_factory=dict)
    short: str | Promise = ""
    url: str = ""
    more: str | Promise = ""
    is_example: bool = False


class ShowPanel(Protocol):
    """What a panel has to show about an object; None when that is nothing. One query, however many rows it shows."""

    def __call__(self, *, request: HttpRequest, obj: Any) -> PanelContent | None: ...


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A section on the page of an object of `target` ("areas.area").

    The template is the inside of the section: the page makes the section itself, with the panel's title as its h2 and `anchor` as
    its id. One of importance SHORT needs a sentence in its content.
    """

    name: str
    target: str
    title: str | Promise
    template: str
    content: ShowPanel
    importance: Importance = Importance.SHORT
    order: int = 100

    def __post_init__(self) -> None:
        if self.target != self.target.lower() or self.target.count(".") != 1:
            raise RegistrationError(
                f"Panel {self.name!r}: target {self.target!r} must be 'app.model' in lower case"
            )

    @property
    def anchor(self) -> str:
        """The id of the section on the page."""
        return self.name.replace(".", "-").replace("_", "-")


@dataclass(frozen=True)
class ShownPanel:
    """A panel with its content, ready for the page."""

    panel: Panel
    content: PanelContent
    html: str


@dataclass(frozen=True)
class ShownPanels:
    """The panels of a page: rows of sections, one or two beside each other, and below them the lines that open."""

    rows: list[list[ShownPanel]]
    short: list[ShownPanel]

    def __bool__(self) -> bool:
        return bool(self.rows or self.short)

    @property
    def sections(self) -> list[ShownPanel]:
        """The sections one by one, in order."""
        return [shown for row in self.rows for shown in row]


panels: Registry[Panel] = Registry(Panel, "panels")


def panels_for(request: HttpRequest, obj: Model) -> ShownPanels:
    """The panels that have something to show about `obj` to the person who asks."""
    shown = ShownPanels([], [])
    for one in _shown(request, obj):
        if one.panel.importance is Importance.SHORT:
            shown.short.append(one)
        elif one.panel.importance is Importance.ASIDE and shown.rows and len(shown.rows[-1]) == 1:
            shown.rows[-1].append(one)
        else:
            shown.rows.append([one])
    return shown


def _shown(request: HttpRequest, obj: Model) -> Iterator[ShownPanel]:
    for panel in panels:
        if panel.target != obj._meta.label_lower:
            continue
        content = panel.content(request=request, obj=obj)
        if content is not None:
            context = {**content.context, "panel": panel, "object": obj, "is_example": content.is_example}
            yield ShownPanel(panel, content, get_template(panel.template).render(context, request))
