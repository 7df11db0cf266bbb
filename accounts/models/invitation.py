"""Invitations: how an administrator brings staff in."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.addresses import validate_ascii
from accounts.models.roles import RoleAssignment
from accounts.models.user import User
from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Erase, Personal
from core.states import moves

DAYS = 7


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations that were sent."""

    def open(self) -> "InvitationQuerySet":
        """Those whose link works."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> "InvitationQuerySet":
        """Those that nobody accepted or revoked, also when the link is too old: they can be sent again."""
        return self.filter(state=Invitation.State.SENT)


@moves("state", {"sent": ["sent", "accepted", "revoked"]})  # sent again, with a new link
@tracked(exclude=["token_hash"])
class Invitation(models.Model):
    """A link by mail with which a person takes up a role; works once, for a week."""

    class State(models.TextChoices):
        SENT = "sent", gettext_lazy("sent")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        REVOKED = "revoked", gettext_lazy("revoked")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="invitations", verbose_name=gettext_lazy("municipality")
    )
    email = models.EmailField(gettext_lazy("e-mail address"), validators=[validate_ascii])
    name = models.CharField(gettext_lazy("name"), max_length=150, blank=True)
    role = models.CharField(gettext_lazy("role"), max_length=20, choices=RoleAssignment.Role.choices)
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("area"),
        help_text=gettext_lazy("Empty: the whole municipality."),
    )  # fmt: skip
    valid_from = models.DateField(gettext_lazy("from"))
    valid_until = models.DateField(gettext_lazy("until"), null=True, blank=True)
    token_hash = models.CharField(gettext_lazy("checksum of the link"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("invited by"),
    )
    created_at = models.DateTimeField(gettext_lazy("sent at"), auto_now_add=True)
    expires_at = models.DateTimeField(gettext_lazy("works until"))
    state = models.CharField(gettext_lazy("state"), max_length=10, choices=State.choices, default=State.SENT)
    accepted_at = models.DateTimeField(gettext_lazy("accepted at"), null=True, blank=True)

    revoked_at = models.DateTimeField(gettext_lazy("revoked at"), null=True, blank=True)
    why = models.CharField(
        gettext_lazy("why"), max_length=300, help_text=gettext_lazy("Kept in the history of the role.")
    )

    # Of the object that has just been made, never of the row: only the mail and the operator see it.
    link: str = ""

    objects = InvitationQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="area")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To invite staff by e-mail."),
        subject="email",
        subject_by="email",
        fields={"email": Erase.PSEUDONYM, "name": Erase.BLANK},
        impersonal=("role",),
        secret=("token_hash",),
        mentions=("why",),
        delete_row=True,
        retention_days=90,
        retention_from="created_at",
    )

    class Meta:
        verbose_name = gettext_lazy("invitation")
        verbose_name_plural = gettext_lazy("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="invitation_ends_after_it_starts",
                violation_error_message=gettext_lazy("A role ends after it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(role="administrator") | Q(area__isnull=True),
                name="invitation_administrator_of_everything",
                violation_error_message=gettext_lazy("An administrator administers the whole municipality."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", accepted_at__isnull=True, revoked_at__isnull=True)
                | Q(state="accepted", accepted_at__isnull=False, revoked_at__isnull=True)
                | Q(state="revoked", accepted_at__isnull=True, revoked_at__isnull=False),
                name="invitation_state_has_moment",
                violation_error_message=gettext_lazy("An invitation that was accepted cannot be revoked."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="invitation_email_in_lower_case",
                violation_error_message=gettext_lazy("An e-mail address is kept in lower case."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.uuid}"

    def clean(self) -> None:
        """The area lies in the municipality."""
        if self.area is not None and self.area.municipality_id != self.municipality_id:
            raise ValidationError(gettext_lazy("This area lies in another municipality."))

    @property
    def is_open(self) -> bool:
        """Whether the link works."""
        return self.state == self.State.SENT and self.expires_at > timezone.now()
