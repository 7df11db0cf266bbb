"""Files that mean harm: each is made here, by the test itself, and none of them gets further than a refusal."""

import io
import os
import stat
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.utils.translation import override

from areas.actions import read_edition
from areas.importers import coverage, gdal, gdalchild, source
from areas.importers.faults import ImportRefused
from areas.importers.presets import preset_for
from areas.models import AreaKind
from tests.areas.files import bring, collection, feature, preset, square
from tests.areas.made import blob, geopackage, places, shapefile, tampered, write, zipped

SECRET = "geheim"
VRT = f"""<OGRVRTDataset><OGRVRTLayer name="x"><SrcDataSource>{{path}}</SrcDataSource>
<SrcLayer>{SECRET}</SrcLayer></OGRVRTLayer></OGRVRTDataset>"""
TWO = (("A", "Aa", 0.0, 0.0), ("B", "Bee", 1.0, 0.0))


def refused(kind: AreaKind, data: bytes) -> str:
    with pytest.raises(ImportRefused) as refusal:
        read_edition(kind=kind, data=data, preset=preset())
    assert refusal.value.faults
    assert all(fault.number == 0 for fault in refusal.value.faults)
    return str(refusal.value)


def codes(kind: AreaKind, data: bytes) -> list[str]:
    return [one.code for one in read_edition(kind=kind, data=data, preset=preset()).candidates]


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    """A file of the machine that an attacker would like to read."""
    return write(tmp_path / f"{SECRET}.shp", places(("GEHEIM", "Geheim", 0, 0)))


@pytest.mark.parametrize("ending", [".shp", ".geojson", ".json"])
def test_a_vrt_reads_no_other_files(wijk: AreaKind, tmp_path: Path, victim: Path, ending: str) -> None:
    vrt = VRT.format(path=victim).encode()
    parts = {".shx": b"", ".dbf": b""} if ending == ".shp" else {}
    members = {f"x{name}": data for name, data in {ending: vrt, **parts}.items()}
    assert "GEHEIM" not in refused(wijk, zipped(members))
    assert "GEHEIM" not in refused(wijk, vrt)


def test_geojson_under_another_name_is_not_for_gdal(wijk: AreaKind) -> None:
    json = collection(feature("A", "Aa", square(0, 0)))
    refused(wijk, zipped({"x.shp": json, "x.shx": b"", "x.dbf": b""}))
    refused(wijk, zipped({"x.gpkg": b"PK\x03\x04" + json}))


def test_a_zip_in_a_zip(wijk: AreaKind, tmp_path: Path) -> None:
    inner = shapefile(tmp_path, places(*TWO))
    refused(wijk, zipped({"x.zip": inner}))
    refused(wijk, zipped({"x.gpkg": inner}))


@pytest.mark.parametrize("name", ["../x.shp", "/etc/x.shp", "a/../../x.shp", "C:\\x.shp", "a\\..\\x.shp"])
def test_a_way_out_of_the_zip(wijk: AreaKind, name: str) -> None:
    refused(wijk, zipped({name: b"x", "y.shx": b"", "y.dbf": b""}))


def test_a_link_in_a_zip(wijk: AreaKind) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        member = zipfile.ZipInfo("x.shp")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, "/etc/passwd")
    refused(wijk, content.getvalue())


def test_bombs(wijk: AreaKind) -> None:
    bomb = zipped({"x.shp": bytes(30_000_000), "x.shx": b"", "x.dbf": b""})
    assert len(bomb) < 100_000
    refused(wijk, bomb)
    size = struct.pack("<I", 30_000_000)
    refused(wijk, bomb.replace(size, struct.pack("<I", 10)))  # and one that lies about it


@pytest.mark.parametrize("make", [shapefile, geopackage])
def test_too_many_points_or_rows(
    wijk: AreaKind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    data = make(tmp_path, places(*TWO))
    with monkeypatch.context() as bound:
        bound.setattr(source, "MAX_VERTICES", 9)
        refused(wijk, data)
    with monkeypatch.context() as bound:
        bound.setattr(gdal, "MAX_VERTICES", 5)  # already in the other process
        refused(wijk, data)
    with monkeypatch.context() as bound:
        bound.setattr(gdal, "MAX_ROWS", 1)
        refused(wijk, data)


def test_a_view_is_no_layer(wijk: AreaKind, tmp_path: Path) -> None:
    """One that never ends, in the place of the layer; and one that would load a library."""
    data = geopackage(tmp_path, places(*TWO))
    endless = (
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) "
        "SELECT n AS fid, NULL AS geom, n AS code, n AS name FROM t"
    )
    for body in (endless, "SELECT fid, geom, load_extension('/tmp/x.so') AS code, name FROM echt"):
        bad = tampered(tmp_path, data, "ALTER TABLE grenzen RENAME TO echt", f"CREATE VIEW grenzen AS {body}")
        refused(wijk, bad)
    lists = tampered(
        tmp_path, data, "ALTER TABLE gpkg_contents RENAME TO c", f"CREATE VIEW gpkg_contents AS {endless}"
    )
    refused(wijk, lists)


