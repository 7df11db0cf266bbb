"""Every fault of a file is found and said, and nothing of it comes in."""

import json
from typing import Any

import pytest

from areas.actions import About, draft_edition, read_edition
from areas.importers import coverage, geojson, source
from areas.importers.faults import Fault, ImportRefused
from areas.importers.presets import UnknownPreset, preset_for
from areas.models import Area, AreaEdition, AreaKind
from tests.areas.files import DAY, bring, check_draft, collection, feature, preset, square, uploaded
from tests.conftest import OPERATOR

GOOD = feature("A", "Aa", square(0, 0))


def faults(kind: AreaKind, *features: Any, **more: Any) -> list[tuple[int, str]]:
    """The number and the code of every fault."""
    with pytest.raises(ImportRefused) as refused:
        bring(kind, collection(*features, **more))
    assert not AreaEdition.objects.exists()
    assert not Area.objects.exists()
    return [(fault.number, fault.code) for fault in refused.value.faults]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff\xfe{}",
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [1e999, NaN]}',
        b'<OGRVRTDataset><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataset>',
        b"[" * 100_000,
        collection(GOOD, crs={"type": "name", "properties": {"name": "EPSG:3857"}}),
        collection(GOOD, crs={"type": "link", "properties": {"href": "http://example.org/crs"}}),
        collection(GOOD, crs="EPSG:4326"),
    ],
    ids=["empty", "list", "utf-16", "no features", "none", "NaN", "vrt", "deep", "3857", "link", "text"],
)
def test_what_is_no_usable_geojson_is_refused(wijk: AreaKind, data: bytes) -> None:
    with pytest.raises(ImportRefused) as refused:
        bring(wijk, data)
    assert [fault.number for fault in refused.value.faults] == [0]


