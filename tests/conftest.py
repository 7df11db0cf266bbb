"""The fixed cast, and a small municipality for it to live in: three villages in two districts on a plain grid.

kind deelgemeente:  Noord (N)            Zuid (Z)
kind wijk:          Bergen  Midden  Dalen
                    in N    79 % N, 21 % Z (two parents)   in Z
"""

import datetime as dt
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings

from accounts.models import RoleAssignment, User
from areas.models import Area, AreaCode, AreaEdition, AreaKind, AreaPart, AreaShape, Municipality
from core.verbs import Operator
from tests import budget
from tests.changed import leave_out
from tests.needs import pytest_runtest_setup as pytest_runtest_setup
from tests.template import django_db_modify_db_settings as django_db_modify_db_settings

# A busy machine is slow, which says nothing of the code.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

Role = RoleAssignment.Role
OPERATOR = Operator("tests")
CAST = (
    "visitor",
    "resident",
    "neighbour",
    "council_member",
    "secretary",
    "worker_here",
    "worker_elsewhere",
    "moderator",
    "alderman",
    "steward",
    "administrator",
)
# Who holds which role where; the others have an account, or none at all.
ROLES: dict[str, tuple[Role, str | None]] = {
    "secretary": (Role.COUNCIL_SECRETARY, "bergen"),
    "worker_here": (Role.AREA_WORKER, "bergen"),
    "worker_elsewhere": (Role.AREA_WORKER, "dalen"),
    "moderator": (Role.MODERATOR, None),
    "alderman": (Role.ALDERMAN, None),
    "steward": (Role.DATA_STEWARD, None),
    "administrator": (Role.ADMINISTRATOR, None),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    budget.add_option(parser)
    parser.addoption("--changed", action="store_true", help="only the tests of what changed since main")


def pytest_configure(config: pytest.Config) -> None:
    budget.install(config)


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None, None, None]:
    """The browser last: Playwright leaves a loop in its process, beside which no other test can have one."""
    yield
    if config.getoption("changed"):
        leave_out(config, items)
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def long_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process remembers for seconds it remembers for the whole test, however slow the machine."""
    for module in ("chrome", "current", "map.layercache"):
        monkeypatch.setattr(f"areas.{module}.SECONDS", 3600)


@dataclass
class Land:
    """The small municipality: `areas` by slug."""

    municipality: Municipality
    kinds: dict[str, AreaKind]
    editions: dict[str, AreaEdition]
    areas: dict[str, Area] = field(default_factory=dict)

    def __getitem__(self, slug: str) -> Area:
        return self.areas[slug]


def box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """A rectangle in degrees."""
    return MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)


def make_municipality(**fields: object) -> Municipality:
    """A municipality with sensible values for what is not given."""
    values: dict[str, object] = {
        "slug": "proefdorp",
        "name": "Proefdorp",
        "full_name": "Gemeente Proefdorp",
        "country": "BE",
        "code": "99999",
        "srid": 31370,
        "contact_name": "Onthaal gemeentehuis",
        "contact_email": "onthaal@proefdorp.example",
        **fields,
    }
    return Municipality.objects.create(**values)


SQUARES = {
    "deelgemeente": {
        "noord-deelgemeente": ("Noord", "99999N", (4.70, 51.43, 4.80, 51.47)),
        "zuid-deelgemeente": ("Zuid", "99999Z", (4.70, 51.40, 4.80, 51.43)),
    },
    "wijk": {
        "bergen": ("Bergen", "99999W01", (4.70, 51.43, 4.75, 51.47)),
        "midden": ("Midden", "99999W02", (4.75, 51.422, 4.80, 51.47)),
        "dalen": ("Dalen", "99999W03", (4.70, 51.40, 4.75, 51.43)),
    },
}
PARTS = {  # child: {parent: share}
    "bergen": {"noord-deelgemeente": 1.0},
    "midden": {"noord-deelgemeente": 0.79, "zuid-deelgemeente": 0.21},
    "dalen": {"zuid-deelgemeente": 1.0},
}


@pytest.fixture
def land(db: None) -> Land:
    """The small municipality with boundaries in force."""
    return make_land()


def make_land(municipality: Municipality | None = None, prefix: str = "") -> Land:
    """A municipality with boundaries in force; the names of its areas may begin with a word that tells whose they are."""
    municipality = municipality or make_municipality()
    kinds = {
        "deelgemeente": AreaKind.objects.create(
            municipality=municipality, slug="deelgemeente", name="Deelgemeente", plural="Deelgemeenten",
            rank=20, scheme="nis6",
        ),
        "wijk": AreaKind.objects.create(
            municipality=municipality, slug="wijk", name="Wijk", plural="Wijken",
            rank=40, scheme="ggw7", is_working_level=True,
        ),
    }  # fmt: skip
    land = Land(municipality, kinds, {})
    for slug, kind in kinds.items():
        edition = AreaEdition.objects.create(
            kind=kind, reference_date=dt.date(2025, 1, 1), source="proef", sha256=slug.ljust(64, "0"),
            status="active", activated_at=timezone.now(), outline_path="M0 0H7000V7800H0Z", outline_box="0 0 7000 7800",
        )  # fmt: skip
        land.editions[slug] = edition
        for area_slug, (name, code, bounds) in SQUARES[slug].items():
            name = f"{prefix}{name.lower()}" if prefix else name
            area = Area.objects.create(municipality=municipality, kind=kind, slug=area_slug, name=name)
            AreaCode.objects.create(municipality=municipality, area=area, scheme=kind.scheme, code=code)
            geom = box(*bounds)
            AreaShape.objects.create(
                edition=edition, area=area, geom=geom, overview=geom, label_point=geom.point_on_surface,
                area_m2=1e7, measured_srid=31370, content_hash=area_slug.ljust(64, "0"),
                path="M0 0 3500 0 3500 4400 0 4400Z", box="0 0 3500 4400",
            )  # fmt: skip
            land.areas[area_slug] = area
    for child, parents in PARTS.items():
        for parent, share in parents.items():
            AreaPart.objects.create(
                child=land[child], parent=land[parent], parent_kind=kinds["deelgemeente"],
                share=share, area_m2=share * 1e7, is_main=share > 0.5,
            )  # fmt: skip
    return land


@pytest.fixture
def cast(land: Land) -> dict[str, User]:
    """Everyone with an account, by their part; the visitor has none."""
    return make_cast(land)


def make_cast(land: Land) -> dict[str, User]:
    """The cast of a municipality."""
    domain = f"{land.municipality.slug}.example"
    made = [User(email=f"{part}@{domain}", name=part.replace("_", " ").title()) for part in CAST[1:]]
    for person in made:
        person.set_unusable_password()
    people = dict(zip(CAST[1:], User.objects.bulk_create(made), strict=True))
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=people[part], role=role, municipality=land.municipality,
            area=land[area] if area else None, valid_from=dt.date(2025, 1, 1),
        )
        for part, (role, area) in ROLES.items()
    )  # fmt: skip
    return people


def show_second_factor(client: Client, user: User) -> None:
    """Make the session of a test look like one that signed in with a code of an authenticator app."""
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session.save()


@pytest.fixture
def as_part(cast: dict[str, User]) -> Callable[[str], Client]:
    """A browser of a member of the cast; staff have passed their second factor."""
    return lambda part: browser_of(cast.get(part))


def browser_of(person: User | None) -> Client:
    """A browser in which somebody signed in, with a second factor; of a visitor when it is nobody."""
    client = Client()
    if person is not None:
        client.force_login(person, backend="accounts.backends.PersonBackend")
        show_second_factor(client, person)
    return client