def test_triggers_do_not_run(wijk: AreaKind, tmp_path: Path) -> None:
    data = geopackage(tmp_path, places(*TWO))
    bad = tampered(tmp_path, data, "CREATE TRIGGER t AFTER INSERT ON grenzen BEGIN DELETE FROM grenzen; END")
    assert codes(wijk, bad) == ["A", "B"]


def test_a_count_that_lies(wijk: AreaKind, tmp_path: Path) -> None:
    data = geopackage(tmp_path, places(*TWO))
    for count in (0, 1, 10**15):
        bad = tampered(tmp_path, data, "UPDATE gpkg_ogr_contents SET feature_count = ?", values=(count,))
        assert codes(wijk, bad) == ["A", "B"]


def test_a_huge_blob(wijk: AreaKind, tmp_path: Path) -> None:
    huge = blob(struct.pack("<BIII", 1, 3, 1, 1_500_000) + bytes(24_000_000))
    bad = tampered(
        tmp_path, geopackage(tmp_path, places(*TWO)), "UPDATE grenzen SET geom = ? WHERE code = 'B'", values=(huge,)
    )  # fmt: skip
    refused(wijk, bad)


@pytest.mark.parametrize(
    ("at", "lie"),
    [(4, struct.pack("<I", 2**31)), (8, struct.pack("<H", 0)), (10, struct.pack("<H", 0)), (48, b"\xff")],
    ids=["records", "header", "record", "field"],
)
def test_a_table_that_lies_about_its_lengths(wijk: AreaKind, tmp_path: Path, at: int, lie: bytes) -> None:
    write(tmp_path / "x.shp", places(*TWO))
    members = {path.name: path.read_bytes() for path in tmp_path.glob("x.*")}
    table = members["x.dbf"]
    bad = zipped({**members, "x.dbf": table[:at] + lie + table[at + len(lie) :]})
    try:
        assert set(codes(wijk, bad)) <= {"A", "B"}
    except ImportRefused as refusal:
        assert refusal.faults  # noqa: PT017 (either is well, but nothing else)


@pytest.mark.parametrize("part", [".shp", ".shx", ".dbf"])
def test_a_file_cut_off(wijk: AreaKind, tmp_path: Path, part: str) -> None:
    write(tmp_path / "x.shp", places(*TWO))
    members = {path.name: path.read_bytes() for path in tmp_path.glob("x.*")}
    bad = zipped({**members, f"x{part}": members[f"x{part}"][:-60]})
    try:
        reading = read_edition(kind=wijk, data=bad, preset=preset())
    except ImportRefused:
        return
    assert reading.faults.found or [one.code for one in reading.candidates] == ["A", "B"]


@pytest.mark.parametrize(
    "words",
    [
        "/etc/passwd",
        "http://127.0.0.1:1/x.prj",
        "+init=/etc/passwd:x",
        "EPSG:31370 +nadgrids=/etc/passwd",
        "{" * 9999,
    ],
)
def test_a_prj_that_leads_elsewhere(wijk: AreaKind, tmp_path: Path, words: str) -> None:
    write(tmp_path / "x.shp", places(*TWO))
    members = {path.name: path.read_bytes() for path in tmp_path.glob("x.*")}
    assert codes(wijk, zipped({**members, "x.prj": words.encode()})) == ["A", "B"]  # by their coordinates


def test_gdal_knows_nothing_of_ours() -> None:
    with gdal.gdal() as reader:
        environment = Path(f"/proc/{reader.process.process.pid}/environ").read_bytes().decode()
    names = {line.partition("=")[0] for line in environment.split("\0") if line}
    assert names == {
        "GDAL_SKIP",
        "PROJ_NETWORK",
        "OPENBLAS_NUM_THREADS",
        "OGR_SQLITE_ALLOW_EXTERNAL_ACCESS",
        "LC_ALL",
    }
    assert "VRT" in environment
    assert "GeoJSON" in environment


