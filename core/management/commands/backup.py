"""`./run backup FILE`."""

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.backup import write_backup


class Command(BaseCommand):
    """Write the database and the files of people to one file."""

    help = "Write the database and the files of people to one file, which only its owner can read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that does not exist yet; - for standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        if str(target) == "-":
            self._write_to_output()
            return
        if target.exists():
            raise CommandError(f"{target} exists already; a backup never replaces another.")
        if not target.absolute().parent.is_dir():
            raise CommandError(f"The folder {target.absolute().parent} does not exist.")
        manifest = write_backup(target.absolute())
        size = target.stat().st_size / 1_000_000
        self.stdout.write(
            f"{target}: {size:.1f} MB, the database and {manifest.files} files. Personal data: keep it safe."
        )

    def _write_to_output(self) -> None:
        if sys.stdout.isatty():
            raise CommandError("A backup does not belong on the screen: backup - > FILE")
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "backup.tar"
            write_backup(made)
            with made.open("rb") as stream:
                shutil.copyfileobj(stream, sys.stdout.buffer)
