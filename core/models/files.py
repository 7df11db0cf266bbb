"""Files that not everybody may read."""

import uuid
from typing import ClassVar

from django.core.files.storage import storages
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.personal import Erase, Personal


def remove_bytes(names: list[str]) -> None:
    """Take the bytes out of the private storage."""
    for name in names:
        storages["private"].delete(name)


class PrivateFileQuerySet(models.QuerySet["PrivateFile"]):
    """The words for private files."""

    def current(self) -> "PrivateFileQuerySet":
        """Those that may still be read."""
        return self.filter(models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=timezone.now()))

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove them: the rows now, the bytes when the transaction is committed."""
        names = [str(identifier) for identifier in self.values_list("uuid", flat=True)]
        removed = super().delete()
        transaction.on_commit(lambda: remove_bytes(names))
        return removed

    def expired(self) -> "PrivateFileQuerySet":
        """Those whose time is over."""
        return self.filter(expires_at__lte=timezone.now())


class PrivateFile(models.Model):
    """A file that is read through a view which asks whether this person may; its bytes lie under its identifier."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=60, db_index=True)
    owner = models.UUIDField(gettext_lazy("owner"), null=True, blank=True, db_index=True)
    subject = models.UUIDField(gettext_lazy("belongs to"), null=True, blank=True, db_index=True)
    name = models.CharField(gettext_lazy("name"), max_length=120)
    content_type = models.CharField(gettext_lazy("content type"), max_length=100)
    size = models.PositiveBigIntegerField(gettext_lazy("size in bytes"))
    sha256 = models.CharField(gettext_lazy("checksum"), max_length=64)
    created_at = models.DateTimeField(gettext_lazy("stored at"), auto_now_add=True)
    expires_at = models.DateTimeField(gettext_lazy("kept until"), null=True, blank=True, db_index=True)

    objects = PrivateFileQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To keep a file that you uploaded or asked for, for you alone."),
        subject="owner",
        subject_by="uuid",
        fields={"name": Erase.PSEUDONYM},
        mentions=("name",),
        impersonal=("kind", "content_type", "sha256"),
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("private file")
        verbose_name_plural = gettext_lazy("private files")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is read, by those who may."""
        return reverse("core:file", args=[self.uuid])
