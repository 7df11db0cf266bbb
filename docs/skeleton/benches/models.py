"""Benches."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.contrib.gis.db import models
from django.db.models import Exists
from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaShape, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal


class BenchQuerySet(models.QuerySet["Bench"]):
    """Benches."""

    def of(self, municipality: Municipality | int) -> "BenchQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def visible_to(self, user: Any) -> "BenchQuerySet":
        """Those that a person may read: all."""
        return self.all()

    def in_area(self, area: Area) -> "BenchQuerySet":
        """Those that stand in an area."""
        return self.filter(Exists(AreaShape.objects.in_force().filter(area=area).around()))

    def due(self, first: dt.date, last: dt.date) -> "BenchQuerySet":
        """Those that are looked at between two days, both counted; the soonest first."""
        return self.filter(look_on__range=(first, last)).order_by("look_on", "name")


@tracked()
class Bench(models.Model):
    """A bench, and the day on which somebody looks at it next."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    slug = models.SlugField(gettext_lazy("word in addresses"), max_length=60)
    name = models.CharField(gettext_lazy("name"), max_length=100)
    point = models.PointField(gettext_lazy("place"))
    look_on = models.DateField(gettext_lazy("looked at on"), null=True, blank=True)
    updated_at = models.DateTimeField(gettext_lazy("changed at"), auto_now=True)

    objects = BenchQuerySet.as_manager()

    where: ClassVar[Where] = Where(point="point")
    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name", "point"))

    class Meta:
        verbose_name = gettext_lazy("bench")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="bench_slug_unique",
                violation_error_message=gettext_lazy("There is a bench with this word already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("benches:detail", args=[self.slug])

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
