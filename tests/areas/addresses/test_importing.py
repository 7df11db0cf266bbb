"""A file of addresses comes in whole or not at all; the same file changes nothing; what it no longer holds disappears."""

import datetime as dt
import io
import threading
import time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from accounts.models import User
from areas.actions import (
    AboutAddresses,
    import_addresses,
    plan_addresses,
)
from areas.addresses.rows import AddressFileRefused
from areas.addresses.staging import Changes
from areas.models import Address, AddressImport, AreaShape, Municipality
from core.intake import ChangedSince, Gone, check, confirm, page_of
from core.models import Intake, JobProgress, PrivateFile
from core.verbs import Refused
from tests.areas.addresses.files import BERGEN_72, bag, flemish, flemish_rows
from tests.conftest import OPERATOR, Land, box
from tests.intakes import kept_file

DAY = "2026-01-01"


def no_progress(done: int, total: int, message: str) -> None:
    """Nobody looks."""


def about(**fields: Any) -> AboutAddresses:
    values: dict[str, Any] = {
        "reference_date": dt.date.fromisoformat(DAY),
        "source": "proefregister",
        **fields,
    }
    return AboutAddresses(**values)


def bring(municipality: Municipality, data: bytes, **fields: Any) -> Changes:
    loss = fields.pop("with_large_loss", False)
    return import_addresses(
        municipality=municipality, file=io.BytesIO(data), file_name="proef.csv", about=about(**fields),
        by=OPERATOR, with_large_loss=loss, progress=no_progress,
    ).changes  # fmt: skip


def counts(changes: Changes) -> tuple[int, int, int, int]:
    return changes.new, changes.changed, changes.same, changes.gone


def draft(municipality: Municipality, data: bytes, user: User) -> Intake:
    return kept_file("areas.addresses", municipality, data, user, reading=about().as_json())


def test_addresses_come_in_at_their_place(land: Land) -> None:
    assert counts(bring(land.municipality, flemish(*flemish_rows()))) == (4, 0, 0, 0)
    one = Address.objects.get(register_id="1")
    assert (one.street, one.house_number, one.locality, one.street_key) == (
        "Vrijheid",
        "149",
        "Proefdorp",
        "vrijheid",
    )
    assert one.point.x == pytest.approx(4.72, abs=1e-5)
    assert one.point.y == pytest.approx(51.45, abs=1e-5)
    brought = AddressImport.objects.get()
    assert (brought.count, str(brought.reference_date)) == (4, DAY)


def test_the_same_file_changes_nothing(land: Land) -> None:
    data = flemish(*flemish_rows())
    bring(land.municipality, data)
    before = list(Address.objects.order_by("pk").values())
    assert counts(bring(land.municipality, data)) == (0, 0, 4, 0)
    assert list(Address.objects.order_by("pk").values()) == before
    assert AddressImport.objects.count() == 1


def test_a_newer_file_changes_what_changed_and_keeps_the_rest(land: Land) -> None:
    bring(land.municipality, flemish(*flemish_rows()))
    kept = Address.objects.get(register_id="1")
    rows = flemish_rows()
    rows[1][1] = "Vrijheidslaan"
    rows[2][7] = rows[2][7] + 10
    rows[3] = [5, "Nieuwstraat", "1", "", "", "Proefdorp", "9990", *BERGEN_72]
    assert counts(bring(land.municipality, flemish(*rows))) == (1, 2, 1, 1)
    kept_now = Address.objects.get(register_id="1")
    assert (kept_now.pk, kept_now.uuid, kept_now.brought_by_id) == (kept.pk, kept.uuid, kept.brought_by_id)
    assert Address.objects.get(register_id="2").street_key == "vrijheidslaan"
    assert not Address.objects.filter(register_id="4").exists()


def test_a_part_lets_the_rest_stay(land: Land) -> None:
    bring(land.municipality, flemish(*flemish_rows()))
    assert counts(bring(land.municipality, flemish(flemish_rows()[0]), is_complete=False)) == (0, 0, 1, 0)
    assert Address.objects.count() == 4


def test_without_numbers_of_the_register_the_parts_tell(land: Land) -> None:
    rows = [["", *row[1:]] for row in flemish_rows()]
    data = flemish(*rows)
    assert counts(bring(land.municipality, data)) == (4, 0, 0, 0)
    assert counts(bring(land.municipality, data)) == (0, 0, 4, 0)


