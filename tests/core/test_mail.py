"""The queue: with the transaction or not at all, and never twice."""

import datetime as dt
import smtplib
import threading
from collections import Counter
from typing import Any, ClassVar

import pytest
import time_machine
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core import mail as mail_module
from core.mail import WAITS, QueueBackend, deliver, mark_lost
from core.models import OutgoingMail
from tests.conftest import show_second_factor

State = OutgoingMail.State


class Killed(BaseException):
    """The process ends here."""


class FakeServer(BaseEmailBackend):
    """A mail server that accepts, refuses, or pulls the plug."""

    accepted: ClassVar[list[EmailMessage]] = []
    on_open: ClassVar[BaseException | None] = None
    before: ClassVar[BaseException | None] = None
    after: ClassVar[BaseException | None] = None
    lock: ClassVar[threading.Lock] = threading.Lock()

    def open(self) -> bool:
        if self.on_open:
            raise self.on_open
        return True

    def send_messages(self, email_messages: Any) -> int:
        if self.before:
            raise self.before
        with self.lock:
            self.accepted.extend(email_messages)
        if self.after:
            raise self.after
        return len(email_messages)


@pytest.fixture(autouse=True)
def _server(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "core.mail.QueueBackend"
    settings.MAIL_DELIVERY_BACKEND = "tests.core.test_mail.FakeServer"
    settings.DEFAULT_FROM_EMAIL = "Gebiedsplein <plein@proefdorp.example>"
    FakeServer.accepted = []
    FakeServer.on_open = FakeServer.before = FakeServer.after = None


def write(to: str = "jan@proefdorp.example") -> OutgoingMail:
    send_mail("Welkom", "Dag Jan", None, [to])
    return OutgoingMail.objects.latest("pk")


def state_of(mail: OutgoingMail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_settings_send_into_the_queue() -> None:
    import config.settings

    assert config.settings.EMAIL_BACKEND == "core.mail.QueueBackend"


@pytest.mark.django_db
def test_one_row_for_each_recipient() -> None:
    message = EmailMultiAlternatives(
        "Welkom", "Dag", to=["Jan <Jan@proefdorp.example>"], cc=["an@proefdorp.example"],
        bcc=["an@proefdorp.example"], reply_to=["onthaal@proefdorp.example"],
    )  # fmt: skip
    message.attach_alternative("<p>Dag</p>", "text/html")
    message.send()
    assert not FakeServer.accepted
    rows = list(OutgoingMail.objects.order_by("pk"))
    assert [row.recipient for row in rows] == ["jan@proefdorp.example", "an@proefdorp.example"]
    assert deliver() == 2
    first, second = FakeServer.accepted
    assert first.to == ["jan@proefdorp.example"]
    assert first.recipients() == ["jan@proefdorp.example"]
    assert second.recipients() == ["an@proefdorp.example"]
    assert "an@proefdorp.example" not in str(first.message()).split()
    assert "<p>Dag</p>" in str(first.message())
    assert first.message()["Reply-To"] == "onthaal@proefdorp.example"
    assert first.message()["Message-ID"] == f"<{rows[0].uuid}@proefdorp.example>"


@pytest.mark.django_db(transaction=True)
def test_mail_goes_with_the_transaction() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the rollback is the point)
        write()
        raise RuntimeError
    assert OutgoingMail.objects.count() == 0
    assert deliver() == 0


@pytest.mark.django_db
def test_envelope_stays_and_the_text_goes() -> None:
    mail = write()
    assert deliver() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.html, mail.headers) == (State.SENT, "", "", {})
    assert mail.sent_at is not None
    assert deliver() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["subject", "from_email"])
def test_no_header_can_be_slipped_in(field: str) -> None:
    message = EmailMessage("Welkom", "Dag", to=["jan@proefdorp.example"])
    setattr(message, field, "Welkom\nBcc: buit@kwaad.example")
    with pytest.raises(BadHeaderError):
        message.send()
    with pytest.raises(BadHeaderError):
        EmailMessage("A", "B", to=["jan@proefdorp.example"], headers={"X-A": "b\r\nBcc: c@d.example"}).send()
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["geen adres", "a@b@c.example", "jan@", "x"])
def test_only_addresses_are_queued(address: str) -> None:
    with pytest.raises(ValidationError):
        write(address)


def test_no_attachments() -> None:
    message = EmailMessage("A", "B", to=["jan@proefdorp.example"])
    message.attach("a.txt", "inhoud", "text/plain")
    with pytest.raises(ValueError, match="private file"):
        QueueBackend().send_messages([message])


@pytest.mark.django_db
def test_dead_server_is_tried_again_later_with_the_same_number() -> None:
    FakeServer.on_open = ConnectionRefusedError("no")
    with time_machine.travel("2026-03-04T12:00Z", tick=False) as clock:
        mail = write()
        number = mail.message_id
        for minutes in WAITS:
            assert deliver() == 0
            assert state_of(mail) == State.WAITING
            assert mail.next_attempt_at == timezone.now() + dt.timedelta(minutes=minutes)
            assert deliver() == 0  # not due
            clock.shift(minutes * 60)
        assert mail.attempts == len(WAITS)
        FakeServer.on_open = None
        assert deliver() == 1
        assert FakeServer.accepted[0].message()["Message-ID"] == number


