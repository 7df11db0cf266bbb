"""Who may change what: predicates, querysets and permissions agree."""

import datetime as dt
from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import RoleAssignment, User
from tests.conftest import CAST, Land, make_municipality
from tests.workplaces.conftest import BERGEN, DALEN, MIDDEN, MIDDEN_ZUID, Maker
from workplaces.models import WorkLocation
from workplaces.rules import is_staff_of, may_change, may_import, works_at

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
    editable = set(WorkLocation.objects.editable_by(who).values_list("slug", flat=True))
    for name, location in locations.items():
        expected = part in EDITORS.get(name, OFFICE)
        assert may_change(who, location) is expected, name
        assert (name in editable) is expected, name
        assert rules.has_perm("workplaces.change_location", who, location) is expected


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

    def slugs(user: User) -> set[str]:
        return set(WorkLocation.objects.editable_by(user).values_list("slug", flat=True))

    # Midden lies mainly in Noord: its worker counts in all of Midden, also in the strip that belongs to Zuid.
    assert slugs(north) == {"bergen", "midden", "midden-zuid"}
    assert slugs(south) == {"dalen", "midden-zuid"}


def test_no_role_counts_in_another_municipality(cast: dict[str, User], make_location: Maker) -> None:
    other = make_municipality(slug="elders", name="Elders", code="11111")
    location = make_location(municipality=other)
    for part in CAST:
        assert not may_change(person(cast, part), location)
        assert not WorkLocation.objects.editable_by(person(cast, part)).exists()
        assert not may_import(person(cast, part), other)
        assert not is_staff_of(person(cast, part), other)


def test_ended_roles_do_not_count(cast: dict[str, User], locations: dict[str, WorkLocation]) -> None:
    worker = cast["worker_here"]
    worker.roles.update(valid_until=dt.date(2025, 2, 1))
    again = User.objects.get(pk=worker.pk)
    assert not may_change(again, locations["bergen"])
    assert not WorkLocation.objects.editable_by(again).exists()


@pytest.mark.parametrize("part", CAST)
def test_the_office(land: Land, cast: dict[str, User], part: str) -> None:
    who = person(cast, part)
    staff = OFFICE | {"worker_here", "worker_elsewhere"}
    assert rules.has_perm("workplaces.import_locations", who, land.municipality) is (part in OFFICE)
    assert rules.has_perm("workplaces.view_quality", who, land.municipality) is (part in staff)
    assert rules.has_perm("workplaces.add_location", who, land.municipality) is (part in staff)


def test_an_operator_has_no_role_on_the_site(land: Land, locations: dict[str, WorkLocation]) -> None:
    operator = User.objects.create_superuser("op@x.example")
    assert not may_change(operator, locations["bergen"])
    assert not works_at(operator, land.municipality, None)
