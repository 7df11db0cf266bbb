"""What the data-quality list no longer has to show."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.history import tracked
from core.personal import Personal
from workplaces.models.location import WorkLocation


@tracked()
class QualityWaiver(models.Model):
    """Somebody looked at a finding of a rule and says that it is right so, and why."""

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="waivers", verbose_name=gettext_lazy("work location")
    )
    rule = models.SlugField(gettext_lazy("rule"), max_length=40)
    reason = models.CharField(gettext_lazy("why it is right"), max_length=200)
    waived_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("by")
    )
    waived_at = models.DateTimeField(gettext_lazy("at"), auto_now_add=True)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who said that a finding about a location is right so."),
        impersonal=("rule",),
        mentions=("reason",),
    )

    class Meta:
        verbose_name = gettext_lazy("finding that is right so")
        verbose_name_plural = gettext_lazy("findings that are right so")
        ordering = ["location", "rule"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "rule"],
                name="waiver_unique",
                violation_error_message=gettext_lazy("This finding was marked already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="waiver_has_reason",
                violation_error_message=gettext_lazy("Say why it is right."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.location_id} {self.rule}"
