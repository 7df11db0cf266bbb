"""manage.py reset_second_factor EMAIL: for who lost both the phone and the recovery codes."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import User
from accounts.privacy.declared import Subject
from accounts.privacy.erase import end_sessions


class Command(BaseCommand):
    """Takes the second factor away and ends every session; a new one is set up at the next sign-in."""

    help = "Take the second factor of a person away. First make sure who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError("No such account.")
        Authenticator.objects.filter(user=user).delete()
        end_sessions(Subject.of(user))
        self.stdout.write(f"{user.email} sets up a new second factor at the next sign-in.")
