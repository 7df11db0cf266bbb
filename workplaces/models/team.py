"""Teams: the building blocks of the organisation."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams."""

    def of(self, municipality: Municipality | int) -> "TeamQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def working(self, on: dt.date | None = None) -> "TeamQuerySet":
        """Those that exist on a day (today): they can be asked to do something."""
        return self.exclude(dissolved_on__lte=on or timezone.localdate())


class Team(models.Model):
    """A team of the organisation, reached as a team; works for areas. One that is dissolved takes on nothing new."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="teams", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in addresses"), max_length=60)
    name = models.CharField(gettext_lazy("name"), max_length=100)
    email = models.EmailField(gettext_lazy("e-mail of the team"), blank=True)
    phone = models.CharField(gettext_lazy("phone of the team"), max_length=40, blank=True)
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area, blank=True, related_name="teams", verbose_name=gettext_lazy("works for")
    )
    dissolved_on = models.DateField(
        gettext_lazy("dissolved on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("From this day on the team takes on nothing new."),
    )
    is_example = models.BooleanField(gettext_lazy("example"), default=False)

    objects = TeamQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="areas")
    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name", "email", "phone"))

    class Meta:
        verbose_name = gettext_lazy("team")
        verbose_name_plural = gettext_lazy("teams")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="team_slug_unique",
                violation_error_message=gettext_lazy("There is a team with this word already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: dt.date | None = None) -> bool:
        """Whether it exists on a day (today)."""
        return self.dissolved_on is None or (day or timezone.localdate()) < self.dissolved_on


@tracked()
class TeamArea(Team.areas.through):  # type: ignore[name-defined, misc]  # the table that Django makes itself
    """A team that works for an area: the row between them, so that history keeps which areas a team worked for."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("team of an area")
        verbose_name_plural = gettext_lazy("teams of areas")

    def __str__(self) -> str:
        return f"{self.team_id} for {self.area_id}"
