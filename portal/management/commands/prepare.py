"""`manage.py prepare`: what a start of the demo needs of the database, in one process instead of two."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Bring the database up to date; fill an empty one of the demo."""

    # The migration checks what it needs by itself.
    requires_system_checks = ()
    help = "Migrates the database and, with DEMO=1, loads the demo municipality when there is none."

    def handle(self, *args: object, **options: object) -> None:
        """Do both."""
        call_command("migrate", verbosity=1, interactive=False, stdout=self.stdout)
        if settings.DEMO:
            call_command("load_demo", if_empty=True, stdout=self.stdout)
