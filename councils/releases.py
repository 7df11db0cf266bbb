"""Which things of councils are public only after a decision: the answer to an advice."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.releasing import asks_first
from core.models import Release
from core.release import ReleaseKind, release_kinds
from core.verbs import Actor
from councils.models import ANSWERS, Answer, Office
from councils.office import note

TITLE = gettext_lazy("Answer to an advice")


def people(*, thing: Answer) -> Any:
    """Who works for the municipality, and who chairs the council or writes for it."""
    council = Office.objects.current().filter(council=thing.advice.council).values("membership__person__user")
    known = Q(roles__municipality=thing.municipality) | Q(pk__in=council)
    return User.objects.filter(known, is_active=True).distinct().order_by("name", "email")


def tell_the_council(*, release: Release, thing: Answer, by: Actor) -> None:
    """A mail to the council, and to who chairs it or writes for it, at the moment that the page opens."""
    advice = thing.advice
    offices = (
        Office.objects.current().filter(council=advice.council).select_related("membership__person__user")
    )
    people = {one.membership.person for one in offices}
    addresses = {one.user.email if one.user else one.email for one in people} | {advice.council.email}
    with translation.override(settings.LANGUAGE_CODE):
        site = advice.municipality.site
        text = render_to_string(
            "councils/mail/answered.txt",
            {"advice": advice, "answer": thing, "is_correction": thing.is_correction,
             "lines": thing.lines.select_related("recommendation"),
             "link": f"{site}{advice.get_absolute_url()}" if site else ""},
        )  # fmt: skip
        subject = (
            _("Correction of the answer to your advice %(code)s")
            if thing.is_correction
            else _("Answer to your advice %(code)s")
        )
        for address in sorted(address for address in addresses if address):
            EmailMessage(subject % {"code": advice.code}, text, to=[address]).send()


release_kinds.register(
    ReleaseKind(
        name=ANSWERS, title=TITLE, model=Answer, change="councils.write_answer", publish="councils.publish_answer",
        people=people, on_release=tell_the_council, first=asks_first(ANSWERS, TITLE, "councils.publish_answer"),
        body=gettext_lazy("college of mayor and aldermen"), note=note,
    )
)  # fmt: skip
