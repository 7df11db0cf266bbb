"""Two municipalities in one database: staff of one are strangers in the other, and no page or layer of one shows up in the other.

The neighbour has the same slugs and the same shapes, so that whatever forgets to ask whose it is gives itself away.
"""

import gzip
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.conftest import browser_of, make_cast, make_land, make_municipality
from tests.doors import JSON, Door, World, all_doors, furnish
from tests.stage import world as world
from workplaces.models import Service, WorkLocation

HERE, THERE = "proefdorp.example", "overdorp.example"
STAFF = ("worker_here", "steward", "administrator")


@pytest.fixture(scope="module")
def there(world: World) -> Iterator[World]:
    """The neighbour, and of everything something in it; what is somebody's own there belongs to our people."""
    with override_settings(ALLOWED_HOSTS=[HERE, THERE, "testserver"]):
        ours = world.land.municipality
        ours.hosts = [HERE, "testserver"]
        ours.save()
        overdorp = make_municipality(
            slug="overdorp", name="Overdorp", full_name="Gemeente Overdorp", code="99998", hosts=[THERE]
        )
        land = make_land(overdorp, prefix="Over")
        yield furnish(World(land, make_cast(land), owners=world.cast, prefix="Over"))


def asked(client: Client, door: Door, path: str, host: str) -> int:
    """The answer, of which nobody keeps anything."""
    with transaction.atomic():
        status: int = getattr(client, door.method)(path, headers={"host": host}, **door.sent).status_code
        transaction.set_rollback(True)
    return status


def private_doors() -> list[Door]:
    """Every door that is not open to everybody."""
    return [door for _route, door in all_doors() if "visitor" not in door.who and not door.personal]


@pytest.mark.parametrize("part", STAFF)
def test_staff_are_strangers_next_door(world: World, there: World, db: None, part: str) -> None:
    client = browser_of(world.cast[part])
    entered = [
        (door.method, path, host)
        for door in private_doors()
        # What is theirs at its own address, and carried to ours.
        for path, host in ((there.path(door.path), THERE), (there.path(door.path), HERE))
        if (host == THERE or path != world.path(door.path))
        # An identifier in a question is refused by the form it was typed in.
        and asked(client, door, path, host) not in {401, 403, 404, 405, 422 if "?" in path else 404}
    ]
    assert entered == []


@pytest.mark.parametrize("part", STAFF)
def test_no_door_opens_without_the_second_factor(world: World, db: None, part: str) -> None:
    client = Client()
    client.force_login(world.cast[part], backend="accounts.backends.PersonBackend")
    for door in private_doors():
        path = world.path(door.path)
        for headers in ({}, {"HX-Request": "true"}):
            answer = getattr(client, door.method)(path, headers=headers, **door.sent)
            to_factor = answer.status_code == 302 and answer["Location"].startswith("/account/2fa/")
            assert to_factor or answer.status_code in {401, 403, 404, 405}, (door, answer.status_code)


def test_readers_see_one_municipality(world: World, there: World, db: None) -> None:
    client = Client()
    for address in (
        "/", "/kaart/", "/kaart/paneel/?kies=wijk:bergen", "/zoeken/?q=bergen&alles", "/gebieden/", "/gebieden/bergen/",
        "/kaartlagen/wijk.geojson", "/kaartlagen/werklocaties.geojson", "/api/v1/gebieden/", "/api/v1/werklocaties/",
        "/werklocaties/", "/werklocaties/bib/", "/werklocaties/tabel.csv", "/privacy/", "/open-data/",
        "/cijfers/", "/cijfers/inwoners/", "/cijfers/inwoners.csv", "/api/v1/cijfers/", "/api/v1/cijfers/inwoners/",
        "/kaart/?cijfer=inwoners", "/kaart/vergelijken/", "/gebieden/?cijfer=inwoners", "/ogc/?f=json",
        "/ogc/collections?f=json", "/ogc/collections/wijk/items?f=json", "/ogc/collections/werklocaties/items?f=json",
    ):  # fmt: skip
        pages = {}
        for host in (HERE, THERE, HERE):  # what one leaves in a cache is not for the other
            answer = client.get(address, headers={"host": host})
            assert answer.status_code == 200, address
            body = answer.getvalue()
            packed = answer.get("Content-Encoding") == "gzip"
            pages[host] = (gzip.decompress(body) if packed else body).decode()
        for word in ("Overbergen", "Overbib", "Overdorp", "Overbewoners", "987.654", "987654"):
            assert word not in pages[HERE], address
        for word in ("Proefdorp", "Dalen", ">Bib<", '"Bib"'):
            assert word not in pages[THERE], address


def test_readers_cannot_carry_an_identifier_over(world: World, there: World, db: None) -> None:
    client = Client()
    for path in ("/api/v1/gebieden/{area_uuid}/", "/api/v1/werklocaties/{location_uuid}/"):
        assert client.get(there.path(path), headers={"host": HERE}).status_code == 404
        assert client.get(there.path(path), headers={"host": THERE}).status_code == 200


def test_services_and_areas_cannot_be_borrowed(world: World, there: World, db: None) -> None:
    location = WorkLocation.objects.get(municipality=world.land.municipality)
    service = Service.objects.create(municipality=there.land.municipality, slug="vreemd", name="Vreemd")
    steward = browser_of(world.cast["steward"])
    path = world.path("/api/v1/werklocaties/{location_uuid}/")
    sent = {"version": location.version, "services": ["vreemd"]}
    assert steward.patch(path, sent, content_type=JSON).status_code == 400
    form = {"version": location.version, "services": [str(service.pk)]}
    steward.post("/werklocaties/bib/bewerken/diensten/", form)
    assert not location.offers.exists()
    administrator = browser_of(world.cast["administrator"])
    given = {
        "user": there.cast["administrator"].pk, "role": "moderator",
        "area": there.land["bergen"].pk, "valid_from": "2026-01-01", "why": "proef",
    }  # fmt: skip
    assert administrator.post("/account/rollen/geven/", given).status_code == 422
    invited = {**given, "email": "x@proefdorp.example"}
    assert administrator.post("/account/uitnodigen/", invited).status_code == 422
