"""What is mended on the way in is listed with how much it touches; what touches more is a fault. Made for this test."""

import struct
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest
import shapely
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from areas.actions import read_edition
from areas.importers.faults import Faults
from areas.importers.repairchild import made_valid
from areas.importers.repairs import LIMITS
from areas.importers.rings import Unsound, mended, polygons_of_wkb
from areas.models import AreaKind
from tests.areas.files import bring, collection, feature, preset, square

SQUARE = [[0, 0], [1000, 0], [1000, 1000], [0, 1000], [0, 0]]


def here(geometry: Any) -> tuple[Any, float]:
    """What the process of its own does, in this one."""
    valid, loops = made_valid(shapely.to_wkb(geometry))
    return shapely.from_wkb(valid), loops


mended_here = partial(mended, repair=here)


def rings(*given: Any) -> list[Any]:
    return [np.array(ring, dtype=float) for ring in given]


def found(kind: AreaKind, *features: Any) -> Faults:
    return read_edition(kind=kind, data=collection(*features), preset=preset()).faults


def test_a_point_for_a_hole_is_dropped() -> None:
    result = mended_here([rings(SQUARE, [[5, 5], [5, 5]])], metres=True, cell=0.01)
    assert result.geometry.area == 1e6
    assert [change < 1e-6 for _what, change in result.repairs] == [True]


@pytest.mark.parametrize(("cell", "share"), [(2000.0, "0,2"), (0.01, "2,9")])
def test_a_ring_that_may_have_held_more_is_a_fault(cell: float, share: str) -> None:
    """A point in a coarse file, and a line of 300 m in a fine one."""
    lost = [[5, 5], [5, 5]] if cell > 1 else [[0, 2000], [300, 2000], [0, 2000]]
    with override("nl"), pytest.raises(Unsound, match=f"tot {share} % van de oppervlakte"):
        mended_here([rings(SQUARE), rings(lost)], metres=True, cell=cell)


def test_points_on_one_line_are_no_surface() -> None:
    with pytest.raises(Unsound):
        mended_here([rings([[0, 0], [1, 1], [2, 2], [3, 3], [0, 0]])], metres=True)


def test_a_spike_is_mended() -> None:
    spiked = [[0, 0], [1000, 0], [1000, 500], [1100, 500], [1000, 500], [1000, 1000], [0, 1000], [0, 0]]
    result = mended_here([rings(spiked)], metres=True)
    assert result.geometry.is_valid
    assert result.geometry.area == 1e6
    assert len(result.repairs) == 1


@pytest.mark.parametrize("loop", [[[1000, 0], [0, 1000]], [[1000, 0], [0, 990], [10, 1000]]])
def test_a_loop_the_other_way_is_a_fault(loop: list[list[float]]) -> None:
    """The surfaces of two equal loops against each other come to nothing: that is no measure."""
    with pytest.raises(Unsound):
        mended_here([rings([[0, 0], *loop, [1000, 1000], [0, 0]])], metres=True)


def test_a_small_loop_is_mended_and_measured() -> None:
    crossed = [[0, 0], [1000, 0], [1000, 1000], [0, 1000], [0, 2], [-2, 0.5], [-2, 1.5], [0, 0]]
    result = mended_here([rings(crossed)], metres=True)
    ((_what, change),) = result.repairs
    assert 0 < change < 0.001
    assert result.geometry.is_valid


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=0, max_size=12))
def test_what_comes_out_is_always_sound(points: list[tuple[int, int]]) -> None:
    ring = np.array([*points, *points[:1]], dtype=float).reshape(-1, 2)
    try:
        result = mended_here([[ring]], metres=True)
    except Unsound:
        return
    assert result.geometry.is_valid
    assert result.geometry.area > 0
    assert result.geometry.geom_type == "MultiPolygon"


@given(st.binary(max_size=200))
def test_any_bytes_are_rings_or_refused(data: bytes) -> None:
    for start in (b"", struct.pack("<BI", 1, 3), struct.pack("<BII", 1, 6, 1)):
        with suppress(Unsound):
            assert polygons_of_wkb(start + data).polygons


@pytest.mark.parametrize("dimensions", ["", " Z", " M", " ZM"])
def test_heights_and_measures_are_dropped(dimensions: str) -> None:
    corner = " ".join(["0"] * (2 + len(dimensions.strip())))
    words = f"MULTIPOLYGON{dimensions} ((({corner}, 9 {corner[2:]}, 9 9{corner[3:]}, {corner})))"
    wkb = shapely.to_wkb(shapely.from_wkt(words), flavor="iso", output_dimension=4)
    read = polygons_of_wkb(wkb)
    ((ring,),) = read.polygons
    assert ring.tolist() == [[0, 0], [9, 0], [9, 9], [0, 0]]
    assert (read.left_out, read.had_height) == (False, bool(dimensions))


