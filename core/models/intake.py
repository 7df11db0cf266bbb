"""Files that came in and wait for a yes."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from core.models.files import PrivateFile
from core.personal import Personal


class IntakeQuerySet(models.QuerySet["Intake"]):
    """The words for files that wait for a yes."""

    def of_kind(self, name: str) -> "IntakeQuerySet":
        """Those of one kind, newest first, without what was found in them."""
        return self.filter(kind=name).select_related("file").defer("report").order_by("-created_at")


class Intake(models.Model):
    """A file that came in and waits for a yes: how it is read, what was answered, what was found in it.

    It lives as long as its file, whose kind says how long that is; whose it is, what it is called and its checksum are the
    file's. `place` is the number of what it is for (a municipality) and `subject` the identifier of what it is a draft of, both
    of an app above.
    """

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=60, db_index=True)
    place = models.PositiveBigIntegerField(gettext_lazy("for"), db_index=True)
    subject = models.UUIDField(gettext_lazy("draft of"), null=True, blank=True, unique=True)
    file = models.OneToOneField(
        PrivateFile, models.CASCADE, related_name="intake", verbose_name=gettext_lazy("file")
    )
    reading = models.JSONField(gettext_lazy("how the file is read"), default=dict, blank=True)
    answers = models.JSONField(gettext_lazy("what was answered"), default=dict, blank=True)
    report = models.JSONField(gettext_lazy("what the check found"), null=True, blank=True)
    created_at = models.DateTimeField(gettext_lazy("uploaded at"), auto_now_add=True)

    objects = IntakeQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To keep a file that you bring in between the check and your yes."),
        kept=gettext_lazy(
            "Until you decide: a table at most two days, a file of addresses two weeks. Then it is deleted by itself."
        ),
        subject="file__owner",
        subject_by="uuid",
        impersonal=("kind", "answers", "report"),
        mentions=("reading",),
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("file that waits for a yes")
        verbose_name_plural = gettext_lazy("files that wait for a yes")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def refused(self) -> str:
        """Why its file cannot be read, as far as it was checked."""
        report: dict[str, Any] = self.report or {}
        return str(report.get("refused", ""))
