"""The page "Voor jou": what waits for each person, nothing of what another may decide, and where signing in leads."""

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actions import invite
from accounts.adapter import AccountAdapter
from accounts.filekinds import EXPORT
from accounts.models import Invitation, RoleAssignment, User
from areas.models import AreaEdition
from core.files import store_bytes
from core.verbs import Operator
from core.waiting import waiting_sources
from tests.conftest import Land
from tests.intakes import kept_file
from tests.workplaces.conftest import library as library
from tests.workplaces.conftest import make_location as make_location
from workplaces.models import WorkLocation

BY = Operator("tests")


@pytest.fixture
def busy(land: Land, cast: dict[str, User], library: WorkLocation) -> Land:
    """Something of every kind that waits."""
    cache.clear()
    WorkLocation.objects.filter(pk=library.pk).update(house_number="")  # looks odd
    AreaEdition.objects.create(
        kind=land.kinds["wijk"], reference_date=dt.date(2027, 1, 1), source="proefbron", sha256="d" * 64
    )
    kept_file("areas.addresses", land.municipality, b"straat\n", None, name="adressen.csv")
    kept_file(
        "areas.figures",
        land.municipality,
        b"naam;2024\nBergen;1\n",
        cast["steward"],
        reading={"kind": 1, "indicator": None},
    )
    RoleAssignment.objects.filter(user=cast["worker_here"]).update(
        valid_until=timezone.localdate() + dt.timedelta(days=10)
    )
    invite(
        by=BY, municipality=land.municipality, email="nieuw@proefdorp.example", role="moderator",
        valid_from=timezone.localdate(), why="proef", site="http://testserver/",
    )  # fmt: skip
    EmailAddress.objects.create(user=cast["resident"], email="ander@proefdorp.example", verified=False)
    store_bytes(
        b"PK\x03\x04",
        name="mijn.zip",
        kind=EXPORT,
        owner=cast["resident"].uuid,
        content_type="application/zip",
    )
    return land


def page(client: Client) -> str:
    answer = client.get("/mijn/", headers={"accept-language": "nl"})
    assert answer.status_code == 200
    return answer.content.decode().partition("<h1>")[2]


WAITS = {
    "boundaries": "Beslis: grenzen van wijken",
    "file": "Bevestig of gooi weg: proef.csv",
    "addresses": "Bevestig of gooi weg: adressen.csv",
    "finding": "bevinding",
    "own_role": "Draag je werk over als gebiedswerker",
    "role": "Verleng of laat eindigen: gebiedswerker",
    "invitation": "nieuw@proefdorp.example antwoordde niet",
    "email": "die we mailden naar ander@proefdorp.example",
    "export": "Download je gegevens",
}


@pytest.mark.parametrize(
    ("part", "waits"),
    [
        ("steward", {"boundaries", "addresses", "file", "finding"}),
        ("administrator", {"boundaries", "addresses", "finding", "role", "invitation"}),
        ("worker_here", {"own_role", "finding"}),
        ("worker_elsewhere", set()),
        ("alderman", set()),
        ("resident", {"email", "export"}),
        ("neighbour", set()),
    ],
)
def test_everybody_sees_what_waits_for_them(
    busy: Land, as_part: Callable[[str], Client], part: str, waits: set[str]
) -> None:
    html = page(as_part(part))
    assert {name for name, words in WAITS.items() if words in html} == waits
    assert ("Er wacht niets op jou" in html) is (not waits)


def test_late_things_are_said_first(busy: Land, as_part: Callable[[str], Client]) -> None:
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(days=3))
    html = page(as_part("administrator"))
    assert "1 ding is te laat" in html
    assert "3 dagen te laat" in html
    assert html.index("Te laat") < html.index("Nodig opnieuw uit") < html.index("Verleng of laat eindigen")


@pytest.mark.parametrize("part", ["administrator", "steward", "worker_here", "resident"])
def test_one_query_a_source(
    busy: Land, as_part: Callable[[str], Client], long_memory: None, part: str
) -> None:
    client = as_part(part)
    client.get("/mijn/")  # the frame, and the count of findings, are remembered
    with CaptureQueriesContext(connection) as queries:
        client.get("/mijn/")
    found = [
        one["sql"]
        for one in queries.captured_queries
        if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "UPDATE"))
    ]
    # Beside: who it is, who is away, and plans, which ask of actions, of plans and of what was heard of them.
    assert len(found) <= len(waiting_sources) + 8, "\n".join(found)


@pytest.mark.parametrize(("part", "leads"), [("worker_here", "/mijn/"), ("resident", "/")])
def test_staff_land_there_after_signing_in(
    cast: dict[str, User], rf: RequestFactory, part: str, leads: str
) -> None:
    request = rf.get("/account/login/")
    request.user = cast[part]
    assert AccountAdapter(request).get_login_redirect_url(request) == leads


def test_the_menu_leads_there_and_marks_one(cast: dict[str, User], as_part: Callable[[str], Client]) -> None:
    html = as_part("resident").get("/mijn/gegevens/", headers={"accept-language": "nl"}).content.decode()
    assert 'href="/mijn/">Voor jou' in html
    assert 'href="/mijn/gegevens/" aria-current="page"' in html
    assert 'class="account__main"' in html, (
        "beside the menu of the account, like the other pages of one's own"
    )
