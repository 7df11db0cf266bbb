"""The mails of a meeting: one for each member with an e-mail address, in the queue within the transaction of the verb."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from councils.frozen import place_of
from councils.models import AgendaVersion, Meeting, Membership


def members_of(meeting: Meeting) -> list[Membership]:
    """Who has a seat on the day of the meeting, by name."""
    rows = Membership.objects.current(meeting.day).filter(council=meeting.council)
    return list(rows.select_related("person__user").order_by("person__name", "pk"))


def address_of(member: Membership) -> str:
    """Where mails for a member go: the address noted for the council, else that of the account."""
    return member.person.email or (member.person.user.email if member.person.user else "")


def without_mail(meeting: Meeting) -> list[Membership]:
    """Members who get the agenda by letter."""
    return [one for one in members_of(meeting) if not address_of(one)]


def invite(agenda: AgendaVersion) -> int:
    """Mail an agenda to every member who can be reached so; how many mails."""
    meeting = agenda.meeting
    council = meeting.council
    with translation.override(settings.LANGUAGE_CODE):
        day = date_format(localtime(meeting.starts_at), "l j F Y")
        subjects = {
            AgendaVersion.Kind.DRAFT: _("Invitation: %(council)s, %(day)s"),
            AgendaVersion.Kind.SUPPLEMENT: _("Supplement to the agenda: %(council)s, %(day)s"),
            AgendaVersion.Kind.FINAL: _("Final agenda: %(council)s, %(day)s"),
        }
        facts = {
            "meeting": meeting, "council": council, "agenda": agenda, "day": day,
            "place": place_of(meeting), "site": council.municipality.site,
        }  # fmt: skip
        subject = subjects[AgendaVersion.Kind(agenda.kind)] % {"council": council.name, "day": day}
        mails = [
            EmailMessage(
                subject=subject,
                body=render_to_string("councils/mail/agenda.txt", {**facts, "member": one}),
                to=[address],
                reply_to=[council.email] if council.email else None,
            )
            for one in members_of(meeting)
            if (address := address_of(one))
        ]
    get_connection().send_messages(mails)
    return len(mails)
