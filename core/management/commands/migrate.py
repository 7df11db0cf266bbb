"""Django's `migrate`, that draws the models of a migration anew only where an operation changes them (`core.migrating`)."""

from typing import Any

from django.core.management.commands import migrate

from core.migrating import lightly


class Command(migrate.Command):
    """As Django's own, with less to draw."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with lightly():
            super().handle(*args, **options)
