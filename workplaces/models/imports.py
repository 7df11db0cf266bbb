"""Uploaded rows, between the dry run and the confirmation."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from areas.models import Municipality
from core.personal import Personal


class LocationImport(models.Model):
    """A table of work locations that somebody uploaded and has still to confirm."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="+", verbose_name=gettext_lazy("municipality")
    )
    owner = models.ForeignKey(
        User, models.CASCADE, related_name="+", verbose_name=gettext_lazy("uploaded by")
    )
    file_name = models.CharField(gettext_lazy("name of the file"), max_length=120)
    rows = models.JSONField(gettext_lazy("rows"), default=list)
    created_at = models.DateTimeField(gettext_lazy("uploaded at"), auto_now_add=True)

    personal: ClassVar[Personal] = Personal(
        subject="owner",
        impersonal=("file_name", "rows"),
        delete_row=True,
        retention_days=2,
        retention_from="created_at",
    )

    class Meta:
        verbose_name = gettext_lazy("uploaded table")
        verbose_name_plural = gettext_lazy("uploaded tables")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.created_at:%Y-%m-%d}"
