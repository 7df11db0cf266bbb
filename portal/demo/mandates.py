"""Who is competent in the demo, and who will be away: invented, and marked so."""

import datetime as dt

from django.utils import timezone

from accounts.models import Absence, Competence, MandateHolder, PolicyField, User
from areas.models import Municipality
from portal.demo.moments import years_of_office
from portal.demo.people import DOMAIN
from portal.demo.plans import Demo
from portal.demo.rows import restore

# The name and function of each, the account, and for which policy fields; none for all that nobody holds by name.
HOLDERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("Het college van burgemeester en schepenen", "", "", ()),
    ("Lid 1 (voorbeeld)", "schepen", "schepen", ("Openbaar domein en mobiliteit", "Dorpen en participatie")),
    ("Lid 2 (voorbeeld)", "burgemeester", "", ("Organisatie",)),
)
AWAY, DEPUTY = "medewerker.domein", "gebiedswerker.meerle"
AHEAD = dt.timedelta(days=22)  # when the absence begins, and how long it lasts is half of that


def restore_mandates(demo: Demo) -> int:
    """Make the mandate holders with what they are competent for, and one absence to come; what is there already stays."""
    first = dt.date(years_of_office()[0], 1, 1)
    for name, title, mailbox, fields in HOLDERS:
        holder = _holder(demo.municipality, name, title, mailbox)
        named: list[PolicyField | None] = [demo.fields[one] for one in fields]
        for field in named or [None]:
            there = Competence.objects.lasting().filter(
                municipality=demo.municipality, field=field, area=None
            )
            if not there.exists():
                Competence.objects.create(
                    municipality=demo.municipality, holder=holder, field=field, valid_from=first
                )
    _absence(demo.municipality)
    return len(HOLDERS)


def _holder(municipality: Municipality, name: str, title: str, mailbox: str) -> MandateHolder:
    user = User.objects.get(email=f"{mailbox}@{DOMAIN}") if mailbox else None
    identity = {"municipality": municipality, "name": name}
    return restore(MandateHolder, identity, title=title, is_college=not title, user=user, is_example=True)


def _absence(municipality: Municipality) -> None:
    user = User.objects.get(email=f"{AWAY}@{DOMAIN}")
    if Absence.objects.of(user).lasting().exists():
        return
    first = timezone.localdate() + AHEAD
    deputy = User.objects.get(email=f"{DEPUTY}@{DOMAIN}")
    Absence.objects.create(
        user=user, municipality=municipality, first=first, last=first + AHEAD / 2, deputy=deputy
    )
