"""What comes next in an action, and what is heard of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from areas.models.where import Where
from core.dates import WhenField
from core.history import tracked
from core.personal import Personal
from plans.models.action import Action
from workplaces.models import Team


@tracked()
class Step(models.Model):
    """What comes next in an action, by when; done on a day."""

    action = models.ForeignKey(
        Action, models.CASCADE, related_name="steps", verbose_name=gettext_lazy("action")
    )
    title = models.CharField(gettext_lazy("what"), max_length=160)
    text = models.TextField(gettext_lazy("more about it"), blank=True)
    when = WhenField(gettext_lazy("at the latest"))
    done_on = models.DateField(gettext_lazy("done on"), null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="action")
    personal: ClassVar[Personal] = Personal(impersonal=("title", "when"), mentions=("text",))

    class Meta:
        verbose_name = gettext_lazy("step")
        verbose_name_plural = gettext_lazy("steps")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class News(models.Model):
    """What is heard of an action: news, or once that nothing changed, with the reason.

    `after` is the news that “nothing changed” follows: each news can be followed by one.
    """

    class Kind(models.TextChoices):
        NEWS = "news", gettext_lazy("news")
        UNCHANGED = "unchanged", gettext_lazy("nothing changed")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    action = models.ForeignKey(
        Action, models.CASCADE, related_name="news", verbose_name=gettext_lazy("action")
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind.choices, default=Kind.NEWS)
    on = models.DateField(gettext_lazy("day"), default=timezone.localdate)
    title = models.CharField(gettext_lazy("in one sentence"), max_length=160, blank=True)
    text = models.TextField(gettext_lazy("text"), blank=True)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("team")
    )
    author = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("written by"),
    )
    after = models.OneToOneField(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="unchanged",
        verbose_name=gettext_lazy("follows"),
    )
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="action")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who of the team wrote the news of an action."),
        subject="author",
        mentions=("title", "text"),
        kept=gettext_lazy("as long as the plan"),
    )

    class Meta:
        verbose_name = gettext_lazy("news")
        verbose_name_plural = gettext_lazy("news")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="news", after__isnull=True) & ~Q(title="")
                | Q(kind="unchanged") & ~Q(text=""),
                name="news_says_something",
                violation_error_message=gettext_lazy("News has a sentence, and “nothing changed” a reason."),
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(kind="unchanged", after__isnull=True),
                name="news_unchanged_once_at_first",
                violation_error_message=gettext_lazy("You said already that nothing changed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.text

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
