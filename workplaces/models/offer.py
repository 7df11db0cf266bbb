"""Which service is offered where, and which team works there."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from core.history import tracked
from core.personal import Personal
from workplaces.models.location import WorkLocation
from workplaces.models.service import Service
from workplaces.models.team import Team


@tracked()
class ServiceOffer(models.Model):
    """A service at a work location; `from_source` says that the source names it."""

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="offers", verbose_name=gettext_lazy("work location")
    )
    service = models.ForeignKey(
        Service, models.CASCADE, related_name="offers", verbose_name=gettext_lazy("service")
    )
    note = models.CharField(gettext_lazy("note"), max_length=120, blank=True)
    from_source = models.BooleanField(gettext_lazy("named by the source"), default=True)

    personal: ClassVar[Personal] = Personal(impersonal=("note",))

    class Meta:
        verbose_name = gettext_lazy("service at a location")
        verbose_name_plural = gettext_lazy("services at locations")
        ordering = ["service__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "service"],
                name="offer_unique",
                violation_error_message=gettext_lazy("This location offers this service already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.location_id}"


@tracked()
class TeamPlace(models.Model):
    """A team that works at a work location."""

    location = models.ForeignKey(
        WorkLocation, models.CASCADE, related_name="team_places", verbose_name=gettext_lazy("work location")
    )
    team = models.ForeignKey(Team, models.CASCADE, related_name="places", verbose_name=gettext_lazy("team"))

    class Meta:
        verbose_name = gettext_lazy("team at a location")
        verbose_name_plural = gettext_lazy("teams at locations")
        ordering = ["team__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "team"],
                name="teamplace_unique",
                violation_error_message=gettext_lazy("This team works at this location already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.team_id} at {self.location_id}"
