"""Uploaded rows, between the dry run and the confirmation."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from areas.models import Municipality
from core.personal import Personal


class LocationImport(models.Model):
    """A table of work locations that somebody uploaded and has still to confirm."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="+", verbose_name=_("municipality")
    )
    owner = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("uploaded by"))
    file_name = models.CharField(_("name of the file"), max_length=120)
    rows = models.JSONField(_("rows"), default=list)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    personal: ClassVar[Personal] = Personal(
        subject="owner",
        impersonal=("file_name", "rows"),
        delete_row=True,
        retention_days=2,
        retention_from="created_at",
    )

    class Meta:
        verbose_name = _("uploaded table")
        verbose_name_plural = _("uploaded tables")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.created_at:%Y-%m-%d}"
