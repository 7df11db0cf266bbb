"""Which area a table means."""

import time
from collections.abc import Callable

import pytest

from areas.figures.matching import (
    LEFT_OUT,
    NOWHERE,
    AreaIndex,
    How,
    loose_name,
    match_all,
    without_zeros,
)
from areas.models import Area, AreaCode, AreaKind, AreaName
from tests.conftest import Land

MakeAreas = Callable[..., AreaIndex]


@pytest.fixture
def areas(land: Land) -> MakeAreas:
    """The index of a kind of areas made by code and name."""

    def make(**by_code: str) -> AreaIndex:
        kind = AreaKind.objects.create(
            municipality=land.municipality,
            slug="buurt",
            name="Buurt",
            plural="Buurten",
            rank=60,
            scheme="buurt",
        )
        for number, (code, name) in enumerate(by_code.items()):
            area = Area.objects.create(
                municipality=land.municipality, kind=kind, slug=f"buurt-{number}", name=name
            )
            AreaCode.objects.create(
                municipality=land.municipality, area=area, scheme="buurt", code=code.replace("_", "-")
            )
        return AreaIndex.of(kind)

    return make


@pytest.mark.parametrize(
    ("code", "name", "area", "how"),
    [
        ("99999W01", "", "Bergen", How.CODE),
        ("", "99999W01", "Bergen", How.CODE),
        ("99999W01", "Bergen", "Bergen", How.CODE),
        ("99999W01", "Het oude Bergen", "Bergen", How.CODE),
        ("X1", "Bergen", "Bergen", How.NAME),
        ("", "Bergen", "Bergen", How.NAME),
        ("Bergen", "", "Bergen", How.NAME),
        ("", "Ginder", "Dalen", How.ALIAS),
        ("", "BERGEN (Proefdorp)", "Bergen", How.LOOSE),
        ("", "Wijk 08 Bergen", "Bergen", How.LOOSE),
        ("", "bérgen", "Bergen", How.LOOSE),
    ],
)
def test_found(land: Land, code: str, name: str, area: str, how: How) -> None:
    AreaName.objects.create(area=land["dalen"], name="Ginder")
    match = AreaIndex.of(land.kinds["wijk"]).match(code, name)
    assert (match.area and match.area.name, match.how) == (area, how)


@pytest.mark.parametrize(
    ("code", "name"),
    [("", "Berge"), ("99999W1", ""), ("99999w01", ""), ("", "Noord"), ("99999N", ""), ("", "")],
)
def test_what_is_only_likely_is_not_taken(land: Land, code: str, name: str) -> None:
    assert AreaIndex.of(land.kinds["wijk"]).match(code, name).is_open


def test_the_end_of_a_code_counts(areas: MakeAreas) -> None:
    index = areas(**{"13014A00_": "Oud", "13014A00K": "Nieuw"})
    assert index.match("13014A00-", "").area is not None
    assert index.match("13014A00", "").is_open
    assert index.match("13014A00K", "").area != index.match("13014A00-", "").area


def test_zeros_that_a_spreadsheet_took(areas: MakeAreas) -> None:
    index = areas(**{"0164": "Hengelo", "GM0034": "Almere", "00017": "Een", "0017": "Twee"})
    for code, name in (("164", "Hengelo"), ("GM34", "Almere")):
        match = index.match(code, "")
        assert (match.area and match.area.name, match.how) == (name, How.ZEROS)
    assert index.match("17", "").is_open, "two codes could have been this"
    assert without_zeros("13014A00-") == ""


def test_the_same_name_twice_is_asked(areas: MakeAreas) -> None:
    index = areas(A="Centrum", B="Centrum", C="Rand")
    assert index.match("", "Centrum").is_open
    assert index.match("A", "Centrum").area is not None


def test_a_code_and_a_name_that_say_different_things_are_asked(land: Land) -> None:
    match = AreaIndex.of(land.kinds["wijk"]).match("99999W01", "Dalen")
    assert match.is_open
    assert "Bergen" in match.note
    assert "Dalen" in match.note
    assert [area.name for area in match.guesses] == ["Bergen", "Dalen"]


