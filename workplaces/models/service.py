"""Services: what people come for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from core.personal import Personal


class Service(models.Model):
    """A kind of service or basic facility that is offered at work locations."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="services", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in addresses"), max_length=60)
    name = models.CharField(gettext_lazy("name"), max_length=80)
    is_basic = models.BooleanField(
        gettext_lazy("basic facility"),
        default=False,
        help_text=gettext_lazy("Every village should have one close by."),
    )

    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name"))

    class Meta:
        verbose_name = gettext_lazy("service")
        verbose_name_plural = gettext_lazy("services")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="service_slug_unique",
                violation_error_message=gettext_lazy("There is a service with this word already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
