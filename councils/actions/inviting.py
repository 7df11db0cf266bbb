"""The mails of a meeting: one for each member with an e-mail address, in the queue within the transaction of the verb."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from core.history import because
from core.verbs import Actor, Refused, verb
from councils.actions.meeting_shared import kept_meeting
from councils.frozen import place_of
from councils.models import AgendaVersion, Meeting, Membership
from councils.reading.reach import address_of, reach_of


def invite(agenda: AgendaVersion) -> int:
    """Mail an agenda to every member who can be reached so; how many mails."""
    meeting = agenda.meeting
    with translation.override(settings.LANGUAGE_CODE):
        subjects = {
            AgendaVersion.Kind.DRAFT: _("Invitation: %(council)s, %(day)s"),
            AgendaVersion.Kind.SUPPLEMENT: _("Supplement to the agenda: %(council)s, %(day)s"),
            AgendaVersion.Kind.FINAL: _("Final agenda: %(council)s, %(day)s"),
        }
        subject = subjects[AgendaVersion.Kind(agenda.kind)]
        mails = _mails(meeting, reach_of(meeting).by_mail, subject, "councils/mail/agenda.txt", agenda=agenda)
    get_connection().send_messages(mails)
    return len(mails)


@verb
def remind_members(*, meeting: Meeting, by: Actor) -> int:
    """Mail the members that a meeting comes near, once, save those who sent word not to come; how many mails."""
    meeting = kept_meeting(meeting, by=by)
    if meeting.state != Meeting.State.CONVENED or meeting.starts_at <= timezone.now():
        raise Refused(
            _("Only of a meeting that is convened and still to come members are reminded."), "began"
        )
    if meeting.reminded_at is not None:
        raise Refused(_("The members were reminded already."), "same")
    away = set(meeting.excuses.values_list("membership", flat=True))
    members = [one for one in reach_of(meeting).by_mail if one.pk not in away]
    with translation.override(settings.LANGUAGE_CODE):
        mails = _mails(meeting, members, _("Reminder: %(council)s, %(day)s"), "councils/mail/reminder.txt")
    meeting.reminded_at = timezone.now()
    with because("councils.reminded", by=by):
        meeting.save()
    get_connection().send_messages(mails)
    return len(mails)


def _mails(
    meeting: Meeting, members: Iterable[Membership], subject: str, template: str, **more: Any
) -> list[EmailMessage]:
    """One for each of these members, in the language that is active."""
    council = meeting.council
    day = date_format(localtime(meeting.starts_at), "l j F Y")
    facts = {
        "meeting": meeting, "council": council, "day": day, "place": place_of(meeting), "site": council.municipality.site,
        **more,
    }  # fmt: skip
    return [
        EmailMessage(
            subject=subject % {"council": council.name, "day": day},
            body=render_to_string(template, {**facts, "member": one}),
            to=[address_of(one)],
            reply_to=[council.email] if council.email else None,
        )
        for one in members
    ]