def test_rows_outside_or_twice_are_refused_and_nothing_disappears_by_it(land: Land) -> None:
    bring(land.municipality, flemish(*flemish_rows()))
    rows = flemish_rows()
    rows[0][7] = 140_000  # far west of it
    rows[1][2] = ""
    rows.append(rows[2])
    changes = bring(land.municipality, flemish(*rows))
    assert counts(changes) == (0, 0, 2, 0)
    assert changes.refused == {"outside": 1, "no-number": 1, "twice": 1}
    assert [(line, what) for line, what, _why in changes.shown_faults] == [
        (2, "Vrijheid 149"), (3, "Vrijheid"), (6, "Sint-Jozefstraat 5A"),
    ]  # fmt: skip
    assert Address.objects.count() == 4


def test_an_extract_of_the_bag_comes_in(land: Land) -> None:
    here = land.municipality
    here.country, here.srid, here.code = "NL", 28992, "9999"
    here.save()
    changes = bring(here, bag())
    assert counts(changes) == (3, 0, 0, 0)
    assert str(Address.objects.get(register_id="3002")) == "Dorpsstraat 12A-2, 7551AB Proefdorp"


def test_a_large_loss_must_be_meant(land: Land) -> None:
    bring(land.municipality, flemish(*flemish_rows()))
    with pytest.raises(Refused, match="3") as refused:
        bring(land.municipality, flemish(flemish_rows()[0]))
    assert refused.value.code == "large_loss"
    assert Address.objects.count() == 4
    assert counts(bring(land.municipality, flemish(flemish_rows()[0]), with_large_loss=True)) == (0, 0, 1, 3)


def test_a_trial_writes_nothing(land: Land) -> None:
    file = io.BytesIO(flemish(*flemish_rows()))
    plan = plan_addresses(municipality=land.municipality, file=file, is_complete=True, progress=no_progress)
    assert counts(plan.changes) == (4, 0, 0, 0)
    assert not Address.objects.exists()
    assert not AddressImport.objects.exists()


def test_a_file_that_breaks_halfway_changes_nothing(land: Land) -> None:
    data = flemish(*flemish_rows()) + b'"no end'
    with pytest.raises(AddressFileRefused):
        bring(land.municipality, data)
    assert not Address.objects.exists()


def test_check_then_bring(land: Land, cast: dict[str, User]) -> None:
    steward = cast["steward"]
    one = check(intake=draft(land.municipality, flemish(*flemish_rows()), steward), by=steward)
    assert one.report is not None
    assert one.report["changes"]["new"] == 4
    assert not Address.objects.exists()
    done = confirm(intake=one, digest=one.report["digest"], by=steward)
    assert (done.uuid, done.count) == (one.uuid, 4)
    assert not PrivateFile.objects.exists()
    with pytest.raises(Gone):
        confirm(intake=one, digest=one.report["digest"], by=steward)


def test_what_came_in_after_the_check_is_a_conflict(land: Land, cast: dict[str, User]) -> None:
    steward = cast["steward"]
    one = draft(land.municipality, flemish(*flemish_rows()), steward)
    with pytest.raises(ChangedSince):  # never checked
        confirm(intake=one, digest="", by=steward)
    shown = (check(intake=one, by=steward).report or {})["digest"]
    bring(land.municipality, flemish(flemish_rows()[0]))
    with pytest.raises(ChangedSince) as changed:
        confirm(intake=one, digest=shown, by=steward)
    assert counts(changed.value.current.changes) == (3, 0, 1, 0)
    assert Address.objects.count() == 1


def test_boundaries_that_changed_after_the_check_are_a_conflict(land: Land, cast: dict[str, User]) -> None:
    """They say which addresses lie outside: the counts that were shown would not be those that come in."""
    one = check(intake=draft(land.municipality, flemish(*flemish_rows()), cast["steward"]), by=OPERATOR)
    AreaShape.objects.filter(area__in=[land["bergen"], land["noord-deelgemeente"]]).update(
        geom=box(4.0, 51.0, 4.1, 51.1)
    )
    with pytest.raises(ChangedSince) as changed:
        confirm(intake=one, digest=(one.report or {})["digest"], by=cast["steward"])
    assert changed.value.current.changes.refused["outside"]
    assert not Address.objects.exists()


@pytest.mark.parametrize("part", ["resident", "worker_here", "alderman"])
def test_not_for_others(land: Land, cast: dict[str, User], part: str) -> None:
    with pytest.raises(PermissionDenied):
        import_addresses(
            municipality=land.municipality,
            file=io.BytesIO(b"x"),
            file_name="x",
            about=about(),
            by=cast[part],
            progress=no_progress,
        )


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_come_in_one_after_the_other(land: Land) -> None:
    """Without the lock both would compare with the empty table, and the second fail on what the first wrote."""
    data, failures = flemish(*flemish_rows()), []

    def second() -> None:
        try:
            found.append(bring(land.municipality, data))
        except Exception as error:  # noqa: BLE001 (told below)
            failures.append(error)
        finally:
            connection.close()

    found: list[Changes] = []
    other = threading.Thread(target=second)
    with transaction.atomic():
        bring(land.municipality, data)
        other.start()
        time.sleep(0.5)
    other.join()
    assert failures == []
    assert counts(found[0]) == (0, 0, 4, 0)


