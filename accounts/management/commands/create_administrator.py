"""manage.py create_administrator EMAIL: invite the first administrator of a municipality."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions import invite
from accounts.models import RoleAssignment
from areas.models import Municipality
from core.verbs import Operator


class Command(BaseCommand):
    """Invites; the person chooses a name and a password, and sets up a second factor."""

    help = "Invite an administrator of a municipality by mail, and print the link."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom, for which municipality, at which address."""
        parser.add_argument("email")
        parser.add_argument("--municipality", metavar="SLUG", help="Needed when there are several.")
        parser.add_argument(
            "--site", metavar="URL", help="Address of this site; default: the municipality's host."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Send the invitation."""
        municipality = self._municipality(options["municipality"])
        site = options["site"] or f"https://{(municipality.hosts or ['localhost'])[0]}/"
        try:
            invitation = invite(
                by=Operator("create_administrator"),
                municipality=municipality,
                email=options["email"],
                role=RoleAssignment.Role.ADMINISTRATOR,
                valid_from=timezone.localdate(),
                why="create_administrator",
                site=site,
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"Invited {invitation.email} as administrator of {municipality.name}.")
        self.stdout.write(
            f"The link works once, until {invitation.expires_at:%Y-%m-%d %H:%M}: {invitation.link}"
        )
        self.stdout.write(
            "Whoever opens it chooses a password. At the first sign-in they set up an authenticator app: without that second "
            "factor no role counts."
        )
        self.stdout.write(
            f"Next, the boundaries: manage.py import_areas FILE --municipality {municipality.slug} --preset …  (--help lists them)"
        )

    def _municipality(self, slug: str | None) -> Municipality:
        found = list(Municipality.objects.filter(**({"slug": slug} if slug else {}))[:2])
        if len(found) == 1:
            return found[0]
        if not found:
            raise CommandError("No such municipality: make it with create_municipality.")
        raise CommandError("There are several municipalities: say which with --municipality.")
