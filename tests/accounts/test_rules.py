"""Roles: where they count, when they count, and that one object and a queryset are answered alike."""

import datetime as dt
import importlib
from collections.abc import Iterable
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries, Settings
from zeal import zeal_ignore

from accounts import reach
from accounts.models import Absence, Invitation, RoleAssignment, User, WorkingWeek
from accounts.reach import held_by
from accounts.rules import Rule, grant, grants, oneself, role_everywhere, role_here, role_somewhere
from areas.models import AddressImport, Area, AreaPart, Indicator
from core.access import permitted
from tests.accounts.helpers import FIRST, give
from tests.conftest import CAST, Land, make_municipality
from tests.verbs import ROOT, our_apps
from workplaces.models import Team, WorkLocation

Role = RoleAssignment.Role
HOLDS: dict[str, Rule] = {role: role_here(role) for role in Role.values}


@pytest.fixture
def person(land: Land) -> User:
    return User.objects.create_user("mia@proefdorp.example", name="Mia")


def reached(person: User | AnonymousUser, role: str) -> set[str]:
    """The areas where a person holds a role, asked in both ways."""
    found = {area.slug for area in Area.objects.all() if HOLDS[role].holds(person, area)}
    assert set(Area.objects.filter(HOLDS[role].rows(person, Area)).values_list("slug", flat=True)) == found
    return found


@pytest.mark.parametrize(
    ("holds_in", "expected"),
    [
        ("noord-deelgemeente", {"noord-deelgemeente", "bergen", "midden"}),
        ("zuid-deelgemeente", {"zuid-deelgemeente", "dalen"}),  # not midden, of which 21 % lies in zuid
        ("midden", {"midden"}),
    ],
)
def test_a_role_counts_within_along_main_parts(
    land: Land, person: User, holds_in: str, expected: set[str]
) -> None:
    give(person, Role.AREA_WORKER, land, holds_in)
    with zeal_ignore():
        assert reached(person, Role.AREA_WORKER) == expected
    assert not HOLDS[Role.AREA_WORKER].holds(person, land.municipality)


def test_what_is_within_is_what_areas_say(land: Land, person: User) -> None:
    deeper = Area.objects.create(
        municipality=land.municipality, kind=land.kinds["wijk"], slug="hoek", name="Hoek"
    )
    AreaPart.objects.create(
        child=deeper, parent=land["midden"], parent_kind=land.kinds["wijk"], share=1, area_m2=1, is_main=True
    )
    give(person, Role.AREA_WORKER, land, "noord-deelgemeente")
    within = Area.objects.within(land["noord-deelgemeente"]).values_list("slug", flat=True)
    with zeal_ignore():
        assert reached(person, Role.AREA_WORKER) == set(within) >= {"hoek"}


def test_municipality_wide_role_counts_here_and_nowhere_else(land: Land, person: User) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    Area.objects.create(municipality=other, kind=land.kinds["wijk"], slug="abroad", name="Abroad")
    give(person, Role.MODERATOR, land)
    moderates = HOLDS[Role.MODERATOR]
    assert moderates.holds(person, land.municipality)
    assert not moderates.holds(person, other)
    assert not HOLDS[Role.ALDERMAN].holds(person, land.municipality)
    with zeal_ignore():
        assert reached(person, Role.MODERATOR) == set(land.areas)


def test_everywhere_here_and_somewhere(land: Land, person: User) -> None:
    give(person, Role.AREA_WORKER, land, "bergen")
    give(person, Role.MODERATOR, land)
    asked = {"everywhere": role_everywhere, "here": role_here, "somewhere": role_somewhere}
    bergen = {name: rule(Role.AREA_WORKER).holds(person, land["bergen"]) for name, rule in asked.items()}
    whole = {name: rule(Role.AREA_WORKER).holds(person, land.municipality) for name, rule in asked.items()}
    assert bergen == {"everywhere": False, "here": True, "somewhere": True}
    assert whole == {"everywhere": False, "here": False, "somewhere": True}
    assert all(rule(Role.MODERATOR).holds(person, land["bergen"]) for rule in asked.values())


