"""The mails of an evaluation: one for each member of its councils with an e-mail address, whether they answered or not."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from councils.models import Evaluation, Membership
from councils.reading.reach import address_of


def ask_members(evaluation: Evaluation, *, again: bool = False) -> int:
    """Ask every member who can be reached by mail, in the queue within the transaction of the verb; how many mails."""
    site = evaluation.municipality.site
    rows = Membership.objects.current().filter(council__in=evaluation.councils())
    found = rows.select_related("person__user", "council").order_by("council__name", "person__name", "pk")
    with translation.override(settings.LANGUAGE_CODE):
        subject = (
            _("Reminder: how did %(council)s do in %(year)d?")
            if again
            else _("How did %(council)s do in %(year)d?")
        )
        mails = [_mail(evaluation, one, subject, site, again=again) for one in found if address_of(one)]
    get_connection().send_messages(mails)
    return len(mails)


def _mail(
    evaluation: Evaluation, member: Membership, subject: str, site: str, *, again: bool
) -> EmailMessage:
    council = member.council
    facts = {
        "member": member,
        "council": council,
        "evaluation": evaluation,
        "again": again,
        "has_account": member.person.user_id is not None,
        "url": site + reverse("councils:evaluation_answer", args=[evaluation.uuid, council.slug]),
    }
    return EmailMessage(
        subject=subject % {"council": council.name, "year": evaluation.year},
        body=render_to_string("councils/mail/evaluation.txt", facts),
        to=[address_of(member)],
        reply_to=[council.email] if council.email else None,
    )
