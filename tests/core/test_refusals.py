"""What a verb refuses is said on a page, also where no form was there to say it."""

from collections.abc import Callable

import pytest
from django.test import Client

from core.verbs import Conflict, Refused
from tests.conftest import Land


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused("De zaal is <vol>.", "full"), 422), (Conflict(None, "Iemand was eerst."), 409)],
)
def test_it_is_said(
    land: Land, as_part: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, error: Refused, status: int
) -> None:
    def refuse(*given: object) -> None:
        raise error

    monkeypatch.setattr("portal.views.statements.render", refuse)
    answer = as_part("resident").get("/privacy/")
    assert answer.status_code == status
    html = answer.content.decode()
    assert "Dit is niet gebeurd" in html
    assert error.messages[0].replace("<vol>", "&lt;vol&gt;") in html


def test_a_fault_of_ours_stays_one(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> None:
        raise ValueError

    monkeypatch.setattr("portal.views.statements.render", fail)
    assert Client(raise_request_exception=False).get("/privacy/").status_code == 500
