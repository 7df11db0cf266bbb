"""Where things are, and whether that lies within reach: of one object and of a queryset the same."""

from collections.abc import Iterator
from itertools import chain, combinations, product

import pytest
from django.contrib.gis.geos import Point
from django.contrib.sessions.models import Session
from django.db import models
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_ignore

from areas.models import Area, AreaEdition, Municipality
from areas.models.where import Where
from areas.places import Place, Reach, covered, is_covered, places_of
from tests.conftest import Land, make_municipality
from workplaces.models import Team, TeamPlace, WorkLocation


def subsets(slugs: list[str]) -> Iterator[tuple[str, ...]]:
    """Every choice of areas, none and all included."""
    return chain.from_iterable(combinations(slugs, number) for number in range(len(slugs) + 1))


@pytest.fixture
def reaches(land: Land) -> list[Reach]:
    """Reaches of every shape: nothing, a wijk, two, a district with what lies within, everything, and another municipality."""
    other = make_municipality(slug="elders", name="Elders", code="88888")

    def within(*slugs: str) -> Reach:
        return Reach(within={land.municipality.pk: frozenset(land[slug].pk for slug in slugs)})

    everything = Reach(wide=frozenset({land.municipality.pk}))
    return [
        Reach(), within("bergen"), within("bergen", "dalen"), within("noord-deelgemeente", "bergen", "midden"),
        within(*land.areas), everything, Reach(wide=frozenset({other.pk})),
        Reach(wide=frozenset({other.pk}), within={land.municipality.pk: frozenset({land["midden"].pk})}),
    ]  # fmt: skip


def agree(model: type[models.Model], reaches: list[Reach]) -> dict[bool, int]:
    """Ask the object and the queryset, and count the answers: a table in which all say no would prove nothing."""
    said = {True: 0, False: 0}
    with zeal_ignore():
        rows = list(model._base_manager.all())
        for reach, every in product(reaches, (False, True)):
            found = list(model._base_manager.filter(covered(model, reach, every=every)))
            assert len(found) == len(set(found)), "a row comes once"
            for row in rows:
                answer = is_covered(row, reach, every=every)
                assert answer is (row in found), (row, places_of(row), reach, every)
                said[answer] += 1
    return said


def test_teams_with_every_choice_of_areas(land: Land, reaches: list[Reach]) -> None:
    for number, slugs in enumerate(subsets(list(land.areas))):
        team = Team.objects.create(municipality=land.municipality, slug=f"team-{number}", name="Team")
        team.areas.set([land[slug] for slug in slugs])
    said = agree(Team, reaches)
    assert min(said.values()) > 100


def test_what_knows_only_its_areas_and_what_has_nothing_but_a_parent(
    land: Land, reaches: list[Reach], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Team, "where", Where(municipality="", areas="areas"))
    monkeypatch.setattr(TeamPlace, "where", Where(parent="team"), raising=False)
    desk = WorkLocation.objects.create(municipality=land.municipality, slug="loket", name="Loket")
    elsewhere = Municipality.objects.get(slug="elders")
    abroad = Area.objects.create(municipality=elsewhere, kind=land.kinds["wijk"], slug="ver", name="Ver")
    for number, (slugs, far) in enumerate(product(subsets(list(land.areas)), (False, True))):
        team = Team.objects.create(municipality=land.municipality, slug=f"team-{number}", name="Team")
        team.areas.set([land[slug] for slug in slugs] + ([abroad] if far else []))
        TeamPlace.objects.create(team=team, location=desk)
    for model in (Team, TeamPlace):
        assert min(agree(model, reaches).values()) > 100
    empty = Team.objects.get(areas=None)
    assert places_of(empty) == (), "nobody's, until it has an area"


def test_a_parent_that_is_not_there_is_nowhere(
    land: Land, reaches: list[Reach], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Area, "where", Where(parent="retired_by"))
    Area.objects.filter(slug="midden").update(retired_by=land.editions["wijk"])
    said = agree(Area, reaches)
    assert all(said.values())
    assert places_of(Area.objects.get(slug="bergen")) == ()


def test_points_kinds_editions_and_municipalities(land: Land, reaches: list[Reach]) -> None:
    for number, at in enumerate(
        [(4.72, 51.45), (4.78, 51.45), (4.78, 51.425), (4.72, 51.41), (5.0, 51.0), None]
    ):
        WorkLocation.objects.create(
            municipality=land.municipality, slug=f"loket-{number}", name="Loket",
            point=Point(*at, srid=4326) if at else None, precision="address" if at else "none",
        )  # fmt: skip
    for model in (WorkLocation, Area, AreaEdition, Municipality):
        said = agree(model, reaches)
        assert all(said.values()), model


def test_one_place_has_many_names_and_many_areas_are_many_places(land: Land) -> None:
    here = land.municipality.pk
    desk = WorkLocation(municipality=land.municipality, point=Point(4.78, 51.425, srid=4326))
    assert places_of(desk) == (Place(here, frozenset({land["midden"].pk, land["zuid-deelgemeente"].pk})),)
    reach = Reach(within={here: frozenset({land["midden"].pk})})
    assert is_covered(desk, reach, every=True), "one of the names of its one place is enough"
    team = Team.objects.create(municipality=land.municipality, slug="team", name="Team")
    assert places_of(team) == (Place(here),)
    assert not is_covered(team, reach, every=False), "without areas it is the whole municipality's"
    team.areas.set([land["midden"], land["bergen"]])
    assert is_covered(team, reach, every=False)
    assert not is_covered(team, reach, every=True)


def test_an_area_of_elsewhere_opens_nothing(land: Land) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    abroad = Area.objects.create(municipality=other, kind=land.kinds["wijk"], slug="ver", name="Ver")
    team = Team.objects.create(municipality=land.municipality, slug="team", name="Team")
    team.areas.set([land["bergen"], abroad])
    for reach in (Reach(wide=frozenset({other.pk})), Reach(within={other.pk: frozenset({abroad.pk})})):
        assert not is_covered(team, reach, every=False)
        assert not Team.objects.filter(covered(Team, reach, every=False)).exists()


def test_who_reaches_everything_or_nothing_asks_no_areas(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    team = Team.objects.create(municipality=land.municipality, slug="team", name="Team")
    with django_assert_num_queries(0):
        assert is_covered(team, Reach(wide=frozenset({land.municipality.pk})), every=True)
        assert not is_covered(team, Reach(), every=False)
        assert not is_covered(team, Reach(wide=frozenset({0})), every=False)
    with django_assert_num_queries(1):
        is_covered(team, Reach(within={land.municipality.pk: frozenset({1})}), every=True)


def test_a_model_that_does_not_say_where_it_is() -> None:
    with pytest.raises(TypeError, match="does not say where it is"):
        places_of(Session())
    with pytest.raises(TypeError, match="does not say where it is"):
        covered(Session, Reach(), every=False)
