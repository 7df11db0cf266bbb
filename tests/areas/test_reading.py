"""The spellings of publishers over the years; made for this test from notes on real files."""

import datetime as dt
from typing import Any

import pytest

from areas.actions import About, draft_edition, import_areas, read_edition
from areas.importers.faults import ImportRefused
from areas.importers.presets import date_in, found_field, preset_for, presets
from areas.importers.reading import ReadFile, read_file
from areas.models import Area, AreaKind, Municipality
from tests.areas.files import bring, check_draft, collection, feature, preset, square, uploaded
from tests.conftest import OPERATOR, make_municipality


@pytest.fixture
def hengelo(db: None) -> Municipality:
    return make_municipality(slug="hengelo", name="Hengelo", country="NL", code="0164", srid=28992)


@pytest.fixture
def hoogstraten(db: None) -> Municipality:
    return make_municipality(slug="hoogstraten", name="Hoogstraten", code="13014")


def row(column: int, **properties: Any) -> dict[str, Any]:
    return {**feature("", "", square(column, 0)), "properties": properties}


def dutch(column: int, **properties: Any) -> dict[str, Any]:
    ring = [[x + 2.05, y + 0.85] for x, y in square(column, 0)[0]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def read(name: str, municipality: Municipality, *rows: Any) -> ReadFile:
    return read_file(collection(*rows), preset_for(name), municipality)


def areas(file: ReadFile) -> list[tuple[str, str]]:
    return [(area.code, area.name) for area in file.features]


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        (("cd_sector", "tx_sector_descr_nl"), None),
        (("CD_SECTOR", "TX_SECTOR_DESCR_NL"), None),
        (("CS01012022", "T_SEC_NL"), dt.date(2022, 1, 1)),
        (("cs01012011", "t_sec_nl"), dt.date(2011, 1, 1)),
    ],
)
def test_statbel_over_the_years(hoogstraten: Municipality, fields: tuple[str, str], day: Any) -> None:
    code, name = fields
    file = read(
        "statbel-sectoren",
        hoogstraten,
        row(0, **{code: "13014A00-", name: "Hoogstraten-Centrum", "tx_sector_descr_fr": "Centre"}),
        row(1, **{code: "44021A00-", name: "Elders"}),
        {**row(2, **{code: "13014ZZZZ", name: "Niet te lokaliseren"}), "geometry": None},
    )
    assert areas(file) == [("13014A00-", "Hoogstraten-Centrum")]
    assert (file.skipped, file.reference_date, file.columns["code"]) == (1, day, code)
    assert file.residual is not None
    assert file.residual.code == "13014ZZZZ"
    assert not file.faults.found


@pytest.mark.parametrize(
    "fields",
    [
        ("GM_CODE", "GM_NAAM"),
        ("gemeentecode", "gemeentenaam"),
        ("gemeenteCode", "gemeenteNaam"),
        ("statcode", "statnaam"),
    ],
)
def test_cbs_municipalities(hengelo: Municipality, fields: tuple[str, str]) -> None:
    code, name = fields
    rows = [dutch(0, **{code: "GM0164  ", name: "Hengelo (O.)"}), dutch(1, **{code: "GM0828", name: "Oss"})]
    assert areas(read("cbs-gemeenten", hengelo, *rows)) == [("GM0164", "Hengelo (O.)")]


@pytest.mark.parametrize("said", ["GM164", "164", 164, 164.0, "164.0", "GM0164", "gm0164"])
def test_lost_zeros_come_back(hengelo: Municipality, said: Any) -> None:
    file = read("cbs-gemeenten", hengelo, dutch(0, statcode=said, statnaam="Hengelo"))
    assert areas(file) == [("GM0164", "Hengelo")]
    assert bool(file.faults.repairs) is (said != "GM0164")


def test_cbs_wijken_and_buurten(hengelo: Municipality) -> None:
    wijken = read(
        "cbs-wijken",
        hengelo,
        dutch(0, wijkcode="WK016408", wijknaam="Wijk 08 Slangenbeek", jrstatcode="2024WK016408"),
        dutch(1, wijkcode="WK016499", wijknaam="Water", jrstatcode="2024WK016499"),
        dutch(2, wijkcode="WK082801", wijknaam="Oss", jrstatcode="2024WK082801"),
    )
    assert areas(wijken) == [("WK016408", "Slangenbeek")]
    assert (wijken.skipped, wijken.reference_date) == (2, dt.date(2024, 1, 1))
    buurten = read(
        "cbs-buurten",
        hengelo,
        dutch(0, BU_CODE="BU01640801", BU_NAAM="Vossenbelt-Zuid"),
        dutch(1, BU_CODE="BU01649997", BU_NAAM=""),
        dutch(2, BU_CODE="BU09989999", BU_NAAM="Buitenland"),
    )
    assert areas(buurten) == [("BU01640801", "Vossenbelt-Zuid")]


def test_gent_calls_the_stadsdeel_naam(db: None) -> None:
    gent = make_municipality(slug="gent", name="Gent", code="44021")
    wijken = read("gent-stadswijken", gent, row(0, wijknr="1", naam="Kernstad", wijk="Binnenstad", nieuwnr=1))
    assert areas(wijken) == [("1", "Binnenstad")]
    sectoren = read("gent-sectoren", gent, row(0, sectorcode="A00-", sectornaam="Kuip", wijknr=1))
    assert areas(sectoren) == [("44021A00-", "Kuip")]


