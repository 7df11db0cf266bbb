"""Of what a person was reminded by mail: once for each thing and term."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.personal import Personal


class Reminded(models.Model):
    """A reminder that was mailed: `subject` is the action or the goal, `term` the day that it was about."""

    class Kind(models.TextChoices):
        NEWS_SOON = "news_soon", gettext_lazy("news is due soon")
        NO_NEWS = "no_news", gettext_lazy("no news")
        LATE = "late", gettext_lazy("late")
        NOT_BEGUN = "not_begun", gettext_lazy("should have begun")
        STEP_SOON = "step_soon", gettext_lazy("a step is due soon")
        STEP_LATE = "step_late", gettext_lazy("a step is late")
        NOTHING_PLANNED = "nothing_planned", gettext_lazy("nothing planned any more")
        FIGURE_MISSING = "figure_missing", gettext_lazy("a figure is missing")

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=gettext_lazy("person"))
    kind = models.CharField(gettext_lazy("kind"), max_length=16, choices=Kind.choices)
    subject: "models.UUIDField[uuid.UUID, uuid.UUID]" = models.UUIDField(gettext_lazy("about"))
    term = models.DateField(gettext_lazy("term"))
    made_at = models.DateTimeField(gettext_lazy("mailed at"), auto_now_add=True)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To remind you once, and not every night."),
        subject="user",
        delete_row=True,
        retention_days=800,
        retention_from="made_at",
    )

    class Meta:
        verbose_name = gettext_lazy("reminder that was mailed")
        verbose_name_plural = gettext_lazy("reminders that were mailed")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "subject", "term"],
                name="reminded_once",
                violation_error_message=gettext_lazy("This person was reminded of it already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.term}"
