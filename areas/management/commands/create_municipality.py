"""Make a municipality with the kinds of areas that are usual in its country; no demo data."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify
from django.utils.translation import gettext as _

from areas.actions import create_municipality
from areas.models import Municipality
from core.verbs import Operator


class Command(BaseCommand):
    """`manage.py create_municipality 13014 Hoogstraten --contact-name … --contact-email …`."""

    help = "Make a municipality (NIS or CBS code, names, grid, theme, contact) with the usual kinds of areas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="NIS code (five digits) or CBS code (four digits)")
        parser.add_argument("name", help="as people say it: Hoogstraten")
        parser.add_argument("--full-name", default="", help="as it signs: Stad Hoogstraten")
        parser.add_argument("--slug", default="", help="short name; made of the name when left out")
        parser.add_argument(
            "--country", choices=Municipality.Country.values, help="BE or NL; told by the code"
        )
        parser.add_argument("--srid", type=int, help="national grid: 31370 or 3812 (BE), 28992 (NL)")
        parser.add_argument(
            "--host", action="append", default=[], help="host name; may be given more than once"
        )
        parser.add_argument("--theme", default="", help="a file in static/css/themes, without .css")
        parser.add_argument("--contact-name", required=True)
        parser.add_argument("--contact-email", required=True)
        parser.add_argument("--contact-phone", default="")
        parser.add_argument("--contact-address", default="")
        parser.add_argument("--website", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        country = options["country"] or ("NL" if len(options["code"]) == 4 else "BE")
        municipality = Municipality(
            slug=options["slug"] or slugify(options["name"]),
            name=options["name"],
            full_name=options["full_name"] or options["name"],
            country=country,
            code=options["code"],
            srid=options["srid"] or (28992 if country == "NL" else 31370),
            hosts=[host.lower() for host in options["host"]],
            theme=options["theme"],
            contact_name=options["contact_name"],
            contact_email=options["contact_email"],
            contact_phone=options["contact_phone"],
            contact_address=options["contact_address"],
            website=options["website"],
        )
        try:
            create_municipality(municipality=municipality, by=Operator("create_municipality"))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        kinds = ", ".join(municipality.kinds.values_list("slug", flat=True))
        self.stdout.write(
            self.style.SUCCESS(
                _("%(name)s is there, with the kinds %(kinds)s.")
                % {"name": municipality.full_name, "kinds": kinds}
            )
        )
        self.stdout.write(
            _(
                "Next, so that somebody can sign in: manage.py create_administrator E-MAIL --municipality %(slug)s"
            )
            % {"slug": municipality.slug}
        )
