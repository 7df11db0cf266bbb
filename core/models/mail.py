"""Mails on their way out."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.personal import Erase, Personal


class OutgoingMail(models.Model):
    """One mail to one person, waiting for the worker or already handed over."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waiting")
        SENDING = "sending", gettext_lazy("being sent")
        SENT = "sent", gettext_lazy("sent")
        UNCERTAIN = "uncertain", gettext_lazy("uncertain whether it was sent")
        FAILED = "failed", gettext_lazy("failed")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    recipient = models.EmailField(gettext_lazy("to"), max_length=320)
    sender = models.CharField(gettext_lazy("from"), max_length=320)
    subject = models.CharField(gettext_lazy("subject"), max_length=998, blank=True)
    text = models.TextField(gettext_lazy("text"), blank=True)
    html = models.TextField(gettext_lazy("HTML"), blank=True)
    headers = models.JSONField(gettext_lazy("headers"), default=dict, blank=True)
    message_id = models.CharField(gettext_lazy("message ID"), max_length=255, unique=True)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveSmallIntegerField(gettext_lazy("attempts"), default=0)
    error = models.CharField(gettext_lazy("what went wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(gettext_lazy("written at"), default=timezone.now, db_index=True)
    next_attempt_at = models.DateTimeField(gettext_lazy("next attempt at"), default=timezone.now)
    sending_since = models.DateTimeField(gettext_lazy("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(gettext_lazy("sent at"), null=True, blank=True)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To send you the e-mail that you asked for, such as a link to sign in."),
        subject="recipient",
        subject_by="email",
        fields={
            "recipient": Erase.PSEUDONYM,
            "subject": Erase.BLANK,
            "text": Erase.BLANK,
            "html": Erase.BLANK,
            "headers": Erase.BLANK,
            "error": Erase.BLANK,
        },
        impersonal=("sender", "message_id", "state"),
        delete_row=True,
        retention_days=30,
        retention_from="created_at",
    )

    class Meta:
        verbose_name = gettext_lazy("outgoing mail")
        verbose_name_plural = gettext_lazy("outgoing mails")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                "next_attempt_at", condition=models.Q(state="waiting"), name="outgoing_mail_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="outgoing_mail_sent_has_moment",
                violation_error_message=gettext_lazy("A mail that was sent has a moment of sending."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_state_display()})"