@pytest.mark.parametrize(
    ("code", "name"), [("99999ZZZZ", ""), ("", "Niet te lokaliseren"), ("", "ONBEKEND"), ("99999ONBE", "?")]
)
def test_what_has_no_place_goes_to_the_area_without_one(land: Land, code: str, name: str) -> None:
    kind = land.kinds["wijk"]
    before = AreaIndex.of(kind).match(code, name)
    assert before.is_open
    assert before.note
    residual = Area.objects.create(
        municipality=land.municipality, kind=kind, slug="nergens", name="Nergens", is_residual=True
    )
    match = AreaIndex.of(kind).match(code, name)
    assert (match.area, match.how) == (residual, How.NO_PLACE)


def test_what_a_person_says_goes_first(land: Land) -> None:
    index = AreaIndex.of(land.kinds["wijk"])
    assert index.match("", "Ginds", str(land["dalen"].pk)).area == land["dalen"]
    left = index.match("", "Ginds", LEFT_OUT)
    assert (left.area, left.is_open) == (None, False)
    assert index.match("", "Ginds", NOWHERE).makes_residual
    for nonsense in ("0", "abc", "²", str(land["noord-deelgemeente"].pk)):
        assert index.match("", "Ginds", nonsense).is_open


def test_retired_areas_keep_their_codes_and_give_their_names_up(land: Land) -> None:
    old = land["bergen"]
    old.retired_by = land.editions["wijk"]
    old.save()
    index = AreaIndex.of(land.kinds["wijk"])
    assert index.match("99999W01", "").area == old
    assert index.match("", "Bergen").area == old
    new = Area.objects.create(
        municipality=land.municipality, kind=land.kinds["wijk"], slug="bergen-2", name="Bergen"
    )
    index = AreaIndex.of(land.kinds["wijk"])
    assert index.match("", "Bergen").area == new
    assert old not in index.active


def test_guesses_come_by_likeness_in_one_query(land: Land, django_assert_num_queries: Callable) -> None:  # type: ignore[type-arg]
    index = AreaIndex.of(land.kinds["wijk"])
    with django_assert_num_queries(1):
        found = match_all(index, [("", "Bregen"), ("", "Daalen"), ("", "Midden"), ("", "qqqq")], {})
    assert [match.guesses[0].name if match.guesses else "" for match in found.values()] == [
        "Bergen", "Dalen", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("Sint-Denijs-Westrem  –  Afsnee", "sint denijs westrem afsnee"),
        ("Meersel Dreef (Hoogstraten)", "meersel dreef"),
        ("Gent (Dg.)", "gent"),
        ("Hengelo (O.)", "hengelo o"),
        ("Wijk 08 Slangenbeek", "slangenbeek"),
        ("Wijk 08", "wijk 08"),
    ],
)
def test_loose_names(text: str, loose: str) -> None:
    assert loose_name(text, "Hoogstraten", "Wijk") == loose


def test_attack_a_code_of_zeros_without_end() -> None:
    started = time.monotonic()
    for _time in range(50):
        assert without_zeros("0" * 5_000 + "x") == ""
    assert time.monotonic() - started < 10  # it took twenty
    assert (without_zeros("000"), without_zeros("GM0164"), without_zeros("gm0")) == ("0", "GM164", "GM0")


@pytest.mark.parametrize("name", ["Noord", ""])
def test_the_code_of_another_kind_is_asked(land: Land, name: str) -> None:
    """A table of wijken, brought in as one of deelgemeenten: a name that both have proves nothing."""
    Area.objects.filter(pk=land["bergen"].pk).update(name="Noord")
    match = AreaIndex.of(land.kinds["deelgemeente"]).match("99999W01", name)
    assert match.is_open
    assert "wijk" in match.note
    assert match.guesses == ((land["noord-deelgemeente"],) if name else ())
