"""Is the Dutch catalogue complete? Part of `./run check`."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

CATALOGUE = Path("locale/nl/LC_MESSAGES/django.po")
NO_SCREEN = {
    "tests",
    "benchmarks",
    "docs",
    "locale",
    "deploy",
    "scripts",
    "static",
    "staticfiles",
    "media",
    "node_modules",
}


class Command(BaseCommand):
    """Compare the Dutch catalogue with what the code and the templates say."""

    help = "Fail when a text of the code has no Dutch, when a translation is fuzzy, or when its placeholders differ."

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        present = polib.pofile(str(root / CATALOGUE))
        faults = find_faults(present, wanted_texts(root))
        faults += _format_faults(root / CATALOGUE)
        if faults:
            raise CommandError("\n".join([f"{len(faults)} faults in {CATALOGUE}:", *faults]))
        self.stdout.write(f"{len(present)} texts, all in Dutch.")


def wanted_texts(root: Path) -> polib.POFile:
    """The catalogue as makemessages would write it now, made in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in root.iterdir():
            if not source.name.startswith(".") and source.name not in NO_SCREEN:
                (folder / source.name).symlink_to(source)
        catalogue = folder / CATALOGUE
        catalogue.parent.mkdir(parents=True)
        shutil.copy(root / CATALOGUE, catalogue)
        before = Path.cwd()
        os.chdir(folder)
        try:
            call_command(
                "makemessages", locale=["nl"], symlinks=True, no_location=True, no_obsolete=True, verbosity=0
            )
        finally:
            os.chdir(before)
        return polib.pofile(str(catalogue))


def find_faults(present: polib.POFile, wanted: polib.POFile) -> list[str]:
    """What is missing, untranslated or fuzzy, each in one line."""
    known = {_key(entry): entry for entry in present if not entry.obsolete}
    faults = []
    for entry in wanted:
        if entry.obsolete:
            continue
        translation = known.get(_key(entry))
        if translation is None:
            faults.append(f"missing: {entry.msgid!r}")
        elif translation.fuzzy:
            faults.append(f"fuzzy: {entry.msgid!r}")
        elif not translation.translated():
            faults.append(f"not translated: {entry.msgid!r}")
    return faults


def _key(entry: polib.POEntry) -> tuple[str | None, str]:
    return entry.msgctxt, entry.msgid


def _format_faults(catalogue: Path) -> list[str]:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:
        raise CommandError("msgfmt is missing: apt-get install gettext.")
    done = subprocess.run(  # noqa: S603 — a fixed program and a list of arguments, no shell
        [msgfmt, "--check", "--output-file=/dev/null", str(catalogue)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip().splitlines() if done.returncode else []
