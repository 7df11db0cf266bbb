"""Panels: sections on the page of an area, a plan, a meeting, a round…, each brought by the app that knows its content."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.functional import Promise

from core.registry import RegistrationError, Registry

PanelContext = Mapping[str, Any]


class PanelContent(Protocol):
    """What the template of a panel needs, or None when there is nothing to show to this person; at most three queries."""

    def __call__(self, *, request: HttpRequest, obj: Any) -> PanelContext | None: ...


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A section on the page of an object of `target` ("areas.area").

    `is_example` in its `context` says that all of the section is invented. The template is the inside of the section: the page
    makes the section itself, with the panel's title as its h2 and `anchor` as its id.
    """

    name: str
    target: str
    title: str | Promise
    template: str
    context: PanelContent
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
    """A panel with its content, ready for the page; `is_example` when all of it is invented, which its heading says."""

    panel: Panel
    html: str
    is_example: bool = False


panels: Registry[Panel] = Registry(Panel, "panels")


def panels_for(request: HttpRequest, obj: Model) -> Iterator[ShownPanel]:
    """The panels that have something to show about `obj` to the person who asks."""
    for panel in panels:
        if panel.target != obj._meta.label_lower:
            continue
        context = panel.context(request=request, obj=obj)
        if context is not None:
            html = get_template(panel.template).render({**context, "panel": panel, "object": obj}, request)
            yield ShownPanel(panel, html, bool(context.get("is_example")))