def test_vrbg(hoogstraten: Municipality) -> None:
    file = read(
        "vrbg-gemeenten", hoogstraten, row(0, NISCODE="13014", NAAM="Hoogstraten"), row(1, NISCODE="11002", NAAM="Antwerpen")
    )  # fmt: skip
    assert areas(file) == [("13014", "Hoogstraten")]


def test_zeros_that_every_code_lost(hengelo: Municipality) -> None:
    by_hand = preset_for("free", code_field="code", name_field="name")
    rows = [{**dutch(n, code=16400 + n, name=f"Buurt {n}")} for n in range(2)]
    assert [code for code, _name in areas(read_file(collection(*rows), by_hand, hengelo))] == [
        "016400",
        "016401",
    ]
    rows.append(dutch(2, code=99, name="Andere"))
    assert areas(read_file(collection(*rows), by_hand, hengelo))[0] == ("16400", "Buurt 0")


def test_nothing_is_guessed(hoogstraten: Municipality) -> None:
    with pytest.raises(ImportRefused) as refused:
        read("statbel-sectoren", hoogstraten, row(0, code="13014A00-", naam="x"))
    assert "naam" in str(refused.value)  # the fields that are there are told
    with pytest.raises(ImportRefused) as refused:
        read("statbel-sectoren", hoogstraten, row(0, cd_sector="44021A00-", tx_sector_descr_nl="x"))
    assert "13014" in str(refused.value)


def test_a_field_by_any_spelling() -> None:
    assert found_field(["wijkcode"], ["id", "WIJK_CODE"]) == "WIJK_CODE"
    assert found_field([r"^CS\d{8}$"], ["CS01012011", "CS01012022", "CS1"]) == "CS01012022"
    assert found_field(["naam"], ["Naam_2"]) == ""
    assert date_in("CS31022022") is None


def test_every_preset_is_whole() -> None:
    for name, found in presets().items():
        assert name == "free" or (found.code and found.name and found.source and found.licence), name
        assert found.own.format(code="0164") != found.own or not found.own
    assert list(presets())[-1] == "free"
    offered = {name for name, found in presets().items() if found.is_for("NL", "0164")}
    assert offered == {"free", "cbs-gemeenten", "cbs-wijken", "cbs-buurten"}
    assert presets()["gent-sectoren"].is_for("BE", "44021")
    assert not presets()["gent-sectoren"].is_for("BE", "13014")


def test_a_residual_area_is_kept_without_a_place(wijk: AreaKind) -> None:
    wijk.municipality.code = "13014"
    wijk.municipality.save()
    meer = row(0, geoitem="13014W01", naam="Meer (Hoogstraten)")
    nowhere = {**row(1, geoitem="13014ZZZZ", naam="Onbekend (Hoogstraten)"), "geometry": None}
    # It comes too when the boundaries beside it are in force already, and once.
    for features in ((meer,), (meer, nowhere), (meer, nowhere)):
        bring(wijk, collection(*features), preset="provincies-in-cijfers")
    residual = Area.objects.get(is_residual=True)
    assert (residual.name, residual.codes.get().code) == ("Onbekend", "13014ZZZZ")
    assert not residual.shapes.exists()
    assert list(Area.objects.of(wijk.municipality).on_the_map().values_list("name", flat=True)) == ["Meer"]


def test_a_null_geometry_is_a_fault_elsewhere(wijk: AreaKind) -> None:
    data = collection(feature("A", "Aa", square(0, 0)), {**feature("ZZZZ", "Bee", []), "geometry": None})
    reading = read_edition(kind=wijk, data=data, preset=preset())
    assert [fault.number for fault in reading.faults] == [2]


def test_the_date_of_the_file(wijk: AreaKind) -> None:
    wijk.municipality.code = "13014"
    wijk.municipality.save()
    data = collection(row(0, CS01012022="13014A00-", T_SEC_NL="Centrum"))
    given: dict[str, Any] = {
        "kind": wijk, "upload": uploaded(data), "preset": preset_for("statbel-sectoren"), "by": OPERATOR,
    }  # fmt: skip
    open_date = draft_edition(**given, about=About(reference_date=None, source="Statbel"))
    check_draft(open_date)
    open_date.refresh_from_db()
    assert open_date.reference_date == dt.date(2022, 1, 1)
    given["upload"] = uploaded(data)
    given_date = draft_edition(**given, about=About(reference_date=dt.date(2025, 1, 1), source="Statbel"))
    kept = check_draft(given_date)
    given_date.refresh_from_db()
    assert given_date.reference_date == dt.date(2025, 1, 1)
    assert len((kept.report or {})["doubts"]) == 1
    edition = import_areas(
        municipality=wijk.municipality, kind=wijk, data=data, preset="statbel-sectoren", by=OPERATOR,
        reference_date=None, source="Statbel",
    )  # fmt: skip
    assert edition.reference_date == dt.date(2022, 1, 1)
