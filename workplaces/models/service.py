"""Services: what people come for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.models import Municipality
from core.personal import Personal


class Service(models.Model):
    """A kind of service or basic facility that is offered at work locations."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="services", verbose_name=_("municipality")
    )
    slug = models.SlugField(_("word in addresses"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    is_basic = models.BooleanField(
        _("basic facility"), default=False, help_text=_("Every village should have one close by.")
    )

    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name"))

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="service_slug_unique",
                violation_error_message=_("There is a service with this word already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
