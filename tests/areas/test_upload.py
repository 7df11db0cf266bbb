"""The form for a file and the page of the check: what is asked, what is told, what the steward answers."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from areas.actions import file_of
from areas.importers import geojson, reading
from areas.models import AreaEdition
from tests.areas.files import activate, collection, feature, square
from tests.areas.made import places, shapefile, write
from tests.areas.test_coverage import around
from tests.conftest import Land

DESK = "/gebieden/grenzen/"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def steward(as_part: Callable[[str], Client]) -> Client:
    return as_part("steward")


def upload(client: Client, land: Land, data: bytes, **fields: str) -> Any:
    values = {
        "kind": str(land.kinds["wijk"].pk), "preset": "free", "code_field": "code", "name_field": "name",
        "source": "Proef", **fields, "file": SimpleUploadedFile("wijken.bin", data),
    }  # fmt: skip
    return client.post(DESK, values)


def page(client: Client) -> tuple[AreaEdition, str]:
    draft = AreaEdition.objects.get(status="draft")
    return draft, client.get(draft.get_absolute_url()).content.decode()


def test_the_form_offers_what_there_is(steward: Client, land: Land) -> None:
    html = steward.get(DESK).content.decode()
    assert "CBS" not in html
    assert "Stad Gent" not in html
    for word in ("Statbel", "VRBG", "Provincies in Cijfers", "Lambert 72", 'name="layer"', "64 MB"):
        assert word in html
    assert 'accept=".geojson,.json,.gpkg,.zip' in html


@pytest.mark.parametrize("data", [b"<OGRVRTDataset/>", b"\x00\x01", b"naam;code\n", b"%PDF-1.7"])
def test_another_sort_of_file_is_told_at_once(steward: Client, land: Land, data: bytes) -> None:
    response = upload(steward, land, data)
    assert response.status_code == 422
    assert "GeoPackage" in response.content.decode()
    assert not AreaEdition.objects.filter(status="draft").exists()


def test_every_format_has_its_bound(steward: Client, land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_BYTES", 10)
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    for data in (collection(), b"PK\x03\x04" + bytes(99), b"SQLite format 3\x00" + bytes(99)):
        assert upload(steward, land, data).status_code == 422


def test_without_a_date_it_is_today(steward: Client, land: Land) -> None:
    upload(steward, land, collection(feature("A", "Aa", square(0, 0))))
    assert page(steward)[0].reference_date == dt.date.today()


def test_the_page_tells_doubts_repairs_and_how_it_was_read(steward: Client, land: Land) -> None:
    rows = [*around(), feature("W", "West", square(0, -1))]
    rows[0]["geometry"]["coordinates"][0][0] = [*rows[0]["geometry"]["coordinates"][0][0], 12.0]
    upload(steward, land, collection(*rows))
    draft, html = page(steward)
    report = file_of(draft).report or {}
    assert [len(report[word]) for word in ("faults", "doubts", "repairs")] == [0, 2, 2]
    assert "WGS 84" in html
    assert "4.71" in html  # where the gap is, with a point and not a comma


def test_the_steward_answers_which_layer(steward: Client, land: Land, tmp_path: Path) -> None:
    path = tmp_path / "lagen.gpkg"
    for column, name in enumerate(("een", "twee")):
        write(path, places(("A", name, column, 0)), layer=name, append=path.exists())
    upload(steward, land, path.read_bytes())
    draft, html = page(steward)
    assert '<select class="input" id="answer" name="layer">' in html
    steward.post(f"{draft.get_absolute_url()}controleren/", {"layer": "twee"})
    draft.refresh_from_db()
    assert draft.mapping["layer"] == "twee"
    assert "<dd>twee</dd>" in page(steward)[1]


def test_the_steward_answers_which_system(steward: Client, land: Land, tmp_path: Path) -> None:
    data = shapefile(tmp_path, places(("A", "Aa", 0, 0)), crs="EPSG:3857")
    upload(steward, land, data)
    draft, html = page(steward)
    assert 'name="srid"' in html
    for nonsense in ("3857", "x"):
        steward.post(f"{draft.get_absolute_url()}controleren/", {"srid": nonsense})
        draft.refresh_from_db()
        assert "srid" not in draft.mapping
    steward.post(f"{draft.get_absolute_url()}controleren/", {"srid": "31370"})
    assert "Lambert 72" in page(steward)[1]
    assert not (file_of(AreaEdition.objects.get(status="draft")).report or {})["faults"]


def test_the_command_tells_it_too(land: Land, tmp_path: Path) -> None:
    file = tmp_path / "wijken.zip"
    folder = tmp_path / "map"
    folder.mkdir()
    file.write_bytes(shapefile(folder, places(("A", "Aa", 0, 0)), without=(".prj",)))
    out = io.StringIO()
    call_command(
        "import_areas", str(file), kind="wijk", code_field="code", name_field="name", dry_run=True, stdout=out
    )
    assert "EPSG:31370" in out.getvalue()
    assert "Lambert 72" in out.getvalue()


def test_the_page_says_who_did_what_with_the_boundaries(
    steward: Client, land: Land, django_assert_max_num_queries: Any
) -> None:
    upload(steward, land, collection(feature("99999W01", "Bergen", square(0, 3))))
    draft, html = page(steward)
    assert "Steward: grenzen opgeladen" in html
    person = User.objects.get(email__startswith="steward@")
    activate(draft, person, retirements=["99999W02", "99999W03"])
    steward.get(draft.get_absolute_url())  # works the difference out, and remembers it
    with django_assert_max_num_queries(15):  # six of them count what hangs on areas
        html = steward.get(draft.get_absolute_url()).content.decode()
    assert "Steward: laten ingaan" in html
    assert "concept → geldt nu" in html
    assert "outline" not in html
