"""Policy fields: how a municipality divides what it decides about."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal


class PolicyFieldQuerySet(models.QuerySet["PolicyField"]):
    """Fields of policy."""

    def of(self, municipality: Municipality) -> "PolicyFieldQuerySet":
        """Those of one municipality."""
        return self.filter(municipality=municipality)


@tracked()
class PolicyField(models.Model):
    """A field of policy ("mobiliteit"): things name the field, and the mandate holder follows from the date."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="policy_fields", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in addresses"), max_length=60)
    name = models.CharField(gettext_lazy("name"), max_length=100)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)

    objects = PolicyFieldQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name"))

    class Meta:
        verbose_name = gettext_lazy("policy field")
        verbose_name_plural = gettext_lazy("policy fields")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="policy_field_slug_unique",
                violation_error_message=gettext_lazy("There is a policy field with this word already."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="policy_field_name_unique",
                violation_error_message=gettext_lazy("There is a policy field with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
