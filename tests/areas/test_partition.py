"""However a square is cut, the pieces add up."""

from itertools import pairwise

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areas.partition import parts_of

SIDE = 1000.0
cuts = st.lists(st.integers(20, 980), min_size=0, max_size=4, unique=True).map(sorted)


def strips(edges: list[int], *, upright: bool) -> dict[int, shapely.Geometry]:
    """A square cut in strips."""
    bounds = [0, *edges, int(SIDE)]
    return {
        number: shapely.box(a, 0, b, SIDE) if upright else shapely.box(0, a, SIDE, b)
        for number, (a, b) in enumerate(pairwise(bounds))
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cuts, cuts)
def test_shares_of_a_partition_sum_to_one(upright: list[int], level: list[int]) -> None:
    children, parents = strips(upright, upright=True), strips(level, upright=False)
    parts = parts_of(children, parents)
    for child, geom in children.items():
        mine = [part for part in parts if part.child == child]
        assert sum(part.share for part in mine) == pytest.approx(1, abs=0.01 * len(parents))
        assert sum(part.area_m2 for part in mine) == pytest.approx(geom.area, rel=0.01 * len(parents))
        assert sum(part.is_main for part in mine) <= 1
        assert all(part.share >= 0.5 for part in mine if part.is_main)
    assert sum(part.area_m2 for part in parts) == pytest.approx(SIDE * SIDE, rel=0.05)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.001, 0.999))
def test_the_larger_half_is_main(share: float) -> None:
    edge = share * SIDE
    parents = {1: shapely.box(0, 0, edge, SIDE), 2: shapely.box(edge, 0, SIDE, SIDE)}
    parts = parts_of({0: shapely.box(0, 0, SIDE, SIDE)}, parents)
    assert {part.parent for part in parts if part.is_main} == {1 if share >= 0.5 else 2}
    assert all(part.share >= 0.01 for part in parts)


def test_exactly_half_has_one_main_parent() -> None:
    parents = {2: shapely.box(0, 0, 500, SIDE), 1: shapely.box(500, 0, SIDE, SIDE)}
    parts = parts_of({0: shapely.box(0, 0, SIDE, SIDE)}, parents)
    assert [(part.parent, part.is_main) for part in parts] == [(1, True), (2, False)]


def test_touching_is_not_lying_in() -> None:
    assert parts_of({0: shapely.box(0, 0, 10, 10)}, {1: shapely.box(10, 0, 20, 10)}) == []
    assert parts_of({}, {1: shapely.box(0, 0, 1, 1)}) == []
