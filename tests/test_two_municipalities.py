"""Two municipalities in one database: staff of one are strangers in the other, and no page or layer of one shows up in the other.

The neighbour has the same slugs and the same shapes, so that whatever forgets to ask whose it is gives itself away.
"""

import datetime as dt
import gzip
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.contrib.gis.geos import Point
from django.db import transaction
from django.test import Client

from accounts.actions import invite
from accounts.models import RoleAssignment, User
from areas.models import (
    AddressImport,
    Area,
    AreaEdition,
    AreaKind,
    AreaShape,
    Indicator,
    IndicatorValue,
)
from tests.conftest import Land, box, make_municipality
from tests.intakes import kept_file
from tests.test_access_matrix import DOORS, JSON, Door, World, world
from workplaces.models import Service, WorkLocation

__all__ = ["world"]

HERE, THERE = "proefdorp.example", "overdorp.example"
STAFF = ("worker_here", "steward", "administrator")
OPEN_WITHOUT_FACTOR = {"mijn/", "mijn/downloaden/", "mijn/verwijderen/"}
# Each is entered by its owner alone, wherever that is.
PERSONAL = {*OPEN_WITHOUT_FACTOR, "voortgang/<uuid:identifier>/", "bestanden/<uuid:identifier>/"}


@pytest.fixture
def there(world: World, cast: dict[str, User], settings: LazySettings) -> World:
    """The neighbour, and of everything something in it."""
    settings.ALLOWED_HOSTS = [HERE, THERE, "testserver"]
    ours = world.land.municipality
    ours.hosts = [HERE, "testserver"]
    ours.save()
    overdorp = make_municipality(
        slug="overdorp", name="Overdorp", full_name="Gemeente Overdorp", code="99998", hosts=[THERE]
    )
    kind = AreaKind.objects.create(
        municipality=overdorp, slug="wijk", name="Wijk", plural="Wijken", rank=40, scheme="ggw7",
        is_working_level=True,
    )  # fmt: skip
    about = {"kind": kind, "reference_date": dt.date(2025, 1, 1), "source": "proef"}
    edition = AreaEdition.objects.create(
        **about, sha256="e" * 64, status="active", activated_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        outline_path="M0 0H7000V7800H0Z", outline_box="0 0 7000 7800",
    )  # fmt: skip
    draft = AreaEdition.objects.create(**about, sha256="f" * 64)
    area = Area.objects.create(municipality=overdorp, kind=kind, slug="bergen", name="Overbergen")
    shape = box(4.70, 51.43, 4.75, 51.47)
    AreaShape.objects.create(
        edition=edition, area=area, geom=shape, overview=shape, label_point=shape.point_on_surface, area_m2=1e7,
        measured_srid=31370, content_hash="b" * 64, path="M0 0 3500 0 3500 4400 0 4400Z", box="0 0 3500 4400",
    )  # fmt: skip
    location = WorkLocation.objects.create(
        municipality=overdorp, slug="bib", name="Overbib", point=Point(4.72, 51.45, srid=4326), precision="address"
    )  # fmt: skip
    boss = User.objects.create_user("baas@overdorp.example", name="Baas")
    role = RoleAssignment.objects.create(
        user=boss,
        role=RoleAssignment.Role.ADMINISTRATOR,
        municipality=overdorp,
        valid_from=dt.date(2025, 1, 1),
    )
    invitation = invite(
        by=boss, municipality=overdorp, email="nieuw@overdorp.example", role=RoleAssignment.Role.MODERATOR,
        valid_from=dt.date(2026, 1, 1), why="proef", site="http://overdorp.example",
    )  # fmt: skip
    table = kept_file("workplaces.locations", overdorp, b"naam\nProef\n", cast["steward"])
    people = Indicator.objects.create(
        municipality=overdorp, slug="inwoners", name="Overbewoners", source="proef"
    )
    IndicatorValue.objects.create(indicator=people, area=area, period="2024", value=987_654)
    figures = kept_file(
        "areas.figures", overdorp, b"naam;2024\nOverbergen;5\n", cast["steward"],
        reading={"kind": kind.pk, "indicator": people.pk},
    )  # fmt: skip
    addresses = AddressImport.objects.create(
        municipality=overdorp, file_name="x.csv", sha256="a" * 64, source="proef", reference_date=dt.date(2026, 1, 1)
    )  # fmt: skip
    superseded = AreaEdition.objects.create(
        **about, sha256="c" * 64, status="superseded", activated_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    )
    checked = AreaEdition.objects.create(**about, sha256="b" * 64)
    return World(
        Land(overdorp, {"wijk": kind}, {"wijk": edition}, {"bergen": area}),
        location,
        {
            **world.uuids,
            "location_uuid": str(location.uuid),
            "area_uuid": str(area.uuid),
            "edition": str(edition.uuid),
            "draft": str(draft.uuid),
            "superseded": str(superseded.uuid),
            "checked": str(checked.uuid),
            "addresses": str(addresses.uuid),
            "figures": str(figures.uuid),
            "table": str(table.uuid),
            "role": str(role.uuid),
            "invitation": str(invitation.uuid),
        },
    )


