"""What a table would do."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.models import User
from core.changes import changes_of
from core.tables import Row, TableError, csv_lines, read_table, xlsx_bytes
from tests.conftest import OPERATOR, Land
from tests.workplaces.conftest import DALEN, Maker
from workplaces.actions import import_locations
from workplaces.exchange import NAMES, row_of
from workplaces.models import Service, Team, WorkLocation
from workplaces.plan import make_plan


def rows(*cells: dict[str, str]) -> list[Row]:
    names = list(dict.fromkeys(name for row in cells for name in row))
    return [Row(number, {n: row.get(n, "") for n in names}) for number, row in enumerate(cells, 2)]


def outcome(land: Land, *cells: dict[str, str]) -> list[str]:
    return [row.outcome for row in make_plan(land.municipality, rows(*cells)).rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_comes_in_unchanged(
    land: Land, library: WorkLocation, make_location: Maker, desk: Team, kind: str
) -> None:
    library.teams.add(desk)
    make_location("Kaal", at=None, street="", house_number="", postcode="", locality="")
    make_location(
        "Ver", at=(4.7123456789, 51.4198765432), number=3, website="https://x.example/", access_note="a, b; c"
    )
    table = [row_of(location) for location in WorkLocation.objects.with_details()]
    data = b"".join(csv_lines(NAMES, table)) if kind == "csv" else xlsx_bytes(NAMES, table, "t")
    plan = make_plan(land.municipality, read_table(data))
    assert [(row.outcome, row.reasons, row.changes) for row in plan.rows] == [("same", [], [])] * 3


def test_columns_that_are_not_there_stay(land: Land, library: WorkLocation) -> None:
    plan = import_locations(
        municipality=land.municipality,
        by=OPERATOR,
        rows=rows({"kenmerk": "bibliotheek", "naam": "Bib", "telefoon": ""}),
    )
    assert [change[0] for change in plan.changed[0].changes] == ["naam", "telefoon"]
    library.refresh_from_db()
    assert (library.name, library.phone, library.street) == ("Bib", "", "Lindendreef")
    assert library.hours.count() == 3
    assert library.offers.count() == 1


def test_everything_can_change(land: Land, library: WorkLocation, desk: Team) -> None:
    Service.objects.create(municipality=land.municipality, slug="museum", name="Museum")
    import_locations(
        municipality=land.municipality,
        by=OPERATOR,
        rows=rows(
            {
                "kenmerk": "bibliotheek", "naam": "Bibliotheek", "huisnummer": "02", "postcode": "2321",
                "diensten": "Museum", "teams": "onthaal", "maandag": "gesloten", "dinsdag": "9-12",
                "breedtegraad": "51,41", "lengtegraad": "4,72", "precisie": "straat", "rolstoel": "nee",
            }
        ),
    )  # fmt: skip
    library.refresh_from_db()
    assert (library.house_number, library.postcode, library.wheelchair) == ("02", "2321", "no")
    assert library.point
    assert library.point.coords == DALEN
    assert set(library.hours.values_list("weekday", flat=True)) == {1, 2}
    assert library.services.get().slug == "museum"
    assert library.teams.get() == desk
    assert make_plan(land.municipality, [Row(2, dict(zip(NAMES, row_of(library), strict=True)))]).same


def test_new_locations(land: Land, cast: dict[str, User], library: WorkLocation, desk: Team) -> None:
    plan = import_locations(
        municipality=land.municipality,
        by=cast["steward"],
        rows=rows(
            {
                "naam": "Bibliotheek",
                "straat": "Markt",
                "diensten": "bibliotheek",
                "teams": "Onthaal",
                "zondag": "10-12",
            },
            {"naam": "Bibliotheek", "straat": "Plein"},
            {"naam": "Kwaliteit", "kenmerk": ""},
        ),
    )
    assert [row.slug for row in plan.added] == ["bibliotheek-2", "bibliotheek-3", "kwaliteit-2"]
    new = WorkLocation.objects.get(slug="bibliotheek-2")
    assert (new.hours.get().weekday, new.services.get().slug, new.teams.get()) == (6, "bibliotheek", desk)
    assert changes_of(new)[0].who == "Steward"


REFUSED: list[dict[str, str]] = [
    {"naam": ""},
    {"naam": "=1+1"},
    {"naam": "A", "straat": " @SUM(1)"},
    {"naam": "A", "telefoon": "+cmd|x"},
    {"naam": "A", "postcode": "23"},
    {"naam": "A", "e-mail": "x"},
    {"naam": "A", "website": "javascript:alert(1)"},
    {"naam": "A", "diensten": "bestaat niet"},
    {"naam": "A", "maandag": "12-9"},
    {"naam": "A", "rolstoel": "misschien"},
    {"naam": "A", "voorbeeld": "soms"},
    {"naam": "A", "breedtegraad": "51,45"},
    {"naam": "A", "breedtegraad": "51,45", "lengtegraad": "4,72"},  # no precision
    {"naam": "A", "precisie": "adres"},  # no place
    {"naam": "A", "breedtegraad": "51", "lengtegraad": "5,5", "precisie": "adres"},  # outside
    {"naam": "A", "breedtegraad": "nan", "lengtegraad": "4,72", "precisie": "adres"},
    {"naam": "A", "nummer in de bron": "99999"},
    {"naam": "A", "gesloten op": "morgen"},
    {"naam": "A", "kenmerk": "Met Spatie"},
    {"naam": "A", "kenmerk": "nieuw"},
    {"naam": "A" * 121},
]


@pytest.mark.parametrize("cells", REFUSED)
def test_refused_rows_say_why(land: Land, cells: dict[str, str]) -> None:
    (row,) = make_plan(land.municipality, rows(cells)).rows
    assert row.outcome == "refuse"
    assert row.reasons
    plan = import_locations(municipality=land.municipality, by=OPERATOR, rows=rows(cells, {"naam": "Goed"}))
    assert [row.name for row in plan.added] == ["Goed"]
    assert WorkLocation.objects.get().name == "Goed"


def test_a_phone_may_start_with_a_plus(land: Land) -> None:
    assert outcome(land, {"naam": "A", "telefoon": "+32 3 000 00 01"}) == ["add"]


def test_the_same_location_twice(land: Land, library: WorkLocation) -> None:
    same = {"naam": "Bibliotheek", "kenmerk": "bibliotheek"}
    assert outcome(land, same, same) == ["same", "refuse"]
    address = {"naam": "bibliotheek", "straat": "Lindendreef", "huisnummer": "1b", "postcode": "2320"}
    assert outcome(land, address) == ["refuse"]
    fresh = {"naam": "Nieuw", "straat": "Markt"}
    assert outcome(land, fresh, fresh) == ["add", "refuse"]


def test_unknown_columns_are_refused(land: Land) -> None:
    for cells in ({"naam": "A", "kleur": "rood"}, {"straat": "Markt"}):
        with pytest.raises(TableError):
            make_plan(land.municipality, rows(cells))


def test_only_the_office_imports(land: Land, cast: dict[str, User]) -> None:
    for part in ("worker_here", "resident", "alderman"):
        for dry in (True, False):
            with pytest.raises(PermissionDenied):
                import_locations(municipality=land.municipality, by=cast[part], rows=[], dry_run=dry)


def test_queries_do_not_grow_with_the_table(
    land: Land, make_location: Maker, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_location(f"Plek {number}")
    table = rows(
        *({"kenmerk": f"plek-{n}", "naam": f"Plek {n}"} for n in range(30)),
        *({"naam": f"N{n}"} for n in range(30)),
    )
    with django_assert_max_num_queries(12):
        plan = make_plan(land.municipality, table)
    assert (len(plan.same), len(plan.added)) == (30, 30)


def test_command(land: Land, library: WorkLocation, tmp_path: Path) -> None:
    file = tmp_path / "tabel.csv"
    file.write_bytes("kenmerk;naam\nbibliotheek;Café\n;Nieuw\n".encode("cp1252"))
    out = io.StringIO()
    call_command("import_locations", file, "--dry-run", stdout=out)
    assert "1 new, 1 changed, 0 the same, 0 refused (nothing was written)" in out.getvalue()
    assert WorkLocation.objects.get().name == "Bibliotheek"
    call_command("import_locations", file, stdout=out)
    assert set(WorkLocation.objects.values_list("name", flat=True)) == {"Café", "Nieuw"}
    file.write_text("naam\n=1\n")
    with pytest.raises(CommandError):
        call_command("import_locations", file, stdout=out, stderr=out)
    for wrong in (tmp_path / "niets.csv",):
        with pytest.raises(CommandError):
            call_command("import_locations", wrong, stdout=out)
    with pytest.raises(CommandError):
        call_command("import_locations", file, "--municipality", "onbekend", stdout=out)
