"""How far a long job is."""

import uuid
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.personal import Erase, Personal


class JobProgress(models.Model):
    """How far a background job is, for the person who asked for it."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waiting")
        RUNNING = "running", gettext_lazy("busy")
        DONE = "done", gettext_lazy("done")
        FAILED = "failed", gettext_lazy("failed")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.UUIDField(gettext_lazy("asked by"), null=True, blank=True, db_index=True)
    task_id = models.UUIDField(gettext_lazy("task"), null=True, blank=True, db_index=True)
    title = models.CharField(gettext_lazy("title"), max_length=200)
    language = models.CharField(gettext_lazy("language"), max_length=10, default="nl")
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    done = models.PositiveBigIntegerField(gettext_lazy("done"), default=0)
    total = models.PositiveBigIntegerField(gettext_lazy("total"), default=0)
    message = models.CharField(gettext_lazy("message"), max_length=500, blank=True)
    reference = models.CharField(gettext_lazy("reference"), max_length=20, blank=True)
    result_url = models.CharField(gettext_lazy("result"), max_length=500, blank=True)
    back_url = models.CharField(gettext_lazy("where it was asked"), max_length=500, blank=True)
    created_at = models.DateTimeField(gettext_lazy("asked at"), auto_now_add=True)
    updated_at = models.DateTimeField(gettext_lazy("updated at"), auto_now=True)
    finished_at = models.DateTimeField(gettext_lazy("finished at"), null=True, blank=True)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To show how far a long task is that you started."),
        subject="owner",
        subject_by="uuid",
        fields={"title": Erase.BLANK, "message": Erase.BLANK, "result_url": Erase.BLANK},
        impersonal=("language", "state", "reference", "back_url"),
        delete_row=True,
        retention_days=14,
        retention_from="created_at",
    )

    class Meta:
        verbose_name = gettext_lazy("progress of a job")
        verbose_name_plural = gettext_lazy("progress of jobs")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(total=0) | models.Q(done__lte=models.F("total")),
                name="job_progress_done_within_total",
                violation_error_message=gettext_lazy("A job cannot be further than its end."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that shows how far the job is."""
        return reverse("core:progress", args=[self.uuid])

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def percent(self) -> int | None:
        """How far, of a hundred; None while the end is not known."""
        if self.state == self.State.DONE:
            return 100
        return 100 * self.done // self.total if self.total else None
