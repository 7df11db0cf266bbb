"""The page of a difference: what happens, what hangs on it, the drawing, the second confirmation, other codes, the way back."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from areas.importers import tangles
from areas.models import Area, AreaEdition, AreaFormerCode, AreaKind
from tests.areas.files import bring, check_draft, collection, feature, square
from tests.areas.test_actions import draft
from tests.conftest import Land

# Nine of the page, three to know who asks, two of what happened to it, and one for what hangs on areas.
MOST = 9 + 3 + 2 + 1
pytestmark = pytest.mark.django_db(transaction=True)
A = feature("A", "Aa", square(0, 0))
B = feature("B", "Bee", square(1, 0))
C = feature("C", "Cee", square(2, 0))


@pytest.fixture
def kind(land: Land) -> AreaKind:
    """Wijken with three areas in force."""
    bring(land.kinds["wijk"], collection(A, B, C))
    return land.kinds["wijk"]


@pytest.fixture
def steward(as_part: Callable[[str], Client]) -> Client:
    return as_part("steward")


def checked(kind: AreaKind, *features: Any) -> AreaEdition:
    edition = draft(kind, collection(*features))
    check_draft(edition)
    return edition


def text(html: str) -> str:
    """What is read, without tags and with single blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def transform(html: str) -> list[str]:
    """How the boundaries lie on the drawing."""
    return re.findall(r'<g transform="([^"]+)"', html)


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the confirmation."""
    return dict(re.findall(r'<input type="hidden" name="(digest)" value="([^"]*)"', html))


def test_says_where_the_surface_goes_and_what_hangs(kind: AreaKind, land: Land, steward: Client) -> None:
    from accounts.models import RoleAssignment, User

    RoleAssignment.objects.create(
        user=User.objects.get(email="resident@proefdorp.example"), role="area_worker",
        municipality=land.municipality, area=Area.objects.get(name="Aa"), valid_from="2025-01-01",
    )  # fmt: skip
    parts = [feature("A1", "Noord", square(0, 0, 0.62)), feature("A2", "Zuid", square(0.62, 0, 0.38))]
    edition = checked(kind, *parts, B, C)
    html = steward.get(edition.get_absolute_url()).content.decode()
    assert "62 % naar Noord, 38 % naar Zuid" in text(html)
    assert "1 rol" in text(html)
    assert html.count('class="after"') == 2 + 1  # and once in the legend
    assert html.count('class="before"') == 1 + 1
    close = steward.get(edition.get_absolute_url(), {"gebied": "A1"}).content.decode()
    assert "differs--chosen" in close
    assert transform(close) != transform(html)
    everything = steward.get(edition.get_absolute_url(), {"alles": "1"}).content.decode()
    assert "blijft gelijk" in everything
    assert "blijft gelijk" not in html


def test_many_that_retire_are_named_and_counted(kind: AreaKind, steward: Client) -> None:
    edition = checked(kind, A)
    url = edition.get_absolute_url()
    html = steward.get(url).content.decode()
    assert "2 gebieden vervallen: meer dan vier op de tien" in text(html)
    fields = hidden(html)
    for wrong in ({}, {"retiring": "3"}, {"retiring": "twee"}):
        answer = steward.post(f"{url}activeren/", {**fields, **wrong})
        assert answer.status_code == 422, wrong
        assert "Bee" in answer.content.decode()
    late = steward.post(f"{url}activeren/", {"digest": "x", "retiring": "2"})
    assert late.status_code == 409
    assert "Bee" in late.content.decode()
    assert AreaEdition.objects.in_force().get(kind=kind) != edition
    assert steward.post(f"{url}activeren/", {**fields, "retiring": "2"}).status_code == 302
    assert AreaEdition.objects.in_force().get(kind=kind) == edition


def test_a_person_decides_whether_another_code_is_another_area(kind: AreaKind, steward: Client) -> None:
    edition = checked(kind, feature("Z", "Aa", square(0, 0)), B, C)
    url = edition.get_absolute_url()
    assert "had code A" in text(steward.get(url).content.decode())
    assert steward.post(f"{url}codes/", {"recodings": []}).status_code == 302
    html = steward.get(url).content.decode()
    assert "had code A" not in text(html)
    assert "vervangen" in text(html)
    assert steward.post(f"{url}codes/", {"recodings": [json.dumps(["A", "B"])]}).status_code == 302
    steward.post(f"{url}codes/", {"recodings": [json.dumps(["A", "Z"])]})
    area = Area.objects.get(name="Aa")
    steward.post(f"{url}activeren/", hidden(steward.get(url).content.decode()))
    edition.refresh_from_db()
    assert edition.status == "active"
    assert list(area.codes.values_list("code", flat=True)) == ["Z"]
    assert AreaFormerCode.objects.get().code == "A"
    assert Area.objects.get(name="Aa") == area


def test_any_two_editions(kind: AreaKind, land: Land, steward: Client) -> None:
    first = AreaEdition.objects.in_force().get(kind=kind)
    bring(kind, collection(feature("A", "Ahof", square(0, 0)), B, C))
    third = bring(kind, collection(feature("A", "Ahof", square(0, 0, 2)), C))
    url = "/gebieden/grenzen/vergelijken/"
    html = text(steward.get(url, {"oud": str(first.uuid), "nieuw": str(third.uuid)}).content.decode())
    assert "heette Aa" in html
    assert "100 % naar Ahof" in html
    assert "samengevoegd" in html
    listed = text(steward.get("/gebieden/grenzen/").content.decode())
    assert "1 vervallen 1 andere grens" in listed
    assert "1 andere naam" in listed
    other = land.editions["deelgemeente"]
    for old, new in (
        (first.uuid, first.uuid), (first.uuid, other.uuid), ("x", "y"), ("", ""), (first.uuid, draft(kind, collection(A)).uuid),
    ):  # fmt: skip
        assert steward.get(url, {"oud": str(old), "nieuw": str(new)}).status_code == 422
    assert steward.get(url).status_code == 200


def test_two_editions_that_cannot_be_laid_over_each_other(
    kind: AreaKind, steward: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = AreaEdition.objects.in_force().get(kind=kind)
    second = bring(kind, collection(feature("A", "Ahof", square(0, 0, 2)), C))
    monkeypatch.setattr(tangles, "MEETINGS", -1_000_000)
    url = "/gebieden/grenzen/vergelijken/"
    answer = steward.get(url, {"oud": str(first.uuid), "nieuw": str(second.uuid)})
    assert answer.status_code == 422
    assert "kruisen" in text(answer.content.decode())


def test_taken_back_on_the_page(kind: AreaKind, steward: Client) -> None:
    base = AreaEdition.objects.in_force().get(kind=kind)
    edition = bring(kind, collection(A, B, C, feature("D", "Dee", square(3, 0))))
    url = f"{edition.get_absolute_url()}terugnemen/"
    html = text(steward.get(url).content.decode())
    assert "Dee" in html
    assert steward.post(url).status_code == 302
    assert AreaEdition.objects.in_force().get(kind=kind) == base
    assert "Steward: grenzen teruggenomen" in steward.get(edition.get_absolute_url()).content.decode()
    assert "niet (meer) van kracht" in steward.get(url).content.decode()


def test_the_page_says_why_it_cannot_be_taken_back(kind: AreaKind, land: Land, steward: Client) -> None:
    edition = bring(kind, collection(A, B, C, feature("D", "Dee", square(3, 0))))
    from workplaces.models import Team

    team = Team.objects.create(municipality=land.municipality, slug="dorp", name="Dorpsteam")
    team.areas.add(Area.objects.get(name="Dee"))
    url = f"{edition.get_absolute_url()}terugnemen/"
    html = text(steward.get(url).content.decode())
    assert "Dee : 1 team" in html
    assert "Deze grenzen terugnemen" not in html
    steward.post(url)
    edition.refresh_from_db()
    assert edition.status == "active"


def test_a_shift_of_everything_is_said(kind: AreaKind, steward: Client) -> None:
    edition = checked(
        kind, *(feature(code, name, square(n, 0.005)) for n, (code, name) in enumerate([("A", "Aa"), ("B", "Bee"), ("C", "Cee")]))
    )  # fmt: skip
    html = text(steward.get(edition.get_absolute_url()).content.decode())
    assert "Alle grenzen liggen 5,6 m verder" in html
    assert html.count("anders getekend") > 3
    assert "krijgen een andere grens 0" in html


@pytest.mark.parametrize("many", [10, 300])
def test_queries_and_weight_do_not_grow(
    kind: AreaKind, land: Land, steward: Client, long_memory: None, many: int
) -> None:
    """Everything moves and is split: the worst there is."""
    cells = [(n % 20 / 20, n // 20 / 20) for n in range(many)]
    old = [feature(f"W{n}", f"Wijk {n}", square(x, y, 1 / 20, 1 / 20)) for n, (x, y) in enumerate(cells)]
    new = [
        feature(f"{side}{n}", f"Deel {side}{n}", square(x + left, y, 1 / 40, 1 / 20))
        for n, (x, y) in enumerate(cells)
        for side, left in (("W", 0), ("X", 1 / 40))
    ]
    first = bring(kind, collection(*old))
    edition = checked(kind, *new)
    second = bring(land.kinds["deelgemeente"], collection(*old))
    third = bring(land.kinds["deelgemeente"], collection(*new))
    assert first != second
    for url in (
        edition.get_absolute_url(),
        third.get_absolute_url(),
        f"/gebieden/grenzen/vergelijken/?oud={second.uuid}&nieuw={third.uuid}",
        "/gebieden/grenzen/",
        f"{third.get_absolute_url()}terugnemen/",
    ):
        steward.get("/privacy/")
        cache.delete(f"difference:{second.version}:{third.version}")
        with CaptureQueriesContext(connection) as queries:
            response = steward.get(url)
        sent = [
            q["sql"]
            for q in queries
            if not q["sql"].startswith(("SAVEPOINT", "RELEASE", 'UPDATE "django_session"'))
        ]
        assert response.status_code == 200
        assert len(sent) <= MOST, "\n".join(sent)
        assert len(response.content) < 250_000
