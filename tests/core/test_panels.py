"""Panels stand on a page as their importance says, and only where there is something to show."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from core.panels import Importance, Panel, PanelContent, panels, panels_for
from core.registry import RegistrationError
from tests.conftest import Land


@pytest.fixture
def alone() -> Iterator[None]:
    """No panels but those of the test."""
    others = list(panels)
    for one in others:
        panels.unregister(one.name)
    yield
    for one in list(panels):
        panels.unregister(one.name)
    for one in others:
        panels.register(one)


@pytest.fixture
def asked(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


def add(name: str, importance: Importance, *, is_empty: bool = False, **fields: Any) -> None:
    def content(*, request: HttpRequest, obj: Any) -> PanelContent | None:
        return None if is_empty else PanelContent(context={"area": obj, "agenda": []}, short="kort")

    panels.register(
        Panel(
            name=f"tests.{name}", target=fields.pop("target", "areas.area"), title=name, template="areas/panels/soon.html",
            content=content, importance=importance, order=len(panels),
        )
    )  # fmt: skip


def test_sections_stand_alone_or_beside_the_one_before(alone: None, land: Land, asked: HttpRequest) -> None:
    add("first", Importance.WHOLE)
    add("line", Importance.SHORT)
    add("beside", Importance.ASIDE)
    add("third", Importance.ASIDE)
    add("nothing", Importance.WHOLE, is_empty=True)
    add("elsewhere", Importance.WHOLE, target="areas.edition")
    shown = panels_for(asked, land["bergen"])
    names = [[one.panel.title for one in row] for row in shown.rows]
    assert names == [["first", "beside"], ["third"]]
    assert [one.panel.title for one in shown.short] == ["line"]
    assert [one.panel.title for one in shown.sections] == ["first", "beside", "third"]
    assert "Bergen" in shown.sections[0].html


def test_a_page_without_panels_is_empty(alone: None, land: Land, asked: HttpRequest) -> None:
    assert not panels_for(asked, land["bergen"])


def test_a_wrong_content_function_is_refused() -> None:
    with pytest.raises(RegistrationError, match=r"content takes 'request' by its place"):
        panels.register(
            Panel(
                name="a.b",
                target="areas.area",
                title="T",
                template="t.html",
                content=lambda request, obj: None,
            )
        )
