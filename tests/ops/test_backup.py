"""A site is written to one file, put back into another database, and is the same there."""

import hashlib
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql
from pytest_django import Settings

from core import backup
from tests.ops.databases import ROOT, connect, database_url, shape

EVERY_TABLE = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'spatial_ref_sys' ORDER BY 1
"""


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> None:
    """Two files that people brought, and one that not everybody may read."""
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save("photos/dreef.jpg", ContentFile(b"\xff\xd8 a photo"))
    default_storage.save("advice é.pdf", ContentFile(b"%PDF"))
    storages["private"].save("0001", ContentFile(b"for few"))


@pytest.fixture
def saved(transactional_db: None, cast: object, files: None, tmp_path: Path) -> Path:
    """A backup of the small municipality and its cast: polygons, people, roles with their history; and files."""
    target = tmp_path / "site.tar"
    call_command("backup", target, stdout=io.StringIO())
    return target


@pytest.fixture
def empty_database(transactional_db: None) -> Iterator[str]:
    name = f"{connection.settings_dict['NAME']}_restored"
    with connect("postgres") as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
        server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def restore(source: Path, database: str, media: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "restore", source],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": database_url(database),
            "MEDIA_ROOT": str(media),
            "DEMO": "1",
            "DEBUG": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def contents(database: str) -> dict[str, list[str]]:
    """Every row of every table as text, and the shape of the database."""
    with connect(database) as made:
        names = [name for (name,) in made.execute(EVERY_TABLE)]
        query = sql.SQL("SELECT t::text FROM {} t ORDER BY 1")
        rows = {name: [row for (row,) in made.execute(query.format(sql.Identifier(name)))] for name in names}
    return {**rows, "": shape(database)}


def test_a_restored_site_is_the_same(saved: Path, empty_database: str, tmp_path: Path) -> None:
    before = contents(connection.settings_dict["NAME"])
    assert len(before["accounts_user"]) > 5
    assert before["areas_areashape"]
    assert any("gebiedsplein_erasure" in line for line in before[""])
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [path.name for path in saved.parent.glob("site.tar*")] == ["site.tar"]

    # Not over files that are there; then nothing is written to the database either.
    refused = restore(saved, empty_database, tmp_path / "media")
    assert refused.returncode == 1
    assert "holds files already" in refused.stderr
    assert contents(empty_database).keys() == {""}

    done = restore(saved, empty_database, tmp_path / "media-back")
    assert done.returncode == 0, done.stderr
    assert "the database and 3 files" in done.stdout
    assert "migrate" not in done.stdout
    after = contents(empty_database)
    assert after.keys() == before.keys()
    for table, rows in before.items():
        assert after[table] == rows, table
    assert (tmp_path / "media-back" / "photos" / "dreef.jpg").read_bytes() == b"\xff\xd8 a photo"
    assert (tmp_path / "media-back" / "advice é.pdf").read_bytes() == b"%PDF"
    private = tmp_path / "media-back" / "private" / "0001"
    assert private.read_bytes() == b"for few"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_full_database_is_not_overwritten(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", make_tar(tmp_path, MANIFEST))


def test_a_backup_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "site.tar").touch()
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", tmp_path / "site.tar")


def test_a_backup_to_standard_output(
    db: None, files: None, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("backup", "-")
    with tarfile.open(fileobj=io.BytesIO(capfdbinary.readouterr().out)) as tar:
        assert tar.getnames()[:2] == ["manifest.json", "database.dump"]


def test_a_failed_backup_leaves_nothing(
    db: None, files: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_program", lambda name: "/bin/false")
    with pytest.raises(CommandError, match="pg_dump failed"):
        call_command("backup", tmp_path / "site.tar")
    assert not (tmp_path / "site.tar").exists()


MANIFEST = backup.Manifest(
    backup.FORMAT, "2026-01-01", ["areas.0001_initial"], [], [], hashlib.sha256(b"dump").hexdigest(), 0
)


def make_tar(folder: Path, manifest: backup.Manifest, dump: bytes = b"dump") -> Path:
    """A backup with little in it."""
    target = folder / "made.tar"
    with tarfile.open(target, "w") as tar:
        backup._add_bytes(tar, "manifest.json", json.dumps(asdict(manifest)).encode())
        backup._add_bytes(tar, "database.dump", dump)
    return target


def test_a_damaged_backup_is_refused(tmp_path: Path) -> None:
    whole, broken = make_tar(tmp_path, MANIFEST), tmp_path / "broken"
    with tarfile.open(whole) as tar:
        backup._extract_dump(tar, MANIFEST, broken)
    with (
        tarfile.open(make_tar(tmp_path, MANIFEST, b"dumb")) as tar,
        pytest.raises(CommandError, match="damaged"),
    ):
        backup._extract_dump(tar, MANIFEST, broken)


def test_a_backup_of_another_version_is_refused(tmp_path: Path) -> None:
    newer = replace(MANIFEST, migrations=["areas.0001_initial", "areas.9999_moon"])
    with pytest.raises(CommandError, match=r"another version.*areas\.9999_moon"):
        call_command("restore", make_tar(tmp_path, newer))
    with pytest.raises(CommandError, match="format 2"):
        call_command("restore", make_tar(tmp_path, replace(MANIFEST, format=2)))


@pytest.mark.parametrize("content", [b"", b"not a tar at all", b"\0" * 10240])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.tar"
    other.write_bytes(content)
    with pytest.raises(CommandError, match=r"backup"):
        call_command("restore", other)


def test_a_missing_role_is_told(db: None) -> None:
    manifest = backup.Manifest(1, "", [], [], ["gebiedsplein_nobody"], "", 0)
    with pytest.raises(CommandError, match=r"gebiedsplein_nobody.*roles\.sql"):
        backup._prepare_server(manifest)
    backup._prepare_server(replace(manifest, roles=[], extensions=["postgis"]))


def test_what_is_not_ours_is_left_to_the_administrator() -> None:
    listed = [
        "2; 3079 16385 EXTENSION - postgis ",
        "5123; 0 0 COMMENT - EXTENSION postgis ",
        "215; 1259 17000 TABLE public areas_area gebiedsplein",
        "4990; 0 0 COMMENT public TABLE areas_area gebiedsplein",
    ]
    assert [bool(backup.NOT_OURS.match(line)) for line in listed] == [True, True, False, False]
