"""Everything of a site in one file, and back: the database as pg_dump makes it, and the files that people brought.

The file is a tar: `manifest.json` first (what is needed to refuse it before anything is written), then `database.dump`, then
`files/<storage>/<name>`.
"""

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ProgrammingError
from django.utils import timezone

FORMAT = 1
# Made by an administrator of the server, not ours to restore: see deploy/postgres/.
NOT_OURS = re.compile(
    r"^\d+; \d+ \d+ (EXTENSION - |COMMENT - EXTENSION |SCHEMA - public |COMMENT - SCHEMA public )"
)
# What PostGIS itself brings (spatial_ref_sys, geometry_columns) is nobody's data.
OWN_RELATIONS = """
    SELECT c.* FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    AND NOT EXISTS (
        SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
    )
"""
COUNT_RELATIONS = f"WITH own AS ({OWN_RELATIONS}) SELECT count(*) FROM own"  # noqa: S608 — constants
# The roles that the dump names: who may do what, and whose new tables carry which rights.
GRANTED_ROLES = (
    f"WITH own AS ({OWN_RELATIONS}) SELECT rolname FROM own, aclexplode(relacl) a "  # noqa: S608 — constants
    "JOIN pg_roles r ON r.oid IN (a.grantee, a.grantor) "
    "UNION SELECT rolname FROM pg_default_acl d JOIN pg_roles r ON r.oid = d.defaclrole ORDER BY 1"
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: int
    made: str
    migrations: list[str]
    extensions: list[str]
    roles: list[str]
    database_sha256: str
    files: int


def write_backup(target: Path, *, compressed: bool = True) -> Manifest:
    """Write everything to `target`, which appears only when it is complete; readable by its owner alone."""
    partial = target.with_name(target.name + ".partial")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / "database.dump"
        how = [
            "--format=custom",
            "--exclude-table-data=spatial_ref_sys",
            *([] if compressed else ["--compress=0"]),
        ]
        _run("pg_dump", *how, f"--file={dump}")
        names = [(alias, name) for alias, storage in _storages() for name in sorted(_names(storage))]
        manifest = Manifest(
            format=FORMAT,
            made=timezone.now().isoformat(timespec="seconds"),
            migrations=sorted(_applied_migrations()),
            extensions=_extensions(),
            roles=_granted_roles(),
            database_sha256=_sha256(dump),
            files=len(names),
        )
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w") as tar:
                _add_bytes(tar, "manifest.json", json.dumps(asdict(manifest), indent=1).encode())
                tar.add(dump, "database.dump")
                for alias, name in names:
                    _add_file(tar, storages[alias], alias, name)
            stream.flush()
            os.fsync(stream.fileno())
    partial.replace(target)
    return manifest


def restore_backup(source: Path) -> Manifest:
    """Put a backup back; refuses before it writes anything when the database is not empty or the backup does not fit."""
    try:
        tar = tarfile.open(source, mode="r:")  # noqa: SIM115 — closed by the `with` below
    except (OSError, tarfile.TarError) as error:
        raise CommandError(f"{source} is not a backup that can be read: {error}") from error
    with tar, tempfile.TemporaryDirectory() as folder:
        manifest = _read_manifest(tar)
        _refuse_other_version(manifest)
        _refuse_full_site()
        dump = Path(folder) / "database.dump"
        _extract_dump(tar, manifest, dump)
        _prepare_server(manifest)
        contents = Path(folder) / "contents"
        listed = _run("pg_restore", "--list", str(dump), connect=False)
        contents.write_text(
            "".join(line for line in listed.splitlines(keepends=True) if not NOT_OURS.match(line))
        )
        _run("pg_restore", "--no-owner", "--single-transaction", f"--use-list={contents}", str(dump))
        _restore_files(tar)
    return manifest


def pending_migrations() -> int:
    """How many migrations this version of the site has that the database has not."""
    return len(_known_migrations() - _applied_migrations())


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    try:
        manifest = Manifest(**json.loads(_member(tar, "manifest.json").read()))
    except (KeyError, TypeError, ValueError) as error:
        raise CommandError(
            "This file is not a backup of Gebiedsplein: its manifest is missing or strange."
        ) from error
    if manifest.format != FORMAT:
        raise CommandError(f"The backup has format {manifest.format}; this version reads format {FORMAT}.")
    return manifest


def _refuse_other_version(manifest: Manifest) -> None:
    unknown = set(manifest.migrations) - _known_migrations()
    if unknown:
        some = ", ".join(sorted(unknown)[:3])
        raise CommandError(
            f"The backup comes from another version: {len(unknown)} of its migrations are unknown here ({some}). "
            "Install that version, restore, then upgrade."
        )


def _refuse_full_site() -> None:
    with connection.cursor() as cursor:
        cursor.execute(COUNT_RELATIONS)
        (tables,) = cursor.fetchone() or (0,)
    name = connection.settings_dict["NAME"]
    if tables:
        raise CommandError(
            f"The database {name} is not empty. Restore into a new one: createdb, extensions, then again."
        )
    for alias, storage in _storages():
        if next(_names(storage), None) is not None:
            raise CommandError(
                f"The storage “{alias}” holds files already. Restore into an empty one (MEDIA_ROOT)."
            )


def _prepare_server(manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        missing = sorted(set(manifest.roles) - {name for (name,) in cursor.fetchall()})
        if missing:
            raise CommandError(
                f"Roles are missing on this server: {', '.join(missing)}. Make them with deploy/postgres/roles.sql."
            )
        present = set(_extensions())
        for extension in manifest.extensions:
            if extension in present:
                continue
            try:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {connection.ops.quote_name(extension)}")
            except ProgrammingError as error:
                raise CommandError(
                    f"The extension {extension} is missing and may not be made by this role. "
                    "Let an administrator of the server run deploy/postgres/extensions.sql in this database."
                ) from error


def _extract_dump(tar: tarfile.TarFile, manifest: Manifest, dump: Path) -> None:
    with dump.open("wb") as stream:
        shutil.copyfileobj(_member(tar, "database.dump"), stream)
    if _sha256(dump) != manifest.database_sha256:
        raise CommandError("The backup is damaged: the database in it is not what was written.")


def _restore_files(tar: tarfile.TarFile) -> None:
    wanted = dict(_storages())
    for member in tar:
        parts = PurePosixPath(member.name).parts
        if len(parts) < 3 or parts[0] != "files" or not member.isfile():
            continue
        alias, name = parts[1], "/".join(parts[2:])
        content = tar.extractfile(member)
        if alias not in wanted or content is None:
            raise CommandError(f"The backup holds files of a storage that is not set up here: {alias}.")
        if wanted[alias].save(name, File(content)) != name:
            raise CommandError(f"The file {name} could not get its own name back.")


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        content = tar.extractfile(name)
    except KeyError:
        content = None
    if content is None:
        raise CommandError(f"This file is not a backup of Gebiedsplein: there is no {name} in it.")
    return content


def _storages() -> Iterator[tuple[str, Storage]]:
    for alias in settings.STORAGES:
        if alias != "staticfiles":
            yield alias, storages[alias]


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    """Every file of a storage, but not of another that lives in a folder of it."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}{name}"
    for name in folders:
        if not _is_another(storage, f"{folder}{name}"):
            yield from _names(storage, f"{folder}{name}/")


def _is_another(storage: Storage, folder: str) -> bool:
    if not isinstance(storage, FileSystemStorage):
        return False
    others = (other for _alias, other in _storages() if other is not storage)
    path = Path(storage.path(folder)).resolve()
    return any(
        isinstance(other, FileSystemStorage) and Path(other.location).resolve() == path for other in others
    )


def _add_file(tar: tarfile.TarFile, storage: Storage, alias: str, name: str) -> None:
    try:
        with storage.open(name) as stream:
            info = tarfile.TarInfo(f"files/{alias}/{name}")
            info.size = stream.size
            tar.addfile(info, stream)
    except FileNotFoundError:
        return  # somebody removed it since the list was made; the database says so too or is about to


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def _applied_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}


def _extensions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")
        return [name for (name,) in cursor.fetchall()]


def _granted_roles() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(GRANTED_ROLES)
        return [name for (name,) in cursor.fetchall()]


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _run(program: str, *arguments: str, connect: bool = True) -> str:
    """Run a program of PostgreSQL, the newest of this machine, against the database of the settings."""
    target: list[str] = []
    extra: dict[str, Any] = {}
    if connect:
        given, env = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        target, extra = [*given[1:-1], f"--dbname={given[-1]}", "--no-password"], env or {}
    done = subprocess.run(  # noqa: S603 — a fixed program and a list of arguments, no shell
        [_program(program), *target, *arguments],
        env={**os.environ, **extra},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _program(name: str) -> str:
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        raise CommandError(
            f"{name} is missing on this machine: install postgresql-client of the version of your server or newer."
        )
    return found
