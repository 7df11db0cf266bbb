"""Who may change what: predicates, querysets and permissions agree."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import RoleAssignment, User
from core.access import permitted
from tests.conftest import CAST, Land, make_municipality
from tests.workplaces.conftest import BERGEN, DALEN, MIDDEN, MIDDEN_ZUID, Maker
from workplaces.models import WorkLocation
from workplaces.rules import works_at

PLACES = {
    "bergen": BERGEN,
    "midden": MIDDEN,
    "midden-zuid": MIDDEN_ZUID,
    "dalen": DALEN,
    "buiten": (5.0, 51.0),
}
OFFICE = {"steward", "administrator"}
EDITORS = {
    "bergen": {"worker_here", *OFFICE},
    "dalen": {"worker_elsewhere", *OFFICE},
}


CHANGE = "workplaces.change_location"


def slugs(user: Any) -> set[str]:
    """The locations that a person may change."""
    return set(permitted(WorkLocation.objects.all(), user, CHANGE).values_list("slug", flat=True))


def person(cast: dict[str, User], part: str) -> Any:
    return cast.get(part) or AnonymousUser()


@pytest.fixture
def locations(make_location: Maker) -> dict[str, WorkLocation]:
    made = {name: make_location(name, at=at) for name, at in PLACES.items()}
    return {**made, "nergens": make_location("nergens", at=None)}


@pytest.mark.parametrize("part", CAST)
def test_predicate_and_queryset_agree(
    cast: dict[str, User], locations: dict[str, WorkLocation], part: str
) -> None:
    who = person(cast, part)
    editable = slugs(who)
    for name, location in locations.items():
        expected = part in EDITORS.get(name, OFFICE)
        assert (name in editable) is expected, name
        assert who.has_perm(CHANGE, location) is expected, name


def test_a_role_counts_along_main_parts(
    land: Land, cast: dict[str, User], locations: dict[str, WorkLocation]
) -> None:
    def give(user: User, area: str) -> None:
        RoleAssignment.objects.create(
            user=user, role="area_worker", municipality=land.municipality, area=land[area],
            valid_from=dt.date(2025, 1, 1),
        )  # fmt: skip

    north, south = cast["resident"], cast["neighbour"]
    give(north, "noord-deelgemeente")
    give(south, "zuid-deelgemeente")

    # Midden lies mainly in Noord: its worker counts in all of Midden, also in the strip that belongs to Zuid.
    assert slugs(north) == {"bergen", "midden", "midden-zuid"}
    assert slugs(south) == {"dalen", "midden-zuid"}


def test_no_role_counts_in_another_municipality(cast: dict[str, User], make_location: Maker) -> None:
    other = make_municipality(slug="elders", name="Elders", code="11111")
    location = make_location(municipality=other)
    for part in CAST:
        assert not person(cast, part).has_perm(CHANGE, location)
        assert not slugs(person(cast, part))
        assert not person(cast, part).has_perm("workplaces.import_locations", other)
        assert not person(cast, part).has_perm("workplaces.add_location", other)


def test_ended_roles_do_not_count(cast: dict[str, User], locations: dict[str, WorkLocation]) -> None:
    worker = cast["worker_here"]
    worker.roles.update(valid_until=dt.date(2025, 2, 1))
    again = User.objects.get(pk=worker.pk)
    assert not again.has_perm(CHANGE, locations["bergen"])
    assert not slugs(again)


@pytest.mark.parametrize("part", CAST)
def test_the_office(land: Land, cast: dict[str, User], part: str) -> None:
    who = person(cast, part)
    staff = OFFICE | {"worker_here", "worker_elsewhere"}
    assert who.has_perm("workplaces.import_locations", land.municipality) is (part in OFFICE)
    assert who.has_perm("workplaces.view_quality", land.municipality) is (part in staff)
    assert who.has_perm("workplaces.add_location", land.municipality) is (part in staff)


def test_an_operator_has_no_role_on_the_site(land: Land, locations: dict[str, WorkLocation]) -> None:
    operator = User.objects.create_superuser("op@x.example")
    assert not operator.has_perm(CHANGE, locations["bergen"])
    assert not works_at(operator, land.municipality, None)