def asked(client: Client, door: Door, path: str, host: str) -> int:
    """The answer, of which nobody keeps anything."""
    more = {"content_type": JSON} if "/api/" in path else {}
    with transaction.atomic():
        status: int = getattr(client, door.method)(path, headers={"host": host}, **more).status_code
        transaction.set_rollback(True)
    return status


def private_doors() -> list[Door]:
    """Every door that is not open to everybody."""
    return [
        door
        for route, doors in DOORS.items()
        for door in doors
        if "visitor" not in door.who and route not in PERSONAL
    ]


@pytest.mark.parametrize("part", STAFF)
def test_staff_are_strangers_next_door(
    world: World, there: World, as_part: Callable[[str], Client], part: str
) -> None:
    client = as_part(part)
    entered = [
        (door.method, path, host)
        for door in private_doors()
        # What is theirs at its own address, and carried to ours.
        for path, host in ((there.path(door.path), THERE), (there.path(door.path), HERE))
        if (host == THERE or "{" in door.path.replace("{location}", ""))
        # An identifier in a question is refused by the form it was typed in.
        and asked(client, door, path, host) not in {401, 403, 404, 405, 422 if "?" in path else 404}
    ]
    assert entered == []


@pytest.mark.parametrize("part", STAFF)
def test_no_door_opens_without_the_second_factor(world: World, cast: dict[str, User], part: str) -> None:
    client = Client()
    client.force_login(cast[part], backend="accounts.backends.PersonBackend")
    for door in private_doors():
        path = world.path(door.path)
        more = {"content_type": JSON} if "/api/" in path else {}
        for headers in ({}, {"HX-Request": "true"}):
            answer = getattr(client, door.method)(path, headers=headers, **more)
            to_factor = answer.status_code == 302 and answer["Location"].startswith("/account/2fa/")
            assert to_factor or answer.status_code in {401, 403, 404, 405}, (door, answer.status_code)


def test_readers_see_one_municipality(world: World, there: World) -> None:
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


def test_readers_cannot_carry_an_identifier_over(world: World, there: World) -> None:
    client = Client()
    for path in ("/api/v1/gebieden/{area_uuid}/", "/api/v1/werklocaties/{location_uuid}/"):
        assert client.get(there.path(path), headers={"host": HERE}).status_code == 404
        assert client.get(there.path(path), headers={"host": THERE}).status_code == 200


def test_services_and_areas_cannot_be_borrowed(
    world: World, there: World, as_part: Callable[[str], Client]
) -> None:
    service = Service.objects.create(municipality=there.land.municipality, slug="vreemd", name="Vreemd")
    steward = as_part("steward")
    path = world.path("/api/v1/werklocaties/{location_uuid}/")
    sent = {"version": world.location.version, "services": ["vreemd"]}
    assert steward.patch(path, sent, content_type=JSON).status_code == 400
    form = {"version": world.location.version, "services": [str(service.pk)]}
    steward.post("/werklocaties/bib/bewerken/diensten/", form)
    assert not world.location.offers.exists()
    administrator = as_part("administrator")
    given = {
        "user": RoleAssignment.objects.get(municipality=there.land.municipality).user.pk, "role": "moderator",
        "area": there.land["bergen"].pk, "valid_from": "2026-01-01", "why": "proef",
    }  # fmt: skip
    assert administrator.post("/account/rollen/geven/", given).status_code == 422
    invited = {**given, "email": "x@proefdorp.example"}
    assert administrator.post("/account/uitnodigen/", invited).status_code == 422
