"""Mail that leaves with the transaction that wrote it, and leaves once.

Send as always in Django (`send_mail`, `EmailMultiAlternatives`): the backend below puts each mail in the queue, one row per
recipient, in the transaction of the caller. The worker delivers. SMTP cannot tell whether a mail was accepted when the line
breaks after the text; such a mail is marked uncertain and left to a person (docs/decisions/a-mail-leaves-at-most-once.md).
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from core.models import OutgoingMail

logger = logging.getLogger(__name__)

State = OutgoingMail.State
# Minutes until the next attempt; after the last one the mail has failed.
WAITS = (1, 5, 15, 60, 240, 720, 1440)
# Longer than any conversation with a server can last (EMAIL_TIMEOUT counts for each step of it).
LOST_AFTER = dt.timedelta(minutes=15)


class QueueBackend(BaseEmailBackend):
    """Django's way of sending, ending in the queue."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue every message for each of its recipients; how many messages."""
        rows = [row for message in email_messages for row in rows_of(message)]
        OutgoingMail.objects.bulk_create(rows)
        return len(email_messages)


def rows_of(message: EmailMessage) -> list[OutgoingMail]:
    """A message as rows of the queue; each recipient gets a mail of their own, and sees no other's address.

    Raises BadHeaderError on a line break in a header, ValidationError on an address that is none, ValueError on an attachment.
    """
    if message.attachments:
        raise ValueError(
            "The queue takes no attachments: store a private file and put its address in the mail."
        )
    message.message()  # refuses line breaks in headers
    if message.content_subtype == "html":
        raise ValueError("Send a text with the HTML as its alternative.")
    html = next((str(part[0]) for part in getattr(message, "alternatives", []) if part[1] == "text/html"), "")
    headers = {
        name: str(value) for name, value in message.extra_headers.items() if name.lower() != "message-id"
    }
    if message.reply_to:
        headers.setdefault("Reply-To", ", ".join(map(str, message.reply_to)))
    rows = []
    for recipient in dict.fromkeys(message.recipients()):
        address = parseaddr(str(recipient))[1]
        validate_email(address)
        row = OutgoingMail(
            recipient=address.lower(),
            sender=str(message.from_email or settings.DEFAULT_FROM_EMAIL),
            subject=str(message.subject),
            text=str(message.body),
            html=html,
            headers=headers,
        )
        row.message_id = f"<{row.uuid}@{own_domain()}>"
        rows.append(row)
    return rows


def own_domain() -> str:
    """The part after the @ of our own address."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_of(mail: OutgoingMail, connection: Any = None) -> EmailMultiAlternatives:
    """The row as a message; the message ID is the same at every attempt."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=mail.sender,
        to=[mail.recipient],
        headers={**mail.headers, "Message-ID": mail.message_id},
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def deliver(*, limit: int = 50) -> int:
    """Hand over what is due; how many were sent. Any number of workers may do this at once."""
    if not settings.MAIL_DELIVERY_BACKEND:
        return 0
    sent = 0
    for _round in range(limit):
        mail = claim()
        if mail is None:
            break
        sent += attempt(mail)
    return sent


def claim() -> OutgoingMail | None:
    """Take one mail out of the queue; that it is being sent is committed before any server hears of it."""
    with transaction.atomic(durable=True):
        mail = (
            OutgoingMail.objects.select_for_update(skip_locked=True)
            .filter(state=State.WAITING, next_attempt_at__lte=timezone.now())
            .order_by("next_attempt_at", "pk")
            .first()
        )
        if mail is None:
            return None
        mail.state = State.SENDING
        mail.sending_since = timezone.now()
        mail.attempts += 1
        mail.save(update_fields=["state", "sending_since", "attempts"])
    return mail


def attempt(mail: OutgoingMail) -> bool:
    """Hand one claimed mail over and write down what became of it; whether it was sent."""
    server = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        message = message_of(mail, server)
        message.message()
    except Exception as error:  # noqa: BLE001 (whatever is wrong with it, it will stay wrong)
        settle(mail, State.FAILED, error)
        return False
    try:
        server.open()
    except Exception as error:  # noqa: BLE001 (nothing was handed over yet)
        postpone(mail, error)
        return False
    try:
        message.send()
    except Exception as error:  # noqa: BLE001 (sorted out by what the server answered)
        after_refusal(mail, error)
        return False
    else:
        settle(mail, State.SENT)
        return True
    finally:
        close(server)


def after_refusal(mail: OutgoingMail, error: Exception) -> None:
    """A clear no for now is tried again, a clear no for ever has failed, everything else may have been accepted."""
    code = answer_code(error)
    if 400 <= code < 500:
        postpone(mail, error)
    elif code >= 500:
        settle(mail, State.FAILED, error)
    else:
        settle(mail, State.UNCERTAIN, error)


def answer_code(error: Exception) -> int:
    """What the server answered; 0 when it did not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _text in error.recipients.values()), default=0)
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return 550 if isinstance(error, smtplib.SMTPNotSupportedError | ValidationError) else 0


def postpone(mail: OutgoingMail, error: Exception) -> None:
    """Try again later, or give up."""
    if mail.attempts > len(WAITS):
        settle(mail, State.FAILED, error)
        return
    wait = dt.timedelta(minutes=WAITS[mail.attempts - 1])
    OutgoingMail.objects.filter(pk=mail.pk, state=State.SENDING).update(
        state=State.WAITING, sending_since=None, next_attempt_at=timezone.now() + wait, error=in_short(error)
    )
    logger.warning("Mail %s postponed by %s: %s", mail.uuid, wait, type(error).__name__)


def settle(mail: OutgoingMail, state: State, error: Exception | None = None) -> None:
    """The last word on a mail; of one that was sent only the envelope stays."""
    values: dict[str, Any] = {"state": state, "error": in_short(error)}
    if state == State.SENT:
        values.update(sent_at=timezone.now(), text="", html="", headers={})
    OutgoingMail.objects.filter(pk=mail.pk, state__in=[State.SENDING, State.UNCERTAIN]).update(**values)
    if error is not None:
        logger.error("Mail %s: %s: %s", mail.uuid, state.value, type(error).__name__)


def in_short(error: Exception | None) -> str:
    """What went wrong, on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:500] if error else ""


def close(server: Any) -> None:
    """Say goodbye; that the server does not answer it changes nothing any more."""
    try:
        server.close()
    except Exception:  # noqa: BLE001 (the mail has been accepted already)
        logger.info("The mail server did not answer our goodbye")


def mark_lost() -> int:
    """Mails whose worker fell silent while sending become uncertain: they are never sent again by themselves; how many."""
    count = OutgoingMail.objects.filter(
        state=State.SENDING, sending_since__lt=timezone.now() - LOST_AFTER
    ).update(state=State.UNCERTAIN)
    if count:
        logger.error(
            "%s mails were being sent when their worker stopped: see the list in the administration", count
        )
    return count
