"""Who may enter where: every address of the site × the whole cast. A new address that is not listed here fails.

An outsider who is signed in gets 404, never 403, so that nobody learns what exists; a visitor is led to the sign-in page. The API
says 401 or 403 on writing what everybody may read.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from accounts.actions import invite
from accounts.models import Invitation, RoleAssignment, User
from core.files import store_bytes
from core.models import JobProgress
from tests.conftest import CAST, Land
from tests.routes import routes
from workplaces.models import LocationImport, WorkLocation

EVERYONE = frozenset(CAST)
PEOPLE = EVERYONE - {"visitor"}
STAFF = PEOPLE - {"resident", "neighbour", "council_member"}
STEWARDS = frozenset({"steward", "administrator"})
EDITORS_IN_BERGEN = STEWARDS | {"worker_here"}
EDITORS_SOMEWHERE = EDITORS_IN_BERGEN | {"worker_elsewhere"}
ADMINISTRATOR = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()

SOME_UUID = "6f1f3c9e-5a59-4a7e-9a4f-0d7c0f5f0a11"
ENTERED = {200, 204, 302, 303, 400, 409, 422}


@dataclass
class World:
    """Something of everything that an address can be about."""

    land: Land
    location: WorkLocation
    uuids: dict[str, str]

    def path(self, pattern: str) -> str:
        """The address with what exists filled in."""
        return pattern.format(location=self.location.slug, area_uuid=self.land["bergen"].uuid, **self.uuids)


@dataclass(frozen=True)
class Door:
    """Who may pass with which method; `refused` is what an outsider who is signed in gets."""

    path: str
    who: frozenset[str]
    method: str = "get"
    refused: frozenset[int] = frozenset({404})
    visitor: frozenset[int] = frozenset({302, 404})


API_REFUSAL = frozenset({401, 403})


def api(path: str, who: frozenset[str], method: str) -> Door:
    """A door of the API."""
    return Door(path, who, method, refused=API_REFUSAL | {405}, visitor=API_REFUSAL | {405})


DOORS: dict[str, list[Door]] = {
    "": [Door("/", EVERYONE)],
    "kaart/": [Door("/kaart/", EVERYONE)],
    "kaart/paneel/": [Door("/kaart/paneel/?gebied=bergen", EVERYONE)],
    "zoeken/": [Door("/zoeken/?q=bergen", EVERYONE)],
    "zoeken/suggesties/": [Door("/zoeken/suggesties/?q=ber", EVERYONE)],
    "privacy/": [Door("/privacy/", EVERYONE)],
    "toegankelijkheid/": [Door("/toegankelijkheid/", EVERYONE)],
    "open-data/": [Door("/open-data/", EVERYONE)],
    "stijl/": [Door("/stijl/", EVERYONE)],
    "voortgang/<uuid:identifier>/": [Door("/voortgang/{job}/", frozenset({"resident"}))],
    "bestanden/<uuid:identifier>/": [Door("/bestanden/{file}/", frozenset({"resident"}))],
    "taal/": [Door("/taal/", EVERYONE, "post")],
    "healthz": [Door("/healthz", EVERYONE)],
    "readyz": [Door("/readyz", EVERYONE)],
    "gebieden/": [Door("/gebieden/", EVERYONE)],
    "gebieden/<slug:slug>/": [Door("/gebieden/bergen/", EVERYONE)],
    "kaartlagen/<slug:slug>.geojson": [
        Door("/kaartlagen/wijk.geojson", EVERYONE),
        Door("/kaartlagen/werklocaties.geojson", EVERYONE),
    ],
    "waar/": [Door("/waar/", EVERYONE, "post")],
    "werklocaties/": [Door("/werklocaties/", EVERYONE)],
    r"werklocaties/tabel\.(?P<extension>csv|xlsx)": [
        Door("/werklocaties/tabel.csv", EVERYONE),
        Door("/werklocaties/tabel.xlsx", EVERYONE),
    ],
    "werklocaties/nieuw/": [Door("/werklocaties/nieuw/", EDITORS_SOMEWHERE)],
    "werklocaties/import/": [Door("/werklocaties/import/", STEWARDS)],
    "werklocaties/import/<uuid:uuid>/": [Door("/werklocaties/import/{table}/", frozenset({"steward"}))],
    "werklocaties/kwaliteit/": [Door("/werklocaties/kwaliteit/", EDITORS_SOMEWHERE)],
    "werklocaties/kwaliteit/<slug:slug>/<slug:rule>/": [
        Door("/werklocaties/kwaliteit/{location}/no-services/", EDITORS_IN_BERGEN, "post")
    ],
    "werklocaties/<slug:slug>/": [Door("/werklocaties/{location}/", EVERYONE)],
    "werklocaties/<slug:slug>/bewerken/": [Door("/werklocaties/{location}/bewerken/", EDITORS_IN_BERGEN)],
    "werklocaties/<slug:slug>/bewerken/<slug:word>/": [
        Door("/werklocaties/{location}/bewerken/plaats/", EDITORS_IN_BERGEN)
    ],
    "account/rollen/": [Door("/account/rollen/", ADMINISTRATOR)],
    "account/rollen/geven/": [Door("/account/rollen/geven/", ADMINISTRATOR)],
    "account/rollen/<uuid:uuid>/beeindigen/": [Door("/account/rollen/{role}/beeindigen/", ADMINISTRATOR)],
    "account/rollen/<uuid:uuid>/vervangen/": [Door("/account/rollen/{role}/vervangen/", ADMINISTRATOR)],
    "account/uitnodigen/": [Door("/account/uitnodigen/", ADMINISTRATOR)],
    "account/uitnodigen/<uuid:uuid>/opnieuw/": [
        Door("/account/uitnodigen/{invitation}/opnieuw/", ADMINISTRATOR, "post")
    ],
    "account/uitnodigen/<uuid:uuid>/intrekken/": [
        Door("/account/uitnodigen/{invitation}/intrekken/", ADMINISTRATOR, "post")
    ],
    "account/uitnodiging/<str:token>/": [Door("/account/uitnodiging/niet-bestaand/", EVERYONE)],
}

# The pages of allauth guard themselves: those that anyone may see, and those of a person who signed in.
ALLAUTH_OPEN = {
    "account/login/", "account/logout/", "account/inactive/", "account/signup/", "account/confirm-email/",
    "account/confirm-email/(?P<key>[-:\\w]+)/", "account/password/reset/", "account/password/reset/done/",
    "account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/", "account/password/reset/key/done/",
    "account/login/code/confirm/", "account/2fa/authenticate/",
}  # fmt: skip
ALLAUTH_SIGNED_IN = {
    "account/reauthenticate/", "account/email/", "account/password/change/", "account/password/set/", "account/2fa/",
    "account/2fa/reauthenticate/", "account/2fa/totp/activate/", "account/2fa/totp/deactivate/",
    "account/2fa/recovery-codes/", "account/2fa/recovery-codes/generate/", "account/2fa/recovery-codes/download/",
}  # fmt: skip


@pytest.fixture
def world(land: Land, cast: dict[str, User]) -> World:
    location = WorkLocation.objects.create(
        municipality=land.municipality, slug="bib", name="Bib", point=Point(4.72, 51.45, srid=4326), precision="address"
    )
    resident = cast["resident"]
    job = JobProgress.objects.create(title="proef", owner=resident.uuid)
    file = store_bytes(
        b"PK\x05\x06" + bytes(18), kind="accounts.export", owner=resident.uuid, name="proef.zip", content_type="application/zip"
    )
    table = LocationImport.objects.create(
        municipality=land.municipality, owner_id=cast["steward"].pk, file_name="proef.csv", rows=[]
    )
    invite(
        by=cast["administrator"], municipality=land.municipality, email="nieuw@proefdorp.example", role=RoleAssignment.Role.MODERATOR,
        valid_from=dt.date(2026, 1, 1), why="proef", site="http://testserver",
    )  # fmt: skip
    role = RoleAssignment.objects.get(user=cast["worker_here"])
    return World(
        land,
        location,
        {
            "job": str(job.uuid),
            "file": str(file.uuid),
            "table": str(table.uuid),
            "role": str(role.uuid),
            "invitation": str(Invitation.objects.get().uuid),
        },
    )


def test_every_address_is_listed() -> None:
    known = set(DOORS) | ALLAUTH_OPEN | ALLAUTH_SIGNED_IN
    found = {route for route, _name in routes() if not route.startswith("beheer/")}
    assert found - known == set(), "addresses that the matrix does not know"
    assert known - found == set(), "addresses that no longer exist"


@pytest.mark.parametrize("door", [door for doors in DOORS.values() for door in doors], ids=lambda d: f"{d.method} {d.path}")
def test_door(door: Door, world: World, as_part: Callable[[str], Client]) -> None:
    path = world.path(door.path)
    wrong = []
    for part in CAST:
        response = getattr(as_part(part), door.method)(path)
        to_sign_in = response.status_code == 302 and "/account/" in response["Location"] and "next=" in response["Location"]
        if part in door.who:
            right = response.status_code in ENTERED and not to_sign_in
        elif part == "visitor":
            right = response.status_code in door.visitor and (response.status_code != 302 or to_sign_in)
        else:
            right = response.status_code in door.refused
        if not right:
            wrong.append(f"{part}: {response.status_code} {response.headers.get('Location', '')}")
    assert not wrong, f"{door.method} {path}: {wrong}"


@pytest.mark.parametrize("route", sorted(ALLAUTH_SIGNED_IN))
def test_pages_of_the_account_are_for_those_who_signed_in(route: str, db: None, client: Client) -> None:
    response = client.get(f"/{route}")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


@pytest.mark.parametrize("part", CAST)
def test_the_administration_is_for_operators_only(part: str, as_part: Callable[[str], Client]) -> None:
    client = as_part(part)
    for route, _name in routes():
        if route.startswith("beheer/") and "<" not in route and "(" not in route and "logout" not in route:
            response = client.get(f"/{route}")
            assert response.status_code in {302, 403, 404}, f"{part} enters /{route}"
            if response.status_code == 302:
                assert "login" in response["Location"] or "beheer" in response["Location"]
