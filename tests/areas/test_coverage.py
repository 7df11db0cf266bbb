"""Gaps and slivers are told with their size, their place and who lies beside them; made for this test."""

from typing import Any

import pytest

from areas.actions import read_edition
from areas.importers import coverage
from areas.importers.faults import Doubt
from areas.models import AreaKind
from tests.areas.files import bring, collection, feature, preset, square


def doubts(kind: AreaKind, *features: Any) -> list[Doubt]:
    reading = read_edition(kind=kind, data=collection(*features), preset=preset())
    assert not reading.faults.found
    return reading.faults.doubts


def strip(row: float) -> list[list[list[float]]]:
    """Three columns wide, with a point at each: a straight line in degrees is none in metres."""
    points = [square(column, row)[0][0] for column in range(4)]
    points += [square(column, row + 1)[0][0] for column in (3, 2, 1, 0)]
    return [[*points, points[0]]]


def around() -> list[dict[str, Any]]:
    """Four areas around a hole in the middle."""
    return [
        feature("Z", "Zuid", strip(0)),
        feature("N", "Noord", strip(2)),
        feature("W", "West", square(0, 1)),
        feature("O", "Oost", square(2, 1)),
    ]


def test_a_gap_or_an_enclave(wijk: AreaKind) -> None:
    (gap,) = doubts(wijk, *around())
    assert gap.area_m2 == pytest.approx(696 * 1113, rel=0.01)
    assert set(gap.beside) == {"Z", "N", "W", "O"}
    assert gap.place is not None
    assert gap.place[0] == pytest.approx(4.715, abs=0.005)
    assert gap.place[1] == pytest.approx(51.415, abs=0.005)


def test_an_enclave_of_another_municipality_is_none(kinds: dict[str, AreaKind]) -> None:
    ring = [*square(0, 0, 3, 3), *square(1, 1)]
    bring(kinds["deelgemeente"], collection(feature("D", "Geheel", ring)))
    assert doubts(kinds["wijk"], *around()) == []


def test_a_gap_within_the_outline(kinds: dict[str, AreaKind]) -> None:
    bring(kinds["deelgemeente"], collection(feature("D", "Geheel", square(0, 0, 3, 3))))
    (gap,) = doubts(kinds["wijk"], *around())
    assert gap.area_m2 == pytest.approx(696 * 1113, rel=0.01)


def test_what_is_bare_along_the_outline(kinds: dict[str, AreaKind]) -> None:
    bring(kinds["deelgemeente"], collection(feature("D", "Geheel", square(0, 0, 3, 1))))
    (gap,) = doubts(kinds["wijk"], feature("A", "Aa", square(0, 0, 2, 1)))
    assert gap.beside == ("A",)
    assert doubts(kinds["wijk"], feature("A", "Aa", square(0, 0, 2.999, 1))) == []


def test_an_outline_drawn_by_hand_tells_nothing(kinds: dict[str, AreaKind]) -> None:
    bring(kinds["deelgemeente"], collection(feature("D", "Geheel", square(0, 0, 3, 1))), is_schematic=True)
    assert doubts(kinds["wijk"], feature("A", "Aa", square(0, 0, 2, 1))) == []


def test_slivers(wijk: AreaKind) -> None:
    small = [square(0, 0), square(2, 0, 0.01, 0.005)]
    thin = square(0, 2, 3, 0.001)
    found = doubts(wijk, feature("A", "Aa", small, "MultiPolygon"), feature("B", "Bee", thin))
    assert [(doubt.number, doubt.code, doubt.area_m2 < 5000) for doubt in found] == [
        (1, "A", True),
        (2, "B", True),
    ]


def test_a_kind_that_is_no_partition_has_no_gaps(wijk: AreaKind) -> None:
    wijk.is_partition = False
    wijk.save()
    assert doubts(wijk, *around()) == []


def test_a_heap_of_slivers_ends(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MAX_DOUBTS", 3)
    parts = [square(n, 0, 0.005, 0.005) for n in range(10)]
    assert len(doubts(wijk, feature("A", "Aa", parts, "MultiPolygon"))) == 4


def test_doubts_stop_nothing(wijk: AreaKind) -> None:
    assert bring(wijk, collection(*around())).is_complete