def test_the_pages(land: Land, as_part: Any, django_capture_on_commit_callbacks: Any) -> None:
    steward: Client = as_part("steward")
    upload = ContentFile(
        flemish(*flemish_rows(), ["x", "Verweg", "", "", "", "", "9990", 1, 1]), name="adressen.csv"
    )
    sent = {"file": upload, "reference_date": DAY, "source": "Adressenregister", "is_complete": "on"}
    with django_capture_on_commit_callbacks(execute=True):
        assert "/voortgang/" in steward.post("/gebieden/adressen/", sent).headers["Location"]
    path = page_of(Intake.objects.get())
    page = steward.get(path).content.decode()
    assert "het huisnummer ontbreekt" in page
    assert "Lees deze adressen in" in page
    digest = page.split('name="digest" value="')[1].split('"')[0]
    assert steward.post(f"{path}binnenbrengen/", {"digest": "x"}).status_code == 409
    for _click in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            found = steward.post(f"{path}binnenbrengen/", {"digest": digest})
    assert found.headers["Location"] == path, "the second click leads to what the first did"
    assert JobProgress.objects.latest("pk").state == "done"
    assert Address.objects.count() == 4
    page = steward.get("/gebieden/adressen/").content.decode()
    assert "Adressenregister" in page
    assert steward.post(f"{path}weg/").status_code == 404  # it is no draft any more
    assert "Wat het veranderde" in steward.get(path).content.decode()


def test_a_file_that_cannot_be_read_is_told(
    land: Land, as_part: Any, django_capture_on_commit_callbacks: Any
) -> None:
    steward: Client = as_part("steward")
    sent = {"file": ContentFile(b"a;b\n1;2\n", name="x.csv"), "reference_date": DAY, "source": "x"}
    with django_capture_on_commit_callbacks(execute=True):
        steward.post("/gebieden/adressen/", sent)
    path = page_of(Intake.objects.get())
    assert "straatnm, huisnr" in steward.get(path).content.decode()
    assert (
        steward.post(f"{path}bestand/", {"replace-file": ContentFile(b"<x>", name="x.csv")}).status_code
        == 422
    )
    better = ContentFile(flemish(*flemish_rows()), name="beter.csv")
    with django_capture_on_commit_callbacks(execute=True):
        steward.post(f"{path}bestand/", {"replace-file": better})
    page = steward.get(path).content.decode()
    assert "beter.csv" in page
    assert "Lees deze adressen in" in page
    assert steward.post(f"{path}weg/").headers["Location"] == "/gebieden/adressen/"
    assert not Intake.objects.exists()
    assert steward.get(path).headers["Location"] == "/gebieden/adressen/"
    for wrong in (
        {"file": ContentFile(b"\x00\x01", name="x.csv")},
        {"source": ""},
        {"reference_date": "gisteren"},
    ):
        assert steward.post("/gebieden/adressen/", {**sent, **wrong}).status_code == 422


def test_the_command(land: Land, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "adressen.csv"
    file.write_bytes(flemish(*flemish_rows()))
    call_command("import_addresses", file, "--dry-run")
    assert not Address.objects.exists()
    call_command("import_addresses", file, "--date", DAY)
    assert Address.objects.count() == 4
    assert "4" in capsys.readouterr().out
    assert AddressImport.objects.get().source == "Adressenregister Vlaanderen"
    with pytest.raises(CommandError):
        call_command("import_addresses", tmp_path / "nergens.csv")
    file.write_bytes(b"x")
    with pytest.raises(CommandError):
        call_command("import_addresses", file)


def test_ten_thousand_addresses(land: Land) -> None:
    """They come in, and the same file again is compared with what is there."""
    west, south = BERGEN_72
    rows = (
        [n, f"Straat {n // 40}", n % 40 + 1, "", "", "Proefdorp", "9990", west + n % 100, south + n // 100]
        for n in range(10_000)
    )
    data = flemish(*rows)
    assert counts(bring(land.municipality, data)) == (10_000, 0, 0, 0)
    assert counts(bring(land.municipality, data)) == (0, 0, 10_000, 0)
