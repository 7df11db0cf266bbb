"""`manage.py demo_signins`: who can sign in to the demo, and how."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from portal.demo.people import PEOPLE, seconds_left


class Command(BaseCommand):
    """Print the sign-ins of the demo."""

    requires_system_checks = ()
    help = (
        "Prints the demo accounts with their passwords and second-factor codes of this moment. Needs DEMO=1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --codes."""
        parser.add_argument("--codes", action="store_true", help="only the second-factor codes")

    def handle(self, *, codes: bool, **options: object) -> None:
        """Print."""
        if not settings.DEMO:
            raise CommandError("There are demo accounts with DEMO=1 only.")
        people = [person for person in PEOPLE if person.role or not codes]
        self._table([(p.name, p.email, *(() if codes else (p.password,)), p.code) for p in people])
        self.stdout.write(f"The codes count for another {seconds_left()} seconds.")
        self._warn()

    def _table(self, rows: list[tuple[str, ...]]) -> None:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())

    def _warn(self) -> None:
        """Say so when these accounts are not there, or were made with another secret key."""
        accounts = User.objects.filter(is_demo=True).in_bulk([p.email for p in PEOPLE], field_name="email")
        missing = [p.name for p in PEOPLE if p.email not in accounts]
        if missing:
            self.stderr.write("Not there yet (manage.py load_demo makes them): " + ", ".join(missing))
        elif not accounts[PEOPLE[0].email].check_password(PEOPLE[0].password):
            self.stderr.write(
                "Made with another SECRET_KEY: `manage.py load_demo` gives them these passwords."
            )