@pytest.mark.django_db
def test_gives_up_in_the_end() -> None:
    FakeServer.on_open = ConnectionRefusedError("no")
    mail = write()
    OutgoingMail.objects.update(attempts=len(WAITS))
    deliver()
    assert state_of(mail) == State.FAILED
    assert "ConnectionRefusedError" in mail.error


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"jan@x": (550, b"unknown")}), State.FAILED),
        (smtplib.SMTPRecipientsRefused({"jan@x": (450, b"greylisted")}), State.WAITING),
        (smtplib.SMTPDataError(554, "spam"), State.FAILED),
        (smtplib.SMTPDataError(451, "later"), State.WAITING),
        (smtplib.SMTPSenderRefused(553, b"no", "a@b"), State.FAILED),
        (smtplib.SMTPServerDisconnected("gone"), State.UNCERTAIN),
        (TimeoutError("slow"), State.UNCERTAIN),
        (ConnectionResetError("cut"), State.UNCERTAIN),
    ],
)
def test_answer_of_the_server_decides(refusal: Exception, state: str) -> None:
    FakeServer.before = refusal
    mail = write()
    assert deliver() == 0
    assert state_of(mail) == state


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_while_sending_is_never_sent_again_by_itself(moment: str) -> None:
    setattr(FakeServer, moment, Killed())
    with time_machine.travel("2026-03-04T12:00Z", tick=False) as clock:
        mail = write()
        with pytest.raises(Killed):
            deliver()
        assert state_of(mail) == State.SENDING  # committed before the server heard of it
        FakeServer.before = FakeServer.after = None
        accepted = len(FakeServer.accepted)
        assert deliver() == 0
        assert mark_lost() == 0  # it may still be busy
        clock.shift(16 * 60)
        assert mark_lost() == 1
        assert deliver() == 0
        assert state_of(mail) == State.UNCERTAIN
        assert len(FakeServer.accepted) == accepted == (1 if moment == "after" else 0)


@pytest.mark.django_db(transaction=True)
def test_that_it_is_being_sent_is_committed_before_the_server_hears_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    def look(self: FakeServer, messages: Any) -> int:
        other = connections["default"].copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT state FROM core_outgoingmail")
            seen.extend(row[0] for row in cursor.fetchall())
        other.close()
        return 1

    monkeypatch.setattr(FakeServer, "send_messages", look)
    write()
    deliver()
    assert seen == ["sending"]


@pytest.mark.django_db
def test_server_that_forgets_to_say_goodbye_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def rude(self: FakeServer) -> None:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(FakeServer, "close", rude)
    mail = write()
    assert deliver() == 1
    assert state_of(mail) == State.SENT


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once() -> None:
    for number in range(40):
        write(f"p{number}@proefdorp.example")
    start = threading.Barrier(3)
    sent: list[int] = []

    def work() -> None:
        try:
            start.wait()
            sent.append(deliver(limit=100))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(sent) == 40
    assert Counter(message.to[0] for message in FakeServer.accepted).most_common(1)[0][1] == 1
    assert OutgoingMail.objects.filter(state=State.SENT).count() == 40


@pytest.mark.django_db(transaction=True)
def test_locked_mail_is_passed_over() -> None:
    mail = write()
    other = connections["default"].copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM core_outgoingmail WHERE id = %s FOR UPDATE", [mail.pk])
            assert deliver() == 0
    finally:
        other.rollback()
        other.close()
    assert deliver() == 1


@pytest.mark.django_db
def test_without_a_server_the_queue_waits(settings: LazySettings) -> None:
    settings.MAIL_DELIVERY_BACKEND = None
    mail = write()
    assert deliver() == 0
    assert state_of(mail) == State.WAITING


@pytest.mark.django_db
def test_mail_of_somebody_erased_meanwhile_stays_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    def erase(self: FakeServer, messages: Any) -> int:
        OutgoingMail.objects.all().delete()
        return 1

    monkeypatch.setattr(FakeServer, "send_messages", erase)
    write()
    deliver()
    assert OutgoingMail.objects.count() == 0


@pytest.fixture
def operator(land: object) -> Client:
    client = Client()
    person = User.objects.create_superuser("beheer@proefdorp.example")
    client.force_login(person, backend="accounts.backends.PersonBackend")
    show_second_factor(client, person)
    return client


def test_staff_settle_what_is_uncertain(operator: Client) -> None:
    first, second, waiting = write("a@b.example"), write("c@d.example"), write("e@f.example")
    OutgoingMail.objects.filter(pk__in=[first.pk, second.pk]).update(state=State.UNCERTAIN)
    page = operator.get("/beheer/core/outgoingmail/", {"state__exact": "uncertain"})
    assert page.status_code == 200
    assert "a@b.example" in page.content.decode()
    operator.post(
        "/beheer/core/outgoingmail/", {"action": "send_again", "_selected_action": [first.pk, waiting.pk]}
    )
    operator.post(
        "/beheer/core/outgoingmail/", {"action": "consider_sent", "_selected_action": [second.pk, waiting.pk]}
    )
    assert (state_of(first), state_of(second), state_of(waiting)) == (
        State.WAITING,
        State.SENT,
        State.WAITING,
    )


def test_staff_do_not_read_mails(operator: Client) -> None:
    send_mail("Wachtwoord", "geheime-koppeling-123", None, ["a@b.example"])
    mail = OutgoingMail.objects.get()
    page = operator.get(f"/beheer/core/outgoingmail/{mail.pk}/change/")
    assert page.status_code == 200
    assert "geheime-koppeling" not in page.content.decode()
    assert mail_module.message_of(mail).body == "geheime-koppeling-123"
