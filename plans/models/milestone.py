"""Milestones: what succeeded, and is celebrated on the page of the area."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import Area, CalendarPeriod, Municipality
from areas.models.where import Where
from core.dates import First, WhenField
from core.history import tracked
from core.models import Attachment
from core.personal import Personal
from plans.models.action import Action
from plans.models.plan import Plan


def pictures_shown(municipality: Any) -> models.QuerySet[Attachment]:
    """Pictures that everybody sees; those of mandate holders not in the period before elections in a municipality."""
    elections = CalendarPeriod.objects.on(timezone.localdate()).filter(
        municipality=municipality, kind=CalendarPeriod.Kind.BEFORE_ELECTIONS, holds_back_mandates=True
    )
    found = Attachment.objects.filter(is_picture=True, is_public=True)
    return found.exclude(models.Exists(elections), shows_mandate_holder=True)


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Milestones."""

    def of(self, municipality: Municipality | int) -> "MilestoneQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def visible_to(self, user: Any) -> "MilestoneQuerySet":
        """Those that a person may read: all but those of plans in the making."""
        return self.filter(models.Q(plan__isnull=True) | models.Q(plan__in=Plan.objects.visible_to(user)))

    def in_area(self, area: Area) -> "MilestoneQuerySet":
        """Those of an area by name."""
        return self.filter(pk__in=MilestoneArea.objects.filter(area=area).values("milestone"))

    def newest_first(self) -> "MilestoneQuerySet":
        """By when it succeeded, the last first."""
        return self.order_by(First("when").desc(), "-pk")

    def with_picture(self) -> "MilestoneQuerySet":
        """Each with the first picture that everybody may see: `picture` is its identifier, `alternative` what is in it."""
        pictures = pictures_shown(models.OuterRef(models.OuterRef("municipality")))
        first = pictures.filter(subject=models.OuterRef("uuid")).order_by("order", "pk")
        return self.annotate(
            picture=models.Subquery(first.values("uuid")[:1]),
            alternative=models.Subquery(first.values("alternative")[:1]),
        )


@tracked()
class Milestone(models.Model):
    """Something that succeeded. Its picture, with an alternative text, is an attachment of its `uuid`."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="milestones", verbose_name=gettext_lazy("municipality")
    )
    plan = models.ForeignKey(
        Plan,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=gettext_lazy("plan"),
    )
    action = models.ForeignKey(
        Action,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=gettext_lazy("action"),
    )
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area, blank=True, related_name="milestones", verbose_name=gettext_lazy("areas")
    )
    when = WhenField(gettext_lazy("when"))
    title = models.CharField(gettext_lazy("what succeeded"), max_length=160)
    text = models.TextField(gettext_lazy("text"), blank=True)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MilestoneQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="areas")
    personal: ClassVar[Personal] = Personal(impersonal=("when",), mentions=("title", "text"))

    class Meta:
        verbose_name = gettext_lazy("milestone")
        verbose_name_plural = gettext_lazy("milestones")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(action__isnull=True) | models.Q(plan__isnull=False),
                name="milestone_of_an_action_has_its_plan",
                violation_error_message=gettext_lazy("A milestone of an action belongs to its plan too."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("plans:milestone", args=[self.uuid])

    @property
    def picture_url(self) -> str:
        """Where its first picture is, for one that came `with_picture`; empty without."""
        picture = getattr(self, "picture", None)
        return reverse("core:attachment", args=[picture]) if picture else ""

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class MilestoneArea(Milestone.areas.through):  # type: ignore[name-defined, misc]  # the table that Django makes itself
    """An area that a milestone is for: the row between them, so that history keeps it."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("area of a milestone")
        verbose_name_plural = gettext_lazy("areas of milestones")

    def __str__(self) -> str:
        return f"{self.milestone_id} in {self.area_id}"
