"""Files of a thing: what a plan, a meeting or a report brings along."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.history import tracked
from core.models.files import PrivateFile
from core.personal import Personal


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """The words for files of things."""

    def of(self, subject: uuid.UUID) -> "AttachmentQuerySet":
        """Those of one thing, in their order, each with its file."""
        return self.filter(subject=subject).select_related("file")


@tracked(exclude=["order"])
class Attachment(models.Model):
    """A file of a thing, for everybody or for staff alone; a picture says in words what is in it.

    `kind` is the entry of `core.attachments` that knows the thing, `subject` the identifier of the thing. The file has no owner:
    it is the municipality's, and stays when who brought it leaves.
    """

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=60)
    subject = models.UUIDField(gettext_lazy("belongs to"), db_index=True)
    file = models.OneToOneField(
        PrivateFile, models.CASCADE, related_name="attachment", verbose_name=gettext_lazy("file")
    )
    title = models.CharField(gettext_lazy("title"), max_length=200)
    is_picture = models.BooleanField(gettext_lazy("picture"), default=False, editable=False)
    alternative = models.CharField(gettext_lazy("what is in the picture"), max_length=500, blank=True)
    is_public = models.BooleanField(gettext_lazy("for everybody"), default=False)
    shows_mandate_holder = models.BooleanField(
        gettext_lazy("a mandate holder is in the picture"), default=False
    )
    order = models.PositiveSmallIntegerField(gettext_lazy("place in the list"), default=0)
    created_at = models.DateTimeField(gettext_lazy("added at"), auto_now_add=True)
    updated_at = models.DateTimeField(gettext_lazy("changed at"), auto_now=True)

    objects = AttachmentQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(impersonal=("kind",), mentions=("title", "alternative"))

    class Meta:
        verbose_name = gettext_lazy("file of a thing")
        verbose_name_plural = gettext_lazy("files of things")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_picture=False) | ~Q(alternative=""),
                name="attachment_picture_in_words",
                violation_error_message=gettext_lazy("Say what is in the picture, for who does not see it."),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="attachment_has_a_title",
                violation_error_message=gettext_lazy("Give the file a title."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is read, by those who may."""
        return reverse("core:attachment", args=[self.uuid])

    @property
    def change_url(self) -> str:
        """Where it is changed or taken away, by those who may."""
        return reverse("core:attachment_change", args=[self.uuid])

    @property
    def version(self) -> str:
        """Changes with every change; an edit names the version that it started from."""
        return self.updated_at.isoformat()

    @property
    def sort(self) -> str:
        """What it is, as people call it ("PDF")."""
        return self.file.name.rpartition(".")[2].upper()
