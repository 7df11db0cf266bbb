"""Specimens: what an app shows of its own components on the style page (`/stijl/`), in every state and made up, never saved.

An app registers its own in `specimens.py`; they stand after those of the house.

specimens.register(Specimen(name="plans.goals", title=gettext_lazy("Goals and actions"), template="plans/style/goals.html",
                            content=goals_shown))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.functional import Promise

from core.registry import Registry


class ShowSpecimen(Protocol):
    """What the template of a specimen needs. `villages`: three areas of nowhere, each with a name and an outline. No query."""

    def __call__(self, *, villages: Sequence[Any]) -> Mapping[str, Any]: ...


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """A section of the style page: the template is its inside, the page makes the section with `title` as its h2."""

    name: str
    title: str | Promise
    template: str
    content: ShowSpecimen
    order: int = 100

    @property
    def key(self) -> str:
        """The id of the section on the page."""
        return self.name.replace(".", "-").replace("_", "-")


@dataclass(frozen=True)
class ShownSpecimen:
    """A section that is ready for the page."""

    key: str
    title: str | Promise
    html: str


specimens: Registry[Specimen] = Registry(Specimen, "specimens")


def shown_specimens(request: HttpRequest, villages: Sequence[Any]) -> list[ShownSpecimen]:
    """The specimens of every app, in order."""
    return [
        ShownSpecimen(
            one.key,
            one.title,
            get_template(one.template).render({**one.content(villages=villages)}, request),
        )
        for one in specimens
    ]
