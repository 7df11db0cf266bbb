"""Challenges: tasks of society that several assignments work on (seeds 003 and 004)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models import PolicyField
from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Challenges, in the words of those who look for one."""

    def of(self, municipality: Municipality) -> "ChallengeQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def open(self) -> "ChallengeQuerySet":
        """Those that are not closed."""
        return self.filter(closed_on__isnull=True)

    def in_area(self, area: Area) -> "ChallengeQuerySet":
        """Those about an area or what lies within it, and those about the whole municipality."""
        inside = Challenge.objects.filter(areas__in=Area.objects.within(area))
        return self.filter(Q(pk__in=inside.order_by().values("pk")) | Q(areas=None))


@tracked()
class Challenge(models.Model):
    """A task of society that several assignments work on."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="challenges", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in the address"), max_length=80)
    name = models.CharField(gettext_lazy("name"), max_length=160)
    text = models.TextField(gettext_lazy("what it is about"), blank=True)
    effect = models.TextField(gettext_lazy("effect on society"), blank=True)
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area, blank=True, related_name="challenges", verbose_name=gettext_lazy("areas")
    )
    policy_field = models.ForeignKey(
        PolicyField,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="challenges",
        verbose_name=gettext_lazy("policy field"),
    )
    closed_on = models.DateField(gettext_lazy("closed on"), null=True, blank=True)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ChallengeQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="areas")
    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name"), mentions=("text", "effect"))

    class Meta:
        verbose_name = gettext_lazy("challenge")
        verbose_name_plural = gettext_lazy("challenges")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="challenge_slug_unique",
                violation_error_message=gettext_lazy("Another challenge has this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("plans:challenge", args=[self.slug])

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
