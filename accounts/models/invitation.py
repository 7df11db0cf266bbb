"""Invitations: how an administrator brings staff in."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.roles import RoleAssignment
from accounts.models.user import User
from areas.models import Area, Municipality
from core.history import tracked
from core.personal import Erase, Personal


@tracked(exclude=["token_hash"])
class Invitation(models.Model):
    """A link by mail with which a person takes up a role; works once, for a week."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="invitations", verbose_name=_("municipality")
    )
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=RoleAssignment.Role.choices)
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("area"),
        help_text=_("Empty: the whole municipality."),
    )  # fmt: skip
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)
    token_hash = models.CharField(_("checksum of the link"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    personal: ClassVar[Personal] = Personal(
        subject="email",
        subject_by="email",
        fields={"email": Erase.PSEUDONYM, "name": Erase.BLANK},
        impersonal=("role", "token_hash"),
        delete_row=True,
        retention_days=90,
        retention_from="created_at",
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"