def test_gdal_that_goes_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = tmp_path / "reader.py"
    reader.write_text("import os\nstart = lambda: lambda question: os.abort()")
    monkeypatch.setattr(gdalchild, "__file__", str(reader))
    with (
        gdal.gdal() as process,
        override("nl"),
        pytest.raises(ImportRefused, match="te veel tijd of geheugen"),
    ):
        process.ask("layers", paths=[])


def test_a_process_below_ours_skips_the_same_drivers() -> None:
    """The list is worked out anew by each process; what its parent skipped must not come back."""
    program = "import os, config.geolibs as g; g.gdal_library(); print(os.environ['GDAL_SKIP'])"
    below = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(below.stdout.strip().split(",")) == set(os.environ["GDAL_SKIP"].split(","))
    assert "VRT" in below.stdout


def comb(teeth: int, *, lies: bool = False) -> list[list[list[float]]]:
    """A comb as large as a village: sound by itself, and it crosses one that lies down as often as both have teeth, squared."""
    step = 0.01 / teeth
    points = [(-step, -step)]
    for tooth in range(teeth):
        west, east = tooth * step, (tooth + 0.4) * step
        points += [(west, 0.0), (west, 0.01), (east, 0.01), (east, 0.0)]
    points += [(0.01, 0.0), (0.01, -step), (-step, -step)]
    return [[[4.71 + (y if lies else x), 51.41 + (x if lies else y)] for x, y in points]]


def test_lines_that_cross_without_end(wijk: AreaKind) -> None:
    """Some kilobytes, for which GEOS would want hours and all memory."""
    started = time.monotonic()
    combs = collection(feature("A", "Aa", comb(500)), feature("B", "Bee", comb(500, lies=True)))
    assert "kruisen" in refused(wijk, combs)
    points = np.random.default_rng(1).random((3_000, 2)) * 0.01 + (4.71, 51.41)
    knot = [[*points.tolist(), points[0].tolist()]]
    assert "kruisen" in refused(wijk, collection(feature("A", "Aa", knot)))
    assert time.monotonic() - started < 30


def test_lines_that_cross_those_in_force_without_end(kinds: dict[str, AreaKind]) -> None:
    bring(kinds["wijk"], collection(feature("A", "Aa", comb(500))))
    assert "kruisen" in refused(kinds["wijk"], collection(feature("B", "Bee", comb(500, lies=True))))


def test_borders_that_many_areas_share_are_no_tangle(wijk: AreaKind) -> None:
    squares = [feature(f"A{n}", f"A{n}", square(n % 20 / 10, n // 20 / 10, 0.1, 0.1)) for n in range(400)]
    assert len(codes(wijk, collection(*squares))) == 400


def test_a_field_given_by_hand_is_no_pattern(wijk: AreaKind) -> None:
    """One that begins with ^ would be searched for as long as its author likes; or is none, and breaks."""
    slow = {"type": "Feature", "properties": {"a" * 40 + "!": 1, "^(x": "A", "name": "Aa"},
            "geometry": {"type": "Polygon", "coordinates": square(0, 0)}}  # fmt: skip
    with pytest.raises(ImportRefused, match="veld"):
        read_edition(
            kind=wijk,
            data=collection(slow),
            preset=preset_for("free", code_field="^(a+)+$", name_field="name"),
        )
    by_hand = preset_for("free", code_field="^(x", name_field="name")
    assert [
        one.code for one in read_edition(kind=wijk, data=collection(slow), preset=by_hand).candidates
    ] == ["A"]


def test_endless_names_of_fields_are_cut_off(wijk: AreaKind) -> None:
    many = {f"{n:03}{'x' * 50_000}": 1 for n in range(100)}
    one = {**feature("A", "Aa", square(0, 0)), "properties": many}
    assert len(refused(wijk, collection(one))) < 5_000


def test_overlaps_are_not_listed_without_end(wijk: AreaKind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "MAX_OVERLAPS", 10)
    squares = [feature(f"A{n}", f"A{n}", square(n / 100, 0)) for n in range(30)]
    faults = read_edition(kind=wijk, data=collection(*squares), preset=preset()).faults
    assert len(faults) == 21
    assert len(faults.of_file) == 1