def test_two_roles_make_one_reach(land: Land, person: User) -> None:
    give(person, Role.AREA_WORKER, land, "bergen")
    give(person, Role.MODERATOR, land, "dalen")
    team = Team.objects.create(municipality=land.municipality, slug="team", name="Team")
    team.areas.set([land["bergen"], land["dalen"]])
    both = (Role.AREA_WORKER, Role.MODERATOR)
    assert role_here(*both, every=True).holds(person, team)
    assert not role_here(Role.AREA_WORKER, every=True).holds(person, team)
    apart = role_here(Role.AREA_WORKER, every=True) | role_here(Role.MODERATOR, every=True)
    assert not apart.holds(person, team)
    assert not Team.objects.filter(apart.rows(person, Team)).exists()


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
    assert bool(held_by(person, day)) is counts
    assert held_by(holder, day)


def test_an_ended_or_coming_role_does_not_count(land: Land, person: User) -> None:
    give(person, Role.ALDERMAN, land, valid_until=dt.date(2025, 6, 30))
    give(person, Role.MODERATOR, land, valid_from=dt.date(2999, 1, 1))
    assert not held_by(person)


def test_nobody_without_an_open_account_holds_a_role(land: Land, person: User, settings: Settings) -> None:
    give(person, Role.MODERATOR, land)

    def counts() -> bool:
        answer = HOLDS[Role.MODERATOR].holds(person, land.municipality)
        assert Area.objects.filter(HOLDS[Role.MODERATOR].rows(person, Area)).exists() is answer
        return answer

    settings.DEMO = False
    assert counts()
    person.is_demo = True
    assert not counts()
    settings.DEMO = True
    assert counts()
    person.roles_withheld = True
    assert not counts()
    person.roles_withheld, person.is_active = False, False
    assert not counts()
    assert not held_by(AnonymousUser())


class Stranger:
    """What takes part without being a person: a key of a round or a session."""

    key = "abc"


def things(land: Land, person: User) -> Iterable[type[Model]]:
    """Rows of every model that a permission is about, with every sort of place, here and in another municipality."""
    other = make_municipality(slug="elders", name="Elders", code="88888")
    for municipality in (land.municipality, other):
        Indicator.objects.create(municipality=municipality, slug="inwoners", name="Inwoners")
        AddressImport.objects.create(
            municipality=municipality,
            file_name="a.csv",
            sha256="0" * 64,
            source="proef",
            reference_date=FIRST,
        )
        for number, at in enumerate([(4.72, 51.45), (4.78, 51.425), (4.72, 51.41), (5.0, 51.0), None]):
            WorkLocation.objects.create(
                municipality=municipality, slug=f"loket-{number}", name="Loket",
                point=Point(*at, srid=4326) if at else None, precision="address" if at else "none",
            )  # fmt: skip
        here = municipality == land.municipality
        for number, slug in enumerate([None, *land.areas] if here else [None]):
            Invitation.objects.create(
                municipality=municipality, email="nieuw@proefdorp.example", role=Role.MODERATOR, valid_from=FIRST,
                area=land[slug] if slug else None, token_hash=f"{municipality.pk}-{number}", why="proef",
                expires_at="2999-01-01T00:00:00Z",
            )  # fmt: skip
    RoleAssignment.objects.create(user=person, role=Role.MODERATOR, municipality=other, valid_from=FIRST)
    for municipality, areas in ((land.municipality, [None, *land.areas.values()]), (other, [None])):
        for app in our_apps():
            if (ROOT / "tests" / app / "things.py").exists():
                importlib.import_module(f"tests.{app}.things").things(municipality, areas, person)
    Absence.objects.create(user=person, municipality=land.municipality, first=FIRST, last=FIRST)
    WorkingWeek.objects.create(user=person)
    return {model for one in grants.values() for model in one.about}


