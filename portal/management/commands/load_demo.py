"""`manage.py load_demo`: the demo municipality."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from areas.models import Municipality
from portal.demo.loader import load


class Command(BaseCommand):
    """Load the demo municipality, or put it back as it was."""

    help = "Loads the demo municipality (Hoogstraten, schematic), or puts it back as it was. Needs DEMO=1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add --if-empty."""
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when there is a municipality already"
        )

    def handle(self, *, if_empty: bool, **options: object) -> None:
        """Load."""
        if not settings.DEMO:
            raise CommandError("This makes accounts with known passwords: it works with DEMO=1 only.")
        if if_empty and Municipality.objects.exists():
            self.stdout.write("There is a municipality already: nothing loaded.")
            return
        load(say=self.stdout.write)
