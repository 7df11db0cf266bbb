"""Map layers as bytes, made once."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from areas.models.municipality import Municipality
from core.personal import Personal


class LayerBytes(models.Model):
    """A map layer in one variant as compressed GeoJSON; `version` says of which content."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="+", verbose_name=gettext_lazy("municipality")
    )
    layer = models.SlugField(gettext_lazy("layer"), max_length=60)
    variant = models.SlugField(gettext_lazy("variant"), max_length=20)
    version = models.CharField(gettext_lazy("version"), max_length=80)
    gzipped = models.BinaryField(gettext_lazy("bytes"))
    made_at = models.DateTimeField(gettext_lazy("made at"), auto_now=True)

    personal: ClassVar[Personal] = Personal(impersonal=("layer", "variant", "version"))

    class Meta:
        verbose_name = gettext_lazy("map layer, made")
        verbose_name_plural = gettext_lazy("map layers, made")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "layer", "variant"],
                name="layerbytes_unique",
                violation_error_message=gettext_lazy("This layer is made already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.layer} {self.variant} {self.version}"
