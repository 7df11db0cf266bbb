"""The reference system of a file: said, named in Esri's way, or proved by where the areas land; made for this test."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from areas.actions import read_edition
from areas.importers.faults import ImportRefused
from areas.importers.presets import preset_for
from areas.importers.systems import LAMBERT_72, LAMBERT_2008, RD_NEW, Reference, declared
from areas.importers.transform import WGS84
from areas.models import AreaKind
from tests.areas.files import bring, collection, feature, square
from tests.areas.made import places, shapefile, write, zipped
from tests.conftest import Land, make_municipality

TWO = (("A", "Aa", 0.0, 0.0), ("B", "Bee", 1.0, 0.0))
ESRI = 'PROJCS["{}",GEOGCS["GCS_X",DATUM["D_X",SPHEROID["X",6378388.0,297.0]]],UNIT["Meter",1.0]]'


def read(kind: AreaKind, data: bytes, srid: int | None = None) -> Any:
    by_hand = preset_for("free", code_field="code", name_field="name", srid=srid)
    return read_edition(kind=kind, data=data, preset=by_hand)


def bare(folder: Path, srid: int, *, is_swapped: bool = False) -> bytes:
    """A shapefile that does not say its reference system."""
    rows = places(*TWO, srid=srid)
    if is_swapped:
        rows = [
            (code, name, shapely.transform(geom, lambda points: points[:, ::-1])) for code, name, geom in rows
        ]
    return shapefile(folder, rows, without=(".prj",))


@pytest.mark.parametrize(
    ("words", "srid"),
    [
        ("EPSG:31370", LAMBERT_72),
        ("urn:ogc:def:crs:EPSG::31370", LAMBERT_72),
        ("urn:ogc:def:crs:EPSG:9.9:28992", RD_NEW),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", WGS84),
        ("EPSG:4258", WGS84),
        ("EPSG:7415", RD_NEW),
        (ESRI.format("Belge_Lambert_1972"), LAMBERT_72),
        (ESRI.format("BD72 / Belgian Lambert 72"), LAMBERT_72),
        (ESRI.format("ETRS89 / Belgian Lambert 2008"), LAMBERT_2008),
        (ESRI.format("RD_New"), RD_NEW),
        ('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]', WGS84),
        ("EPSG:3857", None),
        ("EPSG:131370", None),
        (ESRI.format("WGS_1984_Web_Mercator"), None),
        ("", None),
    ],
)
def test_what_a_file_says(words: str, srid: int | None) -> None:
    assert declared(words).srid == srid


@pytest.mark.parametrize("srid", [LAMBERT_72, LAMBERT_2008, WGS84])
@pytest.mark.parametrize("is_swapped", [False, True])
@pytest.mark.parametrize("is_known", [False, True])
def test_what_its_coordinates_prove(
    wijk: AreaKind, tmp_path: Path, srid: int, is_swapped: bool, is_known: bool
) -> None:
    if is_known:
        bring(wijk, collection(feature("A", "Aa", square(0, 0))))
    reading = read(wijk, bare(tmp_path, srid, is_swapped=is_swapped))
    assert len(reading.faults.doubts) >= (not is_known)
    if srid != WGS84 and is_swapped and not is_known:
        # Turned round it lies in Belgium too: nothing but boundaries that are known can tell.
        assert reading.file.reference == Reference(srid)
        return
    assert (reading.file.reference.srid, reading.file.reference.is_swapped) == (srid, is_swapped)
    west, south, _east, _north = reading.candidates[0].geom.bounds
    assert (west, south) == (pytest.approx(4.7, abs=1e-4), pytest.approx(51.4, abs=1e-4))
    assert len(reading.faults.repairs) == 1 + is_swapped
    assert not reading.faults.found


def test_lambert_and_rd_overlap(db: None, tmp_path: Path) -> None:
    """Coordinates of RD near Hoogstraten lie in Limburg as Lambert 72; the boundaries in force tell which it is."""
    municipality = make_municipality()
    kind = AreaKind.objects.create(
        municipality=municipality, slug="wijk", name="Wijk", plural="Wijken", rank=40, scheme="x"
    )
    bring(kind, collection(feature("A", "Aa", square(0, 0))))
    assert read(kind, bare(tmp_path, RD_NEW)).file.reference.srid == RD_NEW


def test_the_country_tells_when_nothing_is_in_force(db: None, tmp_path: Path) -> None:
    dutch = make_municipality(slug="hengelo", country="NL", code="0164", srid=28992)
    kind = AreaKind.objects.create(
        municipality=dutch, slug="wijk", name="Wijk", plural="Wijken", rank=40, scheme="cbs"
    )
    rows = [("A", "Aa", shapely.box(250_000, 475_000, 251_000, 476_000))]
    assert read(kind, shapefile(tmp_path, rows, without=(".prj",))).file.reference.srid == RD_NEW


def test_what_is_not_proved_is_asked(wijk: AreaKind, tmp_path: Path) -> None:
    rows = [("A", "Aa", shapely.box(5_000_000, 5_000_000, 5_001_000, 5_001_000))]
    with pytest.raises(ImportRefused) as refused:
        read(wijk, shapefile(tmp_path, rows, without=(".prj",)))
    assert refused.value.ask == "srid"
    assert str(LAMBERT_72) in refused.value.choices
    for path in tmp_path.iterdir():
        path.unlink()
    write(tmp_path / "x.shp", places(*TWO))
    members = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    mercator = zipped({**members, "x.prj": ESRI.format("WGS_1984_Web_Mercator").encode()})
    with pytest.raises(ImportRefused, match="Web_Mercator"):
        read(wijk, mercator)
    assert len(read(wijk, mercator, LAMBERT_72).candidates) == 2


def test_what_is_said_wrongly_is_told_by_area(wijk: AreaKind) -> None:
    data = collection(
        feature("A", "Aa", square(0, 0)), crs={"type": "name", "properties": {"name": "EPSG:31370"}}
    )
    assert read(wijk, data).faults.numbers == {1}


def test_axes_the_wrong_way_round(wijk: AreaKind) -> None:
    ring = [[y, x] for x, y in square(0, 0)[0]]
    reading = read(wijk, collection(feature("A", "Aa", [ring])))
    assert reading.candidates[0].geom.bounds[0] == pytest.approx(4.7)
    assert len(reading.faults.repairs) == 1


def test_metres_without_a_word_are_no_degrees(wijk: AreaKind) -> None:
    """GeoJSON is WGS 84, says the standard; exports of desktop software don't always know."""
    ((_code, _name, geom), *_rest) = places(*TWO)
    ring = [list(point) for point in shapely.get_coordinates(geom)]
    reading = read(wijk, collection(feature("A", "Aa", [ring])))
    assert reading.file.reference.srid == LAMBERT_72
    assert not reading.faults.found


def test_a_reference_system_that_is_said_wrongly_is_asked(land: Land, tmp_path: Path) -> None:
    """A .prj of another grid: as Lambert 72 the areas lie at home, as RD New in the North Sea."""
    write(tmp_path / "x.shp", places(*TWO, srid=LAMBERT_72))
    members = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    data = zipped({**members, "x.prj": ESRI.format("RD_New").encode()})
    with pytest.raises(ImportRefused, match=r"Als RD New .*, als Lambert 72") as refused:
        read(land.kinds["wijk"], data)
    assert (refused.value.ask, refused.value.choices[0]) == ("srid", str(LAMBERT_72))
    assert len(read(land.kinds["wijk"], data, LAMBERT_72).candidates) == 2
