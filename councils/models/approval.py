"""What was approved of a meeting: the minutes as they were frozen, and who approved them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from councils.models.meeting import Meeting, stays
from councils.models.person import Person


@tracked()
class MinutesVersion(models.Model):
    """The minutes as they were approved: frozen. `content` is their text as data, `digest` the SHA-256 of its canonical JSON."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="approved_minutes", verbose_name=gettext_lazy("meeting")
    )
    content = models.JSONField(gettext_lazy("content"))
    digest = models.CharField(gettext_lazy("checksum"), max_length=64)
    made_at = models.DateTimeField(gettext_lazy("frozen at"), auto_now_add=True)

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(impersonal=("digest", "content"))

    class Meta:
        verbose_name = gettext_lazy("approved minutes")
        verbose_name_plural = pgettext_lazy("several", "approved minutes")
        triggers = [stays("minutes stay as they were approved")]

    def __str__(self) -> str:
        return f"minutes of {self.meeting_id}"


@tracked()
class Approval(models.Model):
    """Chair or secretary approved the minutes as they then were: the moment and their digest; no qualified electronic signature."""

    class Role(models.TextChoices):
        CHAIR = "chair", gettext_lazy("chair")
        SECRETARY = "secretary", gettext_lazy("secretary")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="approvals", verbose_name=gettext_lazy("meeting")
    )
    role = models.CharField(gettext_lazy("as"), max_length=9, choices=Role.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="approvals", verbose_name=gettext_lazy("person"),
        help_text=gettext_lazy("Nobody: somebody of the municipality did it for the council."),
    )  # fmt: skip
    digest = models.CharField(gettext_lazy("checksum"), max_length=64)
    at = models.DateTimeField(gettext_lazy("approved at"))

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who approved the minutes of a council, and when."),
        subject="person__user",
        impersonal=("digest",),
    )

    class Meta:
        verbose_name = gettext_lazy("approval of minutes")
        verbose_name_plural = gettext_lazy("approvals of minutes")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "role", "digest"],
                name="approval_once_a_role",
                violation_error_message=gettext_lazy("These minutes are approved so already."),
            )
        ]
        triggers = [stays("an approval stays as it was given")]

    def __str__(self) -> str:
        return f"{self.role} of {self.meeting_id}"
