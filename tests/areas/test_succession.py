"""What became of every area: split, merged, recoded, renamed, shifted, new, gone, back, changed places; on a grid in metres."""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate

from areas.importers import overlaps
from areas.importers.changes import AreaChange, Boundary, State, Structure
from areas.importers.faults import ImportRefused
from areas.importers.overlaps import overlaps_of
from areas.importers.succession import Place, Succession, succession_between

SIDE = 1000.0


def place(code: str, geom: Any, *, key: int | None = None, name: str = "", retired: bool = False) -> Place:
    """An area; without a key it is not known yet."""
    return Place(
        f"new:{code}" if key is None else key,
        code,
        name or code.title(),
        geom,
        geom.wkb_hex,
        is_retired=retired,
    )


def cell(column: float, row: float, width: float = 1, height: float = 1) -> Any:
    """A rectangle in kilometres."""
    return shapely.box(column * SIDE, row * SIDE, (column + width) * SIDE, (row + height) * SIDE)


A, B, C, D = (place(code, cell(n, 0), key=n) for n, code in enumerate("ABCD"))


def by_code(found: Succession) -> dict[str, AreaChange]:
    return {f"{change.code}{'-' if change.state == State.GONE else ''}": change for change in found.changes}


def said(shares: Any) -> dict[str, float]:
    return {share.code: round(share.part, 2) for share in shares}


def test_nothing_changes() -> None:
    found = succession_between([A, B, C], [C, A, B])
    assert {change.state for change in found.changes} == {State.SAME}
    assert not found.recodings
    assert found.shift is None


def test_split_into_new_areas() -> None:
    halves = [place("X", cell(0, 0, 0.6)), place("Y", cell(0.6, 0, 0.4))]
    found = by_code(succession_between([A, B], [*halves, B]))
    assert (found["A-"].structure, said(found["A-"].goes)) == (Structure.SPLIT, {"X": 0.6, "Y": 0.4})
    assert (found["X"].state, found["X"].structure) == (State.NEW, Structure.SPLIT)
    assert said(found["X"].comes) == {"A": 1.0}
    assert found["B"].state == State.SAME


def test_a_part_is_split_off_and_the_rest_keeps_its_code() -> None:
    found = by_code(
        succession_between([A, B], [place("A", cell(0, 0, 0.7), key=0), place("X", cell(0.7, 0, 0.3)), B])
    )
    assert (found["A"].state, found["A"].structure, found["A"].is_moved) == (
        State.CHANGED,
        Structure.SPLIT,
        True,
    )
    assert said(found["A"].goes) == {"A": 0.7, "X": 0.3}
    assert found["A"].goes[0].is_own
    assert (found["X"].state, found["X"].structure) == (State.NEW, Structure.SPLIT)


def test_merged_under_a_new_and_under_an_old_code() -> None:
    found = by_code(succession_between([A, B, C], [place("X", cell(0, 0, 2)), C]))
    assert [found[code].structure for code in ("A-", "B-", "X")] == [Structure.MERGED] * 3
    assert said(found["X"].comes) == {"A": 0.5, "B": 0.5}
    found = by_code(succession_between([A, B, C], [place("A", cell(0, 0, 2), key=0), C]))
    assert (found["A"].state, found["A"].structure) == (State.CHANGED, Structure.MERGED)
    assert (found["B-"].structure, said(found["B-"].goes)) == (Structure.MERGED, {"A": 1.0})


def test_recoded_keeps_the_area_unless_a_person_says_otherwise() -> None:
    after = [place("Z", cell(0, 0), name="Aldorp"), B]
    found = succession_between([A, B], after)
    change = by_code(found)["Z"]
    assert (change.key, change.old_code, change.is_renamed, change.boundary) == (0, "A", True, Boundary.SAME)
    assert [(r.pair, r.taken) for r in found.recodings] == [(("A", "Z"), True)]
    apart = succession_between([A, B], after, recodings=())
    assert [(r.pair, r.taken) for r in apart.recodings] == [(("A", "Z"), False)]
    assert (by_code(apart)["A-"].structure, by_code(apart)["Z"].structure) == (
        Structure.REPLACED,
        Structure.REPLACED,
    )
    assert by_code(apart)["Z"].state == State.NEW