def test_too_large(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_BYTES", 100)
    assert faults(wijk, GOOD) == [(0, "")]


def test_too_many_points(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_VERTICES", 7)
    assert faults(wijk, GOOD, feature("B", "Bee", square(1, 0))) == [(0, "")]


@pytest.mark.parametrize(
    "bad",
    [
        feature("", "Bee", square(1, 0)),
        feature(None, "Bee", square(1, 0)),
        feature("B" * 41, "Bee", square(1, 0)),
        feature("B", "", square(1, 0)),
        feature("B", ["x"], square(1, 0)),
        feature("B", "x" * 121, square(1, 0)),
        feature("A", "Bee", square(1, 0)),
        {**feature("B", "Bee", []), "geometry": None},
        feature("B", "Bee", []),
        feature("B", "Bee", [1, 2], "Point"),
        feature("B", "Bee", [[[4.71, 51.4], [4.72, 51.4], [4.72, 51.41], [4.71, 51.41]]]),
        feature("B", "Bee", [[[4.71, 51.4], [4.72, 51.4], [4.71, 51.4]]]),
        feature("B", "Bee", [[[4.71, 51.4], [4.71, 51.4], [4.71, 51.4], [4.71, 51.4]]]),
        feature("B", "Bee", [[[4.71, 51.4], [4.72, 51.4], [4.73, 51.4], [4.71, 51.4]]]),
        feature("B", "Bee", [[[4.71, 51.4], [4.72, 51.41], [4.72, 51.4], [4.71, 51.41], [4.71, 51.4]]]),
        feature("B", "Bee", [[["4.71", 51.4], [4.72, 51.4], [4.72, 51.41], ["4.71", 51.4]]]),
        feature("B", "Bee", [[[True, 51.4], [4.72, 51.4], [4.72, 51.41], [True, 51.4]]]),
        feature("B", "Bee", [[[51.4, 4.7], [51.41, 4.7], [51.41, 4.71], [51.4, 4.7]]]),
        {"type": "Feature", "properties": None, "geometry": None},
        "feature",
    ],
)
def test_a_bad_feature_refuses_the_file(wijk: AreaKind, bad: Any) -> None:
    assert {number for number, _code in faults(wijk, GOOD, bad)} == {2}


def test_overlap_is_told_of_both_sides(wijk: AreaKind) -> None:
    assert faults(wijk, GOOD, feature("B", "Bee", square(0.5, 0))) == [(1, "A"), (2, "B")]


def test_a_kind_that_is_no_partition_may_overlap(wijk: AreaKind) -> None:
    wijk.is_partition = False
    wijk.save()
    assert bring(wijk, collection(GOOD, feature("B", "Bee", square(0.5, 0)))).shapes.count() == 2


def test_every_fault_is_listed(wijk: AreaKind) -> None:
    twin = feature("A", "Another", square(0, 0))
    found = faults(wijk, feature("", "", square(5, 0)), feature("B", "Bee", [1, 2], "Point"), GOOD, twin)
    assert found == [(1, ""), (1, ""), (2, "B"), (4, "A")]


def test_far_from_the_boundaries_in_force(wijk: AreaKind) -> None:
    bring(wijk, collection(GOOD))
    with pytest.raises(ImportRefused):
        bring(wijk, collection(feature("A", "Aa", square(100, 0))))


def test_a_height_is_dropped_and_a_polygon_becomes_a_multipolygon(wijk: AreaKind) -> None:
    high = [[[*point, 12.5] for point in square(0, 0)[0]]]
    shape = bring(wijk, collection(feature("A", "Aa", high))).shapes.get()
    assert shape.geom.geom_type == "MultiPolygon"
    assert not shape.geom.hasz


def test_codes_keep_what_belongs_to_them(wijk: AreaKind) -> None:
    bring(wijk, collection(feature("13014A00-", "Aa", square(0, 0)), feature(7, "Bee", square(1, 0))))
    codes = {code for area in Area.objects.prefetch_related("codes") for code in [area.codes.all()[0].code]}
    assert codes == {"13014A00-", "7"}


def test_crs84_and_epsg_4326_are_degrees(wijk: AreaKind) -> None:
    for name in ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"):
        data = collection(GOOD, crs={"type": "name", "properties": {"name": name}})
        assert not read_edition(kind=wijk, data=data, preset=preset()).faults.found


def test_presets_strip_what_the_publisher_added() -> None:
    published = preset_for("provincies-in-cijfers")
    assert [
        published.clean_name(name) for name in ("Meer (Hoogstraten)", "Hoogstraten (Dg.)", "(x)", " A  b ")
    ] == [
        "Meer",
        "Hoogstraten",
        "(x)",
        "A b",
    ]


def test_a_preset_must_exist_and_be_whole() -> None:
    with pytest.raises(UnknownPreset):
        preset_for("../geheim")
    with pytest.raises(UnknownPreset):
        preset_for("free", code_field="code")


def test_a_fault_in_words() -> None:
    assert "3" in str(Fault(3, "W03", "mis"))
    assert "W03" in str(Fault(3, "W03", "mis"))
    assert str(Fault(0, "", "mis")) == "mis"


def test_a_deep_document_is_no_crash(wijk: AreaKind) -> None:
    nested: Any = 1
    for _level in range(200):
        nested = [nested]
    assert faults(wijk, feature("A", "Aa", nested)) == [(1, "A")]
    assert json.dumps(nested)


@pytest.mark.parametrize("ugly", ["\x00", "\ud800", "\u202e", "\x1b", "\n"])
def test_what_no_text_may_hold_is_left_out(wijk: AreaKind, ugly: str) -> None:
    bring(wijk, collection(feature(f"A{ugly}", f"A{ugly}a", square(0, 0))))
    area = Area.objects.get()
    assert (area.name, area.codes.get().code) == ("Aa", "A")


@pytest.mark.parametrize(
    "data",
    [
        collection(feature("A", "Aa", [], "Po\x00int\ud800")),
        collection(GOOD, crs={"type": "name", "properties": {"name": "EPSG:\x00\ud800"}}),
        collection(feature("\ud800", "\x00", square(0, 0))),
    ],
)
def test_faults_can_be_kept_whatever_the_file_says(wijk: AreaKind, data: bytes) -> None:
    about = About(reference_date=DAY, source="proef")
    draft = draft_edition(kind=wijk, upload=uploaded(data), preset=preset(), by=OPERATOR, about=about)
    assert (check_draft(draft).report or {})["faults"]


def test_a_heap_of_areas_ends(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MAX_PAIRS", 20)
    heap = [feature(f"A{number}", "Aa", square(0, 0)) for number in range(10)]
    found = faults(wijk, *heap)
    assert found[0] == (0, "")
    assert len(found) == 41
