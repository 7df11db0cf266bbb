"""Signs of life of the worker, and what it did at night."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.personal import Personal


class WorkerHeartbeat(models.Model):
    """The last sign of life of a worker."""

    worker_id = models.CharField(gettext_lazy("worker"), max_length=64, unique=True)
    started_at = models.DateTimeField(gettext_lazy("started at"), auto_now_add=True)
    beat_at = models.DateTimeField(gettext_lazy("last sign of life"), db_index=True)

    personal: ClassVar[Personal] = Personal(impersonal=("worker_id",))

    class Meta:
        verbose_name = gettext_lazy("sign of life of a worker")
        verbose_name_plural = gettext_lazy("signs of life of workers")
        ordering = ["-beat_at"]

    def __str__(self) -> str:
        return self.worker_id


class TickRun(models.Model):
    """One nightly job on one day; the pair is unique, so that two workers never do the same night."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waiting")
        RUNNING = "running", gettext_lazy("busy")
        DONE = "done", gettext_lazy("done")
        FAILED = "failed", gettext_lazy("failed")

    job = models.CharField(gettext_lazy("job"), max_length=60)
    day = models.DateField(gettext_lazy("day"))
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    rows = models.PositiveIntegerField(gettext_lazy("rows changed"), default=0)
    reference = models.CharField(gettext_lazy("reference"), max_length=20, blank=True)
    started_at = models.DateTimeField(gettext_lazy("started at"), default=timezone.now)
    finished_at = models.DateTimeField(gettext_lazy("finished at"), null=True, blank=True)

    personal: ClassVar[Personal] = Personal(
        impersonal=("job", "state", "reference"), retention_days=90, retention_from="started_at"
    )

    class Meta:
        verbose_name = gettext_lazy("nightly run")
        verbose_name_plural = gettext_lazy("nightly runs")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "day"],
                name="tick_run_once_a_day",
                violation_error_message=gettext_lazy("This job already ran on this day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.day}"