def test_a_code_that_came_back_elsewhere_is_no_other_code() -> None:
    """Z was retired once; that it now lies where A lay does not make A of it."""
    found = succession_between([A, B], [place("Z", cell(0, 0), key=9, retired=True), B])
    assert not found.recodings
    assert by_code(found)["Z"].state == State.BACK
    assert by_code(found)["A-"].structure == Structure.REPLACED


def test_codes_that_change_places() -> None:
    """The name and the place against the code: asked; only the place against both: shown, and not taken."""
    with_names = [place("A", cell(1, 0), key=0, name="B"), place("B", cell(0, 0), key=1, name="A")]
    found = succession_between([A, B, C], [*with_names, C])
    assert {(r.pair, r.taken) for r in found.recodings} == {(("A", "B"), True), (("B", "A"), True)}
    assert {(c.code, c.key, c.state) for c in found.changes if c.is_recoded} == {
        ("A", 1, State.CHANGED),
        ("B", 0, State.CHANGED),
    }
    without = [place("A", cell(1, 0), key=0), place("B", cell(0, 0), key=1)]
    found = succession_between([A, B, C], [*without, C])
    assert {r.taken for r in found.recodings} == {False}
    assert all(by_code(found)[code].is_moved and by_code(found)[code].iou == 0 for code in "AB")
    half = succession_between([A, B, C], [*without, C], recodings={("A", "B")})
    assert {r.taken for r in half.recodings} == {False}, "B cannot give its code away and keep it"


def test_codes_passed_on() -> None:
    """A gets the code of B, B a new one, and what is new gets that of A."""
    after = [place("B", cell(0, 0), key=1), place("Z", cell(1, 0)), place("A", cell(2, 0), key=0)]
    found = succession_between([A, B], after, recodings={("A", "B"), ("B", "Z")})
    assert {(c.code, c.key, c.state) for c in found.changes} == {
        ("B", 0, State.CHANGED),
        ("Z", 1, State.CHANGED),
        ("A", "new:A", State.NEW),
    }


def test_new_gone_and_outside() -> None:
    found = by_code(succession_between([A, B], [A, place("N", cell(5, 5))]))
    assert (found["B-"].structure, found["B-"].goes) == (Structure.NONE, ())
    assert (found["N"].state, found["N"].comes) == (State.NEW, ())
    part = by_code(succession_between([A], [place("N", cell(0, 0, 0.6))]))
    assert part["A-"].lost == pytest.approx(40)


def test_a_boundary_that_moves_between_two() -> None:
    after = [place("A", cell(0, 0, 1.2), key=0), place("B", cell(1.2, 0, 0.8), key=1)]
    found = by_code(succession_between([A, B], after))
    assert [found[code].structure for code in "AB"] == [Structure.NONE] * 2
    assert said(found["B"].goes) == {"B": 0.8, "A": 0.2}
    assert said(found["A"].comes) == {"A": 0.83, "B": 0.17}


def test_most_of_an_area_may_move_and_it_stays_itself() -> None:
    after = [place("A", cell(0, 0, 1.7), key=0), place("B", cell(1.7, 0, 0.3), key=1)]
    assert {c.structure for c in succession_between([A, B], after).changes} == {Structure.NONE}


def test_regrouped() -> None:
    after = [place(code, cell(4 / 3 * n, 0, 4 / 3)) for n, code in enumerate("XYZ")]
    found = succession_between([A, B, C, D], after)
    assert {change.structure for change in found.changes} == {Structure.REGROUPED}
    assert said(by_code(found)["B-"].goes) == {"X": 0.33, "Y": 0.67}


def test_divided_among_neighbours() -> None:
    """No neighbour gets most of it, and none is mostly made of it."""
    middle = place("M", shapely.box(0, 0, 300, 300), key=10)
    around = [shapely.box(0, -2000 * (n + 1), 300, -2000 * n) for n in range(3)]
    old = [place(code, geom, key=n) for n, (code, geom) in enumerate(zip("XYZ", around, strict=True))]
    strips = [shapely.box(0, 100 * n, 300, 100 * (n + 1)) for n in range(3)]
    new = [
        place(o.code, shapely.union_all([o.geom, strip]), key=int(o.key))
        for o, strip in zip(old, strips, strict=True)
    ]
    found = by_code(succession_between([*old, middle], new, is_partition=False))
    assert (found["M-"].structure, said(found["M-"].goes)) == (
        Structure.SPLIT,
        {"X": 0.33, "Y": 0.33, "Z": 0.33},
    )


