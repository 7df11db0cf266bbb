"""Roles: where they count, when they count, and that queryset and predicate agree."""

import datetime as dt
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings
from zeal import zeal_ignore

from accounts.models import RoleAssignment, User
from accounts.reach import held_by
from accounts.rules import (
    areas_of,
    has_role,
    holds_any_role,
    holds_role_in,
    is_area_worker,
    municipalities_of,
    where,
)
from areas.models import Area, AreaPart
from tests.accounts.helpers import give
from tests.conftest import Land, make_municipality

Role = RoleAssignment.Role


@pytest.fixture
def person(land: Land) -> User:
    return User.objects.create_user("mia@proefdorp.example", name="Mia")


@pytest.mark.parametrize(
    ("holds_in", "reached"),
    [
        ("noord-deelgemeente", {"noord-deelgemeente", "bergen", "midden"}),
        ("zuid-deelgemeente", {"zuid-deelgemeente", "dalen"}),  # not midden, of which 21 % lies in zuid
        ("midden", {"midden"}),
    ],
)
def test_a_role_counts_within_along_main_parts(
    land: Land, person: User, holds_in: str, reached: set[str]
) -> None:
    give(person, Role.AREA_WORKER, land, holds_in)
    assert {
        slug for slug, area in land.areas.items() if has_role(person, Role.AREA_WORKER, area=area)
    } == reached
    assert {slug for slug, area in land.areas.items() if is_area_worker(person, area)} == reached
    assert set(areas_of(person, Role.AREA_WORKER).values_list("slug", flat=True)) == reached
    assert not has_role(person, Role.AREA_WORKER, municipality=land.municipality)


def test_what_is_within_is_what_areas_say(land: Land, person: User) -> None:
    deeper = Area.objects.create(
        municipality=land.municipality, kind=land.kinds["wijk"], slug="hoek", name="Hoek"
    )
    AreaPart.objects.create(
        child=deeper, parent=land["midden"], parent_kind=land.kinds["wijk"], share=1, area_m2=1, is_main=True
    )
    give(person, Role.AREA_WORKER, land, "noord-deelgemeente")
    assert has_role(person, Role.AREA_WORKER, area=deeper)
    assert set(areas_of(person, Role.AREA_WORKER)) == set(Area.objects.within(land["noord-deelgemeente"]))


def test_municipality_wide_role_counts_here_and_nowhere_else(land: Land, person: User) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    abroad = Area.objects.create(municipality=other, kind=land.kinds["wijk"], slug="abroad", name="Abroad")
    give(person, Role.MODERATOR, land)
    assert has_role(person, Role.MODERATOR, municipality=land.municipality)
    assert all(has_role(person, Role.MODERATOR, area=area) for area in land.areas.values())
    assert not has_role(person, Role.MODERATOR, municipality=other)
    assert not has_role(person, Role.MODERATOR, area=abroad)
    assert not has_role(person, Role.ALDERMAN, municipality=land.municipality)
    assert list(municipalities_of(person, Role.MODERATOR)) == [land.municipality]
    assert abroad not in areas_of(person, Role.MODERATOR)


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_a_replacement_counts_in_its_period_only(land: Land, person: User, on: str, counts: bool) -> None:
    holder = User.objects.create_user("jan@proefdorp.example")
    replaced = give(holder, Role.AREA_WORKER, land, "bergen")
    give(
        person, Role.AREA_WORKER, land, "bergen", replaces=replaced,
        valid_from=dt.date(2026, 3, 1), valid_until=dt.date(2026, 3, 31),
    )  # fmt: skip
    day = dt.date.fromisoformat(on)
    assert has_role(person, Role.AREA_WORKER, area=land["bergen"], on=day) is counts
    assert (land["bergen"] in areas_of(person, Role.AREA_WORKER, on=day)) is counts
    assert has_role(holder, Role.AREA_WORKER, area=land["bergen"], on=day)


def test_an_ended_or_coming_role_does_not_count(land: Land, person: User) -> None:
    give(person, Role.ALDERMAN, land, valid_until=dt.date(2025, 6, 30))
    give(person, Role.MODERATOR, land, valid_from=dt.date(2999, 1, 1))
    assert not holds_any_role(person)


def test_nobody_without_an_open_account_holds_a_role(land: Land, person: User, settings: Settings) -> None:
    give(person, Role.MODERATOR, land)
    settings.DEMO = False
    assert holds_any_role(person)
    person.is_demo = True
    assert not holds_any_role(person)
    settings.DEMO = True
    assert holds_any_role(person)
    person.roles_withheld = True
    assert not holds_any_role(person)
    person.roles_withheld, person.is_active = False, False
    assert not holds_any_role(person)
    assert not holds_any_role(AnonymousUser())


def test_queryset_and_predicate_agree_for_everyone(land: Land, cast: dict[str, User]) -> None:
    give(cast["neighbour"], Role.AREA_WORKER, land, "zuid-deelgemeente")
    people: list[User | AnonymousUser] = [AnonymousUser(), *cast.values()]
    for person, role, area in product(people, Role.values, land.areas.values()):
        expected = area in areas_of(person, role)
        assert has_role(person, role, area=area) is expected, (person, role, area)
        assert holds_role_in(role)(person, area) is expected, (person, role, area)


STEWARDSHIP = (
    "areas.import_edition",
    "areas.activate_edition",
    "areas.change_area",
    "areas.view_draft_edition",
)
ADMINISTRATION = ("accounts.manage_roles", "accounts.invite")


@pytest.mark.parametrize(
    ("permissions", "allowed"),
    [(STEWARDSHIP, {"steward", "administrator"}), (ADMINISTRATION, {"administrator"})],
)
def test_who_has_which_permission(
    land: Land, cast: dict[str, User], permissions: tuple[str, ...], allowed: set[str]
) -> None:
    for permission in permissions:
        having = {part for part, person in cast.items() if person.has_perm(permission, land.municipality)}
        assert having == allowed, permission
        assert not AnonymousUser().has_perm(permission, land.municipality)
        with zeal_ignore():  # each person's own permissions, one after another
            assert not any(person.has_perm(permission) for person in cast.values()), (
                "without an object: nobody"
            )


def test_operators_have_the_administration_and_nothing_else(land: Land) -> None:
    operator = User.objects.create_superuser("root@proefdorp.example")
    assert operator.has_perm("areas.change_area")
    assert not operator.has_perm("areas.change_area", land["bergen"])
    assert not operator.has_perm("accounts.manage_roles", land.municipality)


def test_the_place_of_things(land: Land) -> None:
    assert where(land["bergen"]) == (land["bergen"], land.municipality.pk)
    for thing in (land.municipality, land.kinds["wijk"], land.editions["wijk"]):
        assert where(thing) == (None, land.municipality.pk)
    with pytest.raises(TypeError, match="its place is unknown"):
        where(User())


def test_a_request_asks_once(
    land: Land, person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(person, Role.AREA_WORKER, land, "bergen")
    give(person, Role.MODERATOR, land)
    person.roles_kept = {}
    with django_assert_num_queries(2):
        for area in land.areas.values():
            has_role(person, Role.AREA_WORKER, area=area)
            has_role(person, Role.MODERATOR, area=area)


def test_outside_a_request_an_ended_role_ends_at_once(land: Land, person: User) -> None:
    role = give(person, Role.MODERATOR, land)
    assert held_by(person)
    role.delete()
    assert not held_by(person)
