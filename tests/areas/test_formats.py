"""Shapefiles and GeoPackages come in like GeoJSON, recognised by what they hold; made for this test from notes on real files."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from areas.actions import read_edition
from areas.importers.faults import ImportRefused
from areas.importers.presets import Preset, preset_for
from areas.models import Area, AreaKind
from tests.areas.files import bring, collection, feature, preset, square
from tests.areas.made import blob, disc, geopackage, places, shapefile, tampered, write, zipped

TWO = (("A", "Aa", 0.0, 0.0), ("B", "Bé", 1.0, 0.0))
CHOSEN: dict[str, Any] = {"code_field": "code", "name_field": "name"}


def read(kind: AreaKind, data: bytes, how: Preset | None = None) -> Any:
    return read_edition(kind=kind, data=data, preset=how or preset())


def named(reading: Any) -> list[tuple[int, str, str]]:
    return [(one.number, one.code, one.name) for one in reading.candidates]


@pytest.mark.parametrize("make", [shapefile, geopackage])
def test_both_formats_come_in(wijk: AreaKind, tmp_path: Path, make: Any) -> None:
    bring(wijk, make(tmp_path, places(*TWO)))
    assert list(Area.objects.values_list("name", flat=True)) == ["Aa", "Bé"]
    by_json = read(wijk, collection(feature("A", "Aa", square(0, 0)), feature("B", "Bé", square(1, 0))))
    assert all(change.iou is None or change.iou > 0.9999 for change in by_json.difference.changes)
    assert len(by_json.candidates) == 2


def test_a_zip_may_hold_a_geojson_or_a_geopackage(wijk: AreaKind, tmp_path: Path) -> None:
    json = collection(feature("A", "Aa", square(0, 0)))
    assert named(read(wijk, zipped({"map/x.geojson": json, "leesmij.txt": b"x"}))) == [(1, "A", "Aa")]
    assert len(read(wijk, zipped({"x.gpkg": geopackage(tmp_path, places(*TWO))})).candidates) == 2


@pytest.mark.parametrize(
    ("encoding", "without"),
    [("UTF-8", ()), ("UTF-8", (".cpg",)), ("CP1252", ()), ("CP1252", (".cpg",)), ("ISO-8859-1", ())],
)
def test_letters_of_a_shapefile(
    wijk: AreaKind, tmp_path: Path, encoding: str, without: tuple[str, ...]
) -> None:
    data = shapefile(
        tmp_path, places(("A", "Sint-Jozef-Rijkevörsel é", 0, 0)), encoding=encoding, without=without
    )
    assert named(read(wijk, data)) == [(1, "A", "Sint-Jozef-Rijkevörsel é")]


def test_a_cpg_that_says_nothing(wijk: AreaKind, tmp_path: Path) -> None:
    write(tmp_path / "x.shp", places(("A", "Bé", 0, 0)), encoding="UTF-8")
    members = {path.name: path.read_bytes() for path in tmp_path.glob("x.*")}
    for nonsense in (b"\xff\xfe", b"rot13", b"../../etc/passwd", b"x" * 10_000, b""):
        assert named(read(wijk, zipped({**members, "x.cpg": nonsense})))[0][2] == "Bé"


def test_a_letter_cut_in_two(wijk: AreaKind, tmp_path: Path) -> None:
    """A dbf cuts a text off after so many bytes."""
    long = "é" * 60
    write(tmp_path / "x.shp", places(("A", long, 0, 0)), encoding="UTF-8")
    members = {path.name: path.read_bytes() for path in tmp_path.glob("x.*") if path.suffix != ".cpg"}
    cut = members["x.dbf"].replace("é".encode() * 60, "é".encode() * 59 + b"\xc3 ")
    assert named(read(wijk, zipped({**members, "x.dbf": cut})))[0][2] == "é" * 59


def test_a_shapefile_must_be_whole(wijk: AreaKind, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"\.dbf"):
        read(wijk, shapefile(tmp_path, places(*TWO), without=(".dbf",)))


def test_what_desktop_software_puts_beside_it_is_left(wijk: AreaKind, tmp_path: Path) -> None:
    write(tmp_path / "x.shp", places(*TWO))
    members = {f"map/{path.name}": path.read_bytes() for path in tmp_path.glob("x.*")}
    assert len(read(wijk, zipped({**members, "map/x.sbn": b"?", "map/x.shp.xml": b"<a/>"})).candidates) == 2
    with pytest.raises(ImportRefused):
        read(wijk, zipped({**members, "map/x.exe": b"?"}))


def two_layers(folder: Path, *names: str) -> bytes:
    path = folder / "lagen.gpkg"
    for at, name in enumerate(names):
        write(path, places(("A", f"{name}", at, 0)), layer=name, append=path.exists())
    return path.read_bytes()


def test_the_steward_chooses_a_layer(wijk: AreaKind, tmp_path: Path) -> None:
    data = two_layers(tmp_path, "een", "twee")
    with pytest.raises(ImportRefused) as refused:
        read(wijk, data)
    assert (refused.value.ask, refused.value.choices) == ("layer", ["een", "twee"])
    assert named(read(wijk, data, preset_for("free", layer="twee", **CHOSEN))) == [(1, "A", "twee")]
    with pytest.raises(ImportRefused):
        read(wijk, data, preset_for("free", layer="drie", **CHOSEN))


def test_the_preset_knows_its_layer(db: None, tmp_path: Path) -> None:
    from tests.areas.test_reading import areas
    from tests.conftest import make_municipality

    hengelo = make_municipality(slug="hengelo", name="Hengelo", country="NL", code="0164", srid=28992)
    path = tmp_path / "wijkenbuurten_2024.gpkg"
    ring = shapely.box(250_000, 475_000, 251_000, 476_000)
    for layer, code in (("gemeenten", "GM0164"), ("wijken", "WK016401"), ("buurten", "BU01640101")):
        rows = [(code, "Wijk 01 Naam", ring), (code.replace("0164", "0828"), "Oss", ring)]
        fields = (f"{layer.removesuffix('en')}code", f"{layer.removesuffix('en')}naam")
        write(path, rows, layer=layer, fields=fields, crs="EPSG:28992", append=path.exists())
    from areas.importers.reading import read_file

    file = read_file(path.read_bytes(), preset_for("cbs-wijken"), hengelo)
    assert (file.layer, areas(file), file.skipped) == ("wijken", [("WK016401", "Naam")], 1)


def test_two_shapefiles_in_a_zip(wijk: AreaKind, tmp_path: Path) -> None:
    for stem, column in (("wijken", 0), ("zones", 1)):
        write(tmp_path / f"{stem}.shp", places(("A", stem, column, 0)))
    data = zipped({path.name: path.read_bytes() for path in tmp_path.iterdir()})
    with pytest.raises(ImportRefused) as refused:
        read(wijk, data)
    assert refused.value.choices == ["wijken", "zones"]
    assert named(read(wijk, data, preset_for("free", layer="zones", **CHOSEN)))[0][2] == "zones"


def test_one_bad_ring_does_not_take_the_others_along(wijk: AreaKind, tmp_path: Path) -> None:
    good = geopackage(tmp_path, places(*TWO))
    line = shapely.to_wkb(shapely.LineString([(0, 0), (1, 1)]))
    two_points = b"\x01\x03\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00" + bytes(32)
    data = tampered(
        tmp_path,
        good,
        "INSERT INTO grenzen (geom, code, name) VALUES (?, 'C', 'twee punten')",
        values=(blob(two_points),),
    )
    data = tampered(
        tmp_path, data, "INSERT INTO grenzen (geom, code, name) VALUES (?, 'D', 'lijn')", values=(blob(line),)
    )
    data = tampered(
        tmp_path,
        data,
        "INSERT INTO grenzen (geom, code, name) VALUES (?, 'E', '?')",
        values=(b"GP\0\1rommel",),
    )
    data = tampered(tmp_path, data, "INSERT INTO grenzen (geom, code, name) VALUES (NULL, 'F', 'leeg')")
    reading = read(wijk, data)
    assert [one.code for one in reading.candidates] == ["A", "B"]
    assert [(fault.number, fault.code) for fault in reading.faults] == [
        (3, "C"),
        (4, "D"),
        (5, "E"),
        (6, "F"),
    ]


def test_arcs_and_heights_are_listed(wijk: AreaKind, tmp_path: Path) -> None:
    ((_code, _name, geom),) = places(("A", "Aa", 0, 0))
    high = shapely.force_3d(geom, 12.0)
    data = geopackage(tmp_path, [("A", "Aa", high)])
    middle = places(("B", "Bee", 3, 0))[0][2].centroid
    data = tampered(
        tmp_path,
        data,
        "INSERT INTO grenzen (geom, code, name) VALUES (?, 'B', 'Rond')",
        values=(blob(disc(middle.x, middle.y, 100)),),
    )
    reading = read(wijk, data)
    assert [one.code for one in reading.candidates] == ["A", "B"]
    assert reading.candidates[1].area_m2 == pytest.approx(31416, rel=0.001)
    assert [repair.number for repair in reading.faults.kept_repairs] == [0, 0]


def test_codes_that_a_table_made_numbers(db: None, tmp_path: Path) -> None:
    from areas.importers.reading import read_file
    from tests.conftest import make_municipality

    hengelo = make_municipality(slug="hengelo", name="Hengelo", country="NL", code="0164", srid=28992)
    rows = [(164.0, "Hengelo", shapely.box(250_000, 475_000, 251_000, 476_000))]
    data = shapefile(tmp_path, rows, fields=("GM_CODE", "GM_NAAM"), crs="EPSG:28992")  # type: ignore[arg-type]
    file = read_file(data, preset_for("cbs-gemeenten"), hengelo)
    assert [one.code for one in file.features] == ["GM0164"]
