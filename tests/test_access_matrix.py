"""Who may enter where: every address of the site × the whole cast. A new address that is not listed here fails.

An outsider who is signed in gets 404, never 403, so that nobody learns what exists; a visitor is led to the sign-in page. The API
says 401 or 403 on writing what everybody may read.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from accounts.actions import invite
from accounts.models import RoleAssignment, User
from areas.actions import About, check_draft, draft_edition
from areas.models import AddressImport, AreaEdition, Indicator, IndicatorValue
from core.files import store_bytes
from core.models import JobProgress
from tests.areas.addresses.street import BERGEN, house
from tests.areas.files import collection, feature, preset, square
from tests.conftest import CAST, OPERATOR, Land
from tests.intakes import kept_file
from tests.routes import routes
from workplaces.models import WorkLocation

EVERYONE = frozenset(CAST)
PEOPLE = EVERYONE - {"visitor"}
STAFF = PEOPLE - {"resident", "neighbour", "council_member"}
STEWARDS = frozenset({"steward", "administrator"})
EDITORS_IN_BERGEN = STEWARDS | {"worker_here"}
EDITORS_SOMEWHERE = EDITORS_IN_BERGEN | {"worker_elsewhere"}
ADMINISTRATOR = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()

JSON = "application/json"
ENTERED = {200, 204, 302, 303, 400, 409, 422}


@dataclass
class World:
    """Something of everything that an address can be about."""

    land: Land
    location: WorkLocation
    uuids: dict[str, str]

    def path(self, pattern: str) -> str:
        """The address with what exists filled in."""
        return pattern.format(
            location=self.location.slug,
            **self.uuids,
        )


@dataclass(frozen=True)
class Door:
    """Who may pass with which method; `refused` is what an outsider who is signed in gets."""

    path: str
    who: frozenset[str]
    method: str = "get"
    refused: frozenset[int] = frozenset({404})
    visitor: frozenset[int] = frozenset({302, 404})


SHUT = frozenset({404})
API_REFUSAL = frozenset({401, 403})


def api(path: str, who: frozenset[str], method: str) -> Door:
    """A door of the API."""
    return Door(path, who, method, refused=API_REFUSAL | {405}, visitor=API_REFUSAL | {405})


DOORS: dict[str, list[Door]] = {
    "": [Door("/", EVERYONE)],
    "kaart/": [Door("/kaart/", EVERYONE), Door("/kaart/?kies=wijk:bergen&cijfer=inwoners", EVERYONE)],
    "kaart/vergelijken/": [Door("/kaart/vergelijken/", EVERYONE)],
    "kaart/paneel/": [
        Door("/kaart/paneel/?kies=wijk:bergen&cijfer=inwoners", EVERYONE),
        Door("/kaart/paneel/?kies=werklocaties:bib&cijfer=inwoners", EVERYONE),
    ],
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
    "gebieden/": [Door("/gebieden/", EVERYONE), Door("/gebieden/?cijfer=inwoners", EVERYONE)],
    "gebieden/<slug:slug>/": [Door("/gebieden/bergen/", EVERYONE)],
    "gebieden/<slug:slug>/cijfers/": [Door("/gebieden/bergen/cijfers/", EVERYONE)],
    "kaartlagen/<slug:slug>.geojson": [
        Door("/kaartlagen/wijk.geojson", EVERYONE),
        Door("/kaartlagen/werklocaties.geojson", EVERYONE),
    ],
    "ogc/": [Door("/ogc/", EVERYONE), Door("/ogc/?f=html", EVERYONE)],
    "ogc/conformance/?": [Door("/ogc/conformance", EVERYONE), Door("/ogc/conformance?f=html", EVERYONE)],
    "ogc/api/?": [Door("/ogc/api", EVERYONE), Door("/ogc/api?f=html", EVERYONE)],
    "ogc/collections/?": [Door("/ogc/collections", EVERYONE), Door("/ogc/collections?f=html", EVERYONE)],
    "ogc/collections/(?P<slug>[-\\w]+)/?": [
        Door("/ogc/collections/wijk", EVERYONE),
        Door("/ogc/collections/wijk?f=html", EVERYONE),
    ],
    "ogc/collections/(?P<slug>[-\\w]+)/items/?": [
        Door("/ogc/collections/wijk/items", EVERYONE),
        Door("/ogc/collections/wijk/items?f=html", EVERYONE),
        Door("/ogc/collections/werklocaties/items?bbox=4.7,51.4,4.8,51.5", EVERYONE),
    ],
    "ogc/collections/(?P<slug>[-\\w]+)/items/(?P<identifier>[^/]+)/?": [
        Door("/ogc/collections/wijk/items/{area_uuid}", EVERYONE),
        Door("/ogc/collections/wijk/items/{area_uuid}?f=html", EVERYONE),
    ],
    "waar/straat/": [Door("/waar/straat/?straat=Vrijheid", EVERYONE)],
    "waar/": [Door("/waar/", EVERYONE, "post")],
    "gebieden/adressen/": [Door("/gebieden/adressen/", STEWARDS)],
    "gebieden/adressen/<uuid:identifier>/": [Door("/gebieden/adressen/{addresses}/", STEWARDS)],
    "gebieden/adressen/<uuid:identifier>/controleren/": [
        Door("/gebieden/adressen/{addresses}/controleren/", STEWARDS, "post")
    ],
    "gebieden/adressen/<uuid:identifier>/binnenbrengen/": [
        Door("/gebieden/adressen/{addresses}/binnenbrengen/", STEWARDS, "post")
    ],
    "gebieden/adressen/<uuid:identifier>/weg/": [
        Door("/gebieden/adressen/{addresses}/weg/", STEWARDS, "post")
    ],
    "gebieden/grenzen/": [Door("/gebieden/grenzen/", STEWARDS)],
    "gebieden/grenzen/<uuid:identifier>/": [
        Door("/gebieden/grenzen/{edition}/", STEWARDS),
        Door("/gebieden/grenzen/{checked}/", STEWARDS),
    ],
    "gebieden/grenzen/<uuid:identifier>/controleren/": [
        Door("/gebieden/grenzen/{draft}/controleren/", STEWARDS, "post")
    ],
    "gebieden/grenzen/vergelijken/": [
        Door("/gebieden/grenzen/vergelijken/", STEWARDS),
        Door("/gebieden/grenzen/vergelijken/?oud={superseded}&nieuw={edition}", STEWARDS),
    ],
    "gebieden/grenzen/<uuid:identifier>/codes/": [
        Door("/gebieden/grenzen/{checked}/codes/", STEWARDS, "post")
    ],
    "gebieden/grenzen/<uuid:identifier>/terugnemen/": [
        Door("/gebieden/grenzen/{edition}/terugnemen/", STEWARDS),
        Door("/gebieden/grenzen/{edition}/terugnemen/", STEWARDS, "post"),
    ],
    "gebieden/grenzen/<uuid:identifier>/activeren/": [
        Door("/gebieden/grenzen/{draft}/activeren/", STEWARDS, "post")
    ],
    "gebieden/grenzen/<uuid:identifier>/weg/": [Door("/gebieden/grenzen/{draft}/weg/", STEWARDS, "post")],
    "cijfers/": [Door("/cijfers/", EVERYONE)],
    "cijfers/<slug:slug>/": [
        Door("/cijfers/inwoners/", EVERYONE),
        Door("/cijfers/inwoners/?soort=buurt&periode=2024", EVERYONE),
        Door("/cijfers/leeg/", STEWARDS, visitor=frozenset({404})),
    ],
    r"cijfers/(?P<slug>[-\w]+)\.(?P<extension>csv|xlsx)": [
        Door("/cijfers/inwoners.csv", EVERYONE),
        Door("/cijfers/inwoners.xlsx", EVERYONE),
    ],
    "cijfers/nieuw/": [Door("/cijfers/nieuw/", STEWARDS)],
    "cijfers/inlezen/": [Door("/cijfers/inlezen/", STEWARDS)],
    "cijfers/inlezen/<uuid:identifier>/": [Door("/cijfers/inlezen/{figures}/", frozenset({"steward"}))],
    "cijfers/<slug:slug>/bewerken/": [Door("/cijfers/inwoners/bewerken/", STEWARDS)],
    "cijfers/<slug:slug>/weg/": [
        Door("/cijfers/inwoners/weg/", STEWARDS),
        Door("/cijfers/inwoners/weg/", STEWARDS, "post"),
    ],
    "api/v1/cijfers/": [Door("/api/v1/cijfers/", EVERYONE), api("/api/v1/cijfers/", NOBODY, "post")],
    "api/v1/cijfers/<slug:slug>/": [
        Door("/api/v1/cijfers/inwoners/?kind=buurt", EVERYONE),
        api("/api/v1/cijfers/inwoners/", NOBODY, "patch"),
        api("/api/v1/cijfers/inwoners/", NOBODY, "delete"),
    ],
    "mijn/": [Door("/mijn/", PEOPLE)],
    "mijn/downloaden/": [Door("/mijn/downloaden/", PEOPLE, "post")],
    "mijn/verwijderen/": [Door("/mijn/verwijderen/", PEOPLE)],
    "api/v1/": [Door("/api/v1/", EVERYONE)],
    "api/schema/": [Door("/api/schema/", EVERYONE)],
    "api/v1/gebiedssoorten/": [
        Door("/api/v1/gebiedssoorten/", EVERYONE),
        api("/api/v1/gebiedssoorten/", NOBODY, "post"),
    ],
    "api/v1/gebieden/": [Door("/api/v1/gebieden/", EVERYONE), api("/api/v1/gebieden/", NOBODY, "post")],
    "api/v1/gebieden/<uuid:uuid>/": [
        Door("/api/v1/gebieden/{area_uuid}/", EVERYONE),
        api("/api/v1/gebieden/{area_uuid}/", STEWARDS, "patch"),
        api("/api/v1/gebieden/{area_uuid}/", NOBODY, "delete"),
    ],
    "api/v1/werklocaties/": [
        Door("/api/v1/werklocaties/", EVERYONE),
        api("/api/v1/werklocaties/", EDITORS_SOMEWHERE, "post"),
    ],
    "api/v1/werklocaties/<uuid:uuid>/": [
        Door("/api/v1/werklocaties/{location_uuid}/", EVERYONE),
        api("/api/v1/werklocaties/{location_uuid}/", EDITORS_IN_BERGEN, "patch"),
        api("/api/v1/werklocaties/{location_uuid}/", NOBODY, "delete"),
    ],
    "werklocaties/": [Door("/werklocaties/", EVERYONE)],
    r"gebieden/tabel\.(?P<extension>csv|xlsx)": [
        Door("/gebieden/tabel.csv", EVERYONE),
        Door("/gebieden/tabel.xlsx", EVERYONE),
    ],
    r"werklocaties/kwaliteit/tabel\.(?P<extension>csv|xlsx)": [
        Door("/werklocaties/kwaliteit/tabel.csv", EDITORS_SOMEWHERE),
    ],
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
    # No provider is configured: the doors of signing in elsewhere are closed (tests/accounts/oidc opens them).
    "account/aanmelden/<slug:provider_id>/": [
        Door("/account/aanmelden/staff/", NOBODY, "post", visitor=SHUT)
    ],
    "account/aanmelden/<slug:provider_id>/terug/": [
        Door("/account/aanmelden/staff/terug/", NOBODY, visitor=SHUT)
    ],
    "account/afgemeld/<slug:provider_id>/": [Door("/account/afgemeld/staff/", NOBODY, visitor=SHUT)],
    "account/koppelen/": [Door("/account/koppelen/", EVERYONE)],
    "account/koppelingen/": [Door("/account/koppelingen/", NOBODY)],
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
    "account/uitnodiging/<str:token>/": [Door("{invitation_link}", EVERYONE)],
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
        municipality=land.municipality,
        slug="bib",
        name="Bib",
        point=Point(4.72, 51.45, srid=4326),
        precision="address",
    )
    resident = cast["resident"]
    job = JobProgress.objects.create(title="proef", owner=resident.uuid)
    file = store_bytes(
        b"PK\x05\x06" + bytes(18),
        kind="accounts.export",
        owner=resident.uuid,
        name="proef.zip",
        content_type="application/zip",
    )
    table = kept_file("workplaces.locations", land.municipality, b"naam\nProef\n", cast["steward"])
    people = Indicator.objects.create(
        municipality=land.municipality, slug="inwoners", name="Inwoners", is_additive=True, source="proef"
    )
    Indicator.objects.create(municipality=land.municipality, slug="leeg", name="Leeg", source="proef")
    IndicatorValue.objects.create(indicator=people, area=land["bergen"], period="2024", value=120)
    figures = kept_file(
        "areas.figures", land.municipality, b"naam;2024\nBergen;130\nGinds;5\n", cast["steward"],
        reading={"kind": land.kinds["wijk"].pk, "indicator": people.pk},
    )  # fmt: skip
    invitation = invite(
        by=cast["administrator"], municipality=land.municipality, email="nieuw@proefdorp.example",
        role=RoleAssignment.Role.MODERATOR, valid_from=dt.date(2026, 1, 1), why="proef", site="http://testserver",
    )  # fmt: skip
    draft = AreaEdition.objects.create(
        kind=land.kinds["wijk"], reference_date=dt.date(2026, 1, 1), source="proef", sha256="d" * 64
    )
    addresses = AddressImport.objects.create(
        municipality=land.municipality, file_name="proef.csv", sha256="a" * 64, source="proef", reference_date=dt.date(2026, 1, 1)
    )  # fmt: skip
    role = RoleAssignment.objects.get(user=cast["worker_here"])
    house(land.municipality, "Vrijheid", "1", BERGEN)
    superseded, checked = _more_editions(land)
    return World(
        land,
        location,
        {
            "location_uuid": str(location.uuid),
            "area_uuid": str(land["bergen"].uuid),
            "job": str(job.uuid),
            "edition": str(land.editions["wijk"].uuid),
            "draft": str(draft.uuid),
            "addresses": str(addresses.uuid),
            "superseded": str(superseded.uuid),
            "checked": str(checked.uuid),
            "file": str(file.uuid),
            "table": str(table.uuid),
            "figures": str(figures.uuid),
            "role": str(role.uuid),
            "invitation": str(invitation.uuid),
            "invitation_link": invitation.link.removeprefix("http://testserver"),
        },
    )


def _more_editions(land: Land) -> tuple[AreaEdition, AreaEdition]:
    """An edition before the one in force, and a draft that was checked."""
    kind, current = land.kinds["wijk"], land.editions["wijk"]
    old = AreaEdition.objects.create(
        kind=kind, reference_date=dt.date(2020, 1, 1), source="proef", sha256="e" * 64, status="superseded",
        activated_at="2020-01-01T00:00Z",
    )  # fmt: skip
    current.replaces = old
    current.save(update_fields=["replaces"])
    checked = draft_edition(
        kind=kind, data=collection(feature("99999W01", "Bergen", square(0, 3))), file_name="x.geojson",
        preset=preset(), by=OPERATOR, about=About(reference_date=dt.date(2027, 1, 1), source="proef"),
    )  # fmt: skip
    check_draft(edition=checked, by=OPERATOR)
    return old, checked


def test_every_address_is_listed() -> None:
    known = set(DOORS) | ALLAUTH_OPEN | ALLAUTH_SIGNED_IN
    found = {route for route, _name in routes() if not route.startswith("beheer/")}
    assert found - known == set(), "addresses that the matrix does not know"
    assert known - found == set(), "addresses that no longer exist"


def passes(door: Door, part: str, response: HttpResponse) -> bool:
    """Whether a member of the cast got what the matrix says."""
    to_sign_in = (
        response.status_code == 302
        and "next=" in response["Location"]
        and "/account/" in response["Location"]
    )
    if part in door.who:
        return response.status_code in ENTERED and not to_sign_in
    if part == "visitor":
        return response.status_code in door.visitor and (response.status_code != 302 or to_sign_in)
    return response.status_code in door.refused


def test_every_door_for_everyone(world: World, as_part: Callable[[str], Client]) -> None:
    clients = {part: as_part(part) for part in CAST}
    wrong = []
    for door in (door for doors in DOORS.values() for door in doors):
        path = world.path(door.path)
        for part, client in clients.items():
            with transaction.atomic():  # nobody finds what another one changed
                response = getattr(client, door.method)(
                    path, **({"content_type": JSON} if "/api/" in path else {})
                )
                if not passes(door, part, response):
                    wrong.append(f"{door.method} {path} as {part}: {response.status_code}")
                transaction.set_rollback(True)
            cache.clear()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", sorted(ALLAUTH_SIGNED_IN))
def test_pages_of_the_account_are_for_those_who_signed_in(route: str, db: None, client: Client) -> None:
    response = client.get(f"/{route}")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_the_administration_is_for_operators_only(as_part: Callable[[str], Client], land: Land) -> None:
    addresses = [
        route for route, _name in routes() if route.startswith("beheer/") and not set("<(") & set(route)
    ]
    for part in CAST:
        client = as_part(part)
        for address in addresses:
            response = client.get(f"/{address}")
            assert response.status_code in {302, 403, 404}, f"{part} enters /{address}"
            if response.status_code == 302:
                assert response["Location"].startswith(("/account/", "/beheer/"))