def test_a_count_that_lies_reserves_no_memory() -> None:
    with pytest.raises(Unsound):
        polygons_of_wkb(struct.pack("<BIII", 1, 3, 1, 2**31))


def test_land_and_water_are_put_together(wijk: AreaKind) -> None:
    data = collection(feature("A", "Aa", square(0, 0)), feature("A", "Aa", square(1, 0)))
    edition = bring(wijk, data)
    assert edition.shapes.get().area_m2 == pytest.approx(2 * 696 * 1113, rel=0.01)
    assert len(edition.notes) == 1


@pytest.mark.parametrize("name", ["Bee", "Aa"])
def test_one_code_twice_is_a_fault(wijk: AreaKind, name: str) -> None:
    """Another name, or the same name on top of itself."""
    faults = found(wijk, feature("A", "Aa", square(0, 0)), feature("A", name, square(0.5, 0)))
    assert 2 in faults.numbers


def test_a_fault_in_one_part_is_one_of_the_area(wijk: AreaKind) -> None:
    half = {**feature("A", "Aa", []), "geometry": None}
    reading = read_edition(
        kind=wijk, data=collection(feature("A", "Aa", square(0, 0)), half, feature("B", "Bee", square(2, 0))), preset=preset()
    )  # fmt: skip
    assert [candidate.code for candidate in reading.candidates] == ["B"]


def test_surfaces_of_a_collection(wijk: AreaKind) -> None:
    parts = [
        {"type": "Polygon", "coordinates": square(0, 0)},
        {"type": "LineString", "coordinates": [[4.7, 51.4], [4.8, 51.4]]},
    ]
    mixed = {**feature("A", "Aa", []), "geometry": {"type": "GeometryCollection", "geometries": parts}}
    faults = found(wijk, mixed)
    assert not faults.found
    assert len(faults.repairs) == 1
    only_line = {**mixed, "geometry": {"type": "GeometryCollection", "geometries": parts[1:]}}
    assert found(wijk, only_line, feature("B", "Bee", square(1, 0))).numbers == {1}


def test_repairs_of_a_faulty_area_are_not_told(wijk: AreaKind) -> None:
    faults = Faults()
    faults.repaired("x", number=1)
    faults.repaired("y", number=2)
    faults.add("z", number=2)
    assert [repair.reason for repair in faults.kept_repairs] == ["x"]
    assert Faults.from_json(faults.as_json()).as_json() == faults.as_json()


def star(points: int, step: int, at: float = 0) -> list[list[list[float]]]:
    """A star in one stroke: with a large step it crosses itself about `points * step` times, in a few kilobytes."""
    angles = np.arange(points + 1) * step * 2 * np.pi / points
    corners = np.stack(
        [4.70 + at / 50 + 0.009 * np.cos(angles), 51.42 + 0.005 * np.sin(angles)], axis=1
    ).round(6)
    corners[-1] = corners[0]
    return [corners.tolist()]


def test_what_crosses_itself_without_end_is_not_mended(
    wijk: AreaKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight kilobytes, 30,000 crossings: counted first, so that no process starts for it."""
    monkeypatch.setattr("areas.importers.repairs.bounded", lambda *_given: pytest.fail("there was no need"))
    outline = feature("A", "Aa", star(301, 100))
    assert len(collection(outline)) < 9_000
    with override("nl"):
        (fault,) = found(wijk, outline)
    assert fault.reason == "hij kruist zichzelf meer dan 1.000 keer; tot zoveel keer herstellen we het"


def test_repairs_have_so_much_time_together(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each crosses itself less than is allowed, and together they take too long: the process ends by its limit."""
    monkeypatch.setattr("areas.importers.repairs.LIMITS", replace(LIMITS, cpu=1))
    many = [feature(f"A{n}", f"A{n}", star(101, 10, n)) for n in range(12)]
    with override("nl"):
        reasons = [fault.reason for fault in found(wijk, *many)]
    assert len(reasons) == 12
    took = [n for n, reason in enumerate(reasons) if "kost te veel tijd of geheugen" in reason]
    assert len(took) == 1
    assert all("niet hersteld" in reason for reason in reasons[took[0] + 1 :])


def test_a_repair_has_so_much_memory(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("areas.importers.repairs.LIMITS", replace(LIMITS, memory=2 * 1024 * 1024))
    with override("nl"):
        (fault,) = found(wijk, feature("A", "Aa", star(5, 2)))
    assert "kost te veel tijd of geheugen" in fault.reason