def test_every_permission_of_every_app_says_the_same_of_an_object_and_of_a_queryset(
    land: Land, cast: dict[str, User], person: User
) -> None:
    for role, slug in product(Role.values, ("noord-deelgemeente", "midden")):
        if role != Role.ADMINISTRATOR:
            many = User.objects.create_user(f"{role}-{slug}@proefdorp.example")
            cast[f"{role} in {slug}"] = many
            give(many, role, land, slug)
            give(many, Role.MODERATOR, land, "dalen") if role != Role.MODERATOR else None
    cast["person"] = person
    cast["withheld"] = User.objects.create_user("zonder@proefdorp.example")
    give(cast["withheld"], Role.DATA_STEWARD, land)
    cast["withheld"].roles_withheld = True
    rows: dict[type[Model], list[Model]] = {
        model: list(model._base_manager.all()) for model in things(land, person)
    }
    assert all(rows.values()), "an empty table would prove nothing"
    said: dict[str, set[bool]] = {permission: set() for permission in grants}
    with zeal_ignore():
        everybody: list[User | AnonymousUser] = [AnonymousUser(), *cast.values(), person]
        for who in everybody:
            if isinstance(who, User):
                who.roles_kept, who.absences_kept = {}, {}
            for permission, one in grants.items():
                for model in one.about:
                    found = set(permitted(model._base_manager.all(), who, permission))
                    for row in rows[model]:
                        answer = who.has_perm(permission, row)
                        assert answer is (row in found), (str(who), permission, row)
                        said[permission].add(answer)
    assert all(answers == {True, False} for answers in said.values()), said


def test_a_participant_has_no_role(land: Land) -> None:
    stranger: Any = Stranger()
    for rule in (*HOLDS.values(), oneself("user")):
        assert not rule.holds(stranger, RoleAssignment(municipality=land.municipality, user_id=1))
        assert not RoleAssignment.objects.filter(rule.rows(stranger, RoleAssignment)).exists()


STEWARDSHIP = ("areas.import_edition", "areas.activate_edition", "areas.change_area")
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


def test_one_sees_ones_own_roles_and_those_that_one_administers(land: Land, cast: dict[str, User]) -> None:
    for part in CAST[1:]:
        seen = set(RoleAssignment.objects.visible_to(cast[part]))
        everything = part == "administrator"
        assert seen == set(RoleAssignment.objects.all() if everything else cast[part].roles.all())
    assert not RoleAssignment.objects.visible_to(AnonymousUser()).exists()


def test_a_permission_is_asked_about_what_it_is_about(land: Land, cast: dict[str, User]) -> None:
    with pytest.raises(TypeError, match="is not asked about a Municipality"):
        cast["steward"].has_perm("workplaces.change_location", land.municipality)
    with pytest.raises(TypeError, match="is not asked about a Area"):
        permitted(Area.objects.all(), cast["steward"], "areas.import_figures")
    with pytest.raises(KeyError):
        grant("areas.change_area", role_here(Role.MODERATOR), Area)


def test_operators_have_the_administration_and_nothing_else(land: Land) -> None:
    operator = User.objects.create_superuser("root@proefdorp.example")
    assert operator.has_perm("areas.change_area")
    assert not operator.has_perm("areas.change_area", land["bergen"])
    assert not permitted(Area.objects.all(), operator, "areas.change_area").exists()
    assert not operator.has_perm("accounts.manage_roles", land.municipality)


def test_a_request_asks_once(
    land: Land, person: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give(person, Role.AREA_WORKER, land, "bergen")
    give(person, Role.MODERATOR, land)
    person.roles_kept = {}
    with django_assert_num_queries(2):
        for area in land.areas.values():
            HOLDS[Role.AREA_WORKER].holds(person, area)
            HOLDS[Role.MODERATOR].holds(person, area)
    with django_assert_num_queries(1):
        list(Area.objects.filter(HOLDS[Role.AREA_WORKER].rows(person, Area)))


def test_what_is_asked_is_written_once_and_answers_each_for_themself(land: Land, person: User) -> None:
    other = User.objects.create_user("ander@proefdorp.example")
    give(person, Role.MODERATOR, land, valid_from=dt.date(2026, 3, 1))
    give(other, Role.ALDERMAN, land, valid_from=dt.date(2026, 3, 2))
    reach._statement.cache_clear()
    for day, held in (("2026-03-01", ["moderator"]), ("2026-03-02", ["moderator", "alderman"])):
        found = [one.role for who in (person, other) for one in held_by(who, dt.date.fromisoformat(day))]
        assert found == held
    assert reach._statement.cache_info().misses == 1
    person.came_through = other.came_through = frozenset({"staff"})
    assert [one.role for one in held_by(person)] == ["moderator"]
    assert reach._statement.cache_info().misses == 2


def test_outside_a_request_an_ended_role_ends_at_once(land: Land, person: User) -> None:
    role = give(person, Role.MODERATOR, land)
    assert held_by(person)
    role.delete()
    assert not held_by(person)