def test_another_draughtsman_is_not_a_move() -> None:
    """The same border with other points in between, some metres off."""
    jagged = shapely.Polygon(
        [(0, 0), *((x, 4 * (x % 200 == 0)) for x in range(50, 1000, 50)), (1000, 0), (1000, 1000), (0, 1000)]
    )
    found = by_code(succession_between([A, B, C], [place("A", jagged, key=0), B, C]))
    assert (found["A"].state, found["A"].boundary) == (State.CHANGED, Boundary.REDRAWN)
    assert found["A"].goes == ()


def test_a_small_piece_of_some_width_is_a_move() -> None:
    """100 by 30 metres out of a square kilometre: 0.3 %, and a row of houses."""
    piece = shapely.box(1000, 100, 1030, 200)
    after = [
        place("A", A.geom.union(piece), key=0),
        place("B", B.geom.difference(piece), key=1),
    ]
    found = by_code(succession_between([A, B], after))
    assert found["A"].iou == pytest.approx(0.997, abs=0.001)
    assert found["A"].boundary == found["B"].boundary == Boundary.MOVED


@pytest.mark.parametrize(("metres", "boundary"), [(5, Boundary.REDRAWN), (80, Boundary.MOVED)])
def test_a_shift_of_everything_is_told(metres: int, boundary: Boundary) -> None:
    old = [place(f"{x}{y}", cell(x, y), key=10 * x + y) for x in range(3) for y in range(3)]
    new = [place(o.code, translate(o.geom, metres), key=int(o.key)) for o in old]
    found = succession_between(old, new)
    assert found.shift is not None
    assert found.shift.east == pytest.approx(metres)
    assert found.shift.north == pytest.approx(0)
    assert {change.boundary for change in found.changes} == {boundary}


def test_boundaries_that_really_move_are_no_shift() -> None:
    after = [
        place("A", cell(0, 0, 1.1), key=0),
        place("B", cell(1.1, 0), key=1),
        place("C", cell(2.1, 0, 0.9), key=2),
    ]
    assert succession_between([A, B, C], after).shift is None


def test_a_file_where_all_meet_all_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaps, "MAX_PAIRS", 400)
    with pytest.raises(ImportRefused):
        overlaps_of([cell(0, 0)] * 30, [cell(0, 0)] * 30)


cuts = st.lists(st.integers(1, 39), max_size=4, unique=True).map(sorted)


def tessellation(upright: list[int], level: list[int], first: int, kept: set[int]) -> list[Place]:
    """A square kilometre cut in rectangles; a rectangle whose number is in `kept` is known."""
    xs, ys = [0, *upright, 40], [0, *level, 40]
    boxes = [shapely.box(25 * a, 25 * c, 25 * b, 25 * d) for a, b in pairwise(xs) for c, d in pairwise(ys)]
    return [
        place(f"k{n}" if n in kept else f"f{first + n}", geom, key=n if n in kept else None)
        for n, geom in enumerate(boxes)
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cuts, cuts, cuts, cuts, st.sets(st.integers(0, 24)))
def test_however_a_square_is_cut_again(
    upright: list[int], level: list[int], upright2: list[int], level2: list[int], kept: set[int]
) -> None:
    old = [
        Place(n, p.code, p.name, p.geom, p.hash)
        for n, p in enumerate(tessellation(upright, level, 0, set(range(25))))
    ]
    new = tessellation(upright2, level2, 100, kept)
    found = succession_between(old, new)
    after = [change for change in found.changes if change.state != State.GONE]
    assert sorted(change.code for change in after) == sorted(p.code for p in new)
    before = [
        change.old_code or change.code
        for change in found.changes
        if change.state not in {State.NEW, State.BACK}
    ]
    assert Counter(before) == Counter(p.code for p in old), "every area before is told of exactly once"
    keys = [change.key for change in after]
    assert len(set(keys)) == len(keys), "no two areas are the same one"
    for change in found.changes:
        for shares in (change.goes, change.comes):
            # Nothing lies outside the square, so all of it goes and comes; parts under 1 % are noise.
            assert not shares or sum(share.part for share in shares) == pytest.approx(1, abs=0.01 * 25)
        if change.state == State.GONE:
            assert change.structure != Structure.NONE, "it went somewhere"
            assert change.goes
        if change.boundary == Boundary.REDRAWN:
            assert change.iou is not None
            assert change.iou > 0.98
    again = succession_between(old, old)
    assert {change.state for change in again.changes} == {State.SAME}
