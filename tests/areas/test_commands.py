"""The command line: a new municipality, boundaries in, a trial that writes nothing."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from areas.models import AreaEdition, AreaKind, Municipality
from tests.areas.files import collection, feature, square

CONTACT = {"contact_name": "Onthaal", "contact_email": "onthaal@proefdorp.example"}
FIELDS = {"code_field": "code", "name_field": "name"}


def run(name: str, *args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "srid", "kinds"),
    [
        ("13014", 31370, {"gemeente", "deelgemeente", "wijk", "sector"}),
        ("0164", 28992, {"gemeente", "wijk", "buurt"}),
    ],
)
def test_create_municipality(db: None, code: str, srid: int, kinds: set[str]) -> None:
    said = run("create_municipality", code, "Proefdorp", **CONTACT)
    assert "manage.py create_administrator E-MAIL --municipality proefdorp" in said
    municipality = Municipality.objects.get()
    assert (municipality.slug, municipality.srid, municipality.is_demo) == ("proefdorp", srid, False)
    assert set(municipality.kinds.values_list("slug", flat=True)) == kinds
    assert municipality.kinds.filter(is_working_level=True).count() == 1
    with pytest.raises(CommandError):
        run("create_municipality", code, "Nog een", **CONTACT)


def test_a_wrong_code_makes_nothing(db: None) -> None:
    with pytest.raises(CommandError):
        run("create_municipality", "12", "Proefdorp", **CONTACT)
    assert not Municipality.objects.exists()
    assert not AreaKind.objects.exists()


def test_import(wijk: AreaKind, tmp_path: Path) -> None:
    file = tmp_path / "wijken.geojson"
    file.write_bytes(collection(feature("A", "Aa", square(0, 0))))
    said = run("import_areas", str(file), kind="wijk", dry_run=True, **FIELDS)
    assert "Aa" in said
    assert not AreaEdition.objects.exists()
    said = run("import_areas", str(file), kind="wijk", date="2026-01-01", source="Proef", **FIELDS)
    assert "[4/4]" in said
    assert str(AreaEdition.objects.get().reference_date) == "2026-01-01"


def test_refused_with_every_fault(wijk: AreaKind, tmp_path: Path) -> None:
    file = tmp_path / "wijken.geojson"
    file.write_bytes(collection(feature("", "", square(0, 0))))
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_areas", str(file), kind="wijk", stdout=out, stderr=out, **FIELDS)
    assert (
        len(
            [
                line
                for line in out.getvalue().splitlines()
                if ("1" in line and "veld" in line) or "field" in line
            ]
        )
        >= 2
    )


@pytest.mark.parametrize(
    "options",
    [{"kind": "nee", **FIELDS}, {"kind": "wijk"}, {"kind": "wijk", "municipality": "nee", **FIELDS}],
)
def test_wrong_options(wijk: AreaKind, tmp_path: Path, options: dict[str, str]) -> None:
    file = tmp_path / "wijken.geojson"
    file.write_bytes(collection(feature("A", "Aa", square(0, 0))))
    with pytest.raises(CommandError):
        run("import_areas", str(file), **options)


def test_no_file(wijk: AreaKind) -> None:
    with pytest.raises(CommandError):
        run("import_areas", "/bestaat/niet", kind="wijk", **FIELDS)
