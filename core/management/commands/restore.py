"""`./run restore FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.backup import pending_migrations, restore_backup


class Command(BaseCommand):
    """Put a backup back into an empty database."""

    help = "Put a backup back into an empty database and an empty folder of files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = restore_backup(options["file"])
        self.stdout.write(f"The backup of {manifest.made} is back: the database and {manifest.files} files.")
        if behind := pending_migrations():
            self.stdout.write(f"It is older than this version: now run migrate ({behind} migrations).")
