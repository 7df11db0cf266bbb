"""Councils: bodies that meet and advise, each about areas or about the whole municipality."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models.roles import days
from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal

# Words under /raden/ that are pages and no councils.
RESERVED_SLUGS = (
    "evaluatie",
    "inlezen",
    "leden",
    "nieuw",
    "personen",
    "sjablonen",
    "vergaderingen",
    "vergelijken",
)


class CouncilQuerySet(models.QuerySet["Council"]):
    """Councils, in the words of those who look for one."""

    def of(self, municipality: Municipality | int) -> "CouncilQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def working(self, on: dt.date | None = None) -> "CouncilQuerySet":
        """Those that exist on a day (today)."""
        return self.exclude(ended_on__lte=on or timezone.localdate())

    def in_area(self, area: Area) -> "CouncilQuerySet":
        """Those that are about an area by name."""
        return self.filter(pk__in=CouncilArea.objects.filter(area=area).values("council"))

    def visible_to(self, user: Any) -> "CouncilQuerySet":
        """Every one: who advises a municipality is public."""
        return self

    def in_order(self) -> "CouncilQuerySet":
        """What still works first, and of that what is nearest to people."""
        over = models.Case(models.When(ended_on__lte=timezone.localdate(), then=1), default=0)
        near = (Council.Kind.VILLAGE, Council.Kind.NEIGHBOURHOOD, Council.Kind.ADVISORY, Council.Kind.OTHER)
        kind = models.Case(*(models.When(kind=one, then=place) for place, one in enumerate(near)))
        return self.order_by(over, kind, "name", "pk")


@tracked()
class Council(models.Model):
    """A body of residents and organisations that meets and advises; one without areas is about the whole municipality.

    One that the municipal council founded (in Flanders: Decreet Lokaal Bestuur, article 304 §3) names that decision. `works` says
    how its secretary writes down a meeting: light (date, who was there, what was decided, one's own file) or full.
    """

    class Kind(models.TextChoices):
        ADVISORY = "advisory", gettext_lazy("advisory council")
        VILLAGE = "village", gettext_lazy("village council")
        NEIGHBOURHOOD = "neighbourhood", gettext_lazy("neighbourhood council")
        OTHER = "other", pgettext_lazy("council", "other")

    class Basis(models.TextChoices):
        FOUNDED = "founded", gettext_lazy("founded by the municipal council")
        FREE = "free", gettext_lazy("free, without a decision of the municipal council")

    class Works(models.TextChoices):
        LIGHT = "light", gettext_lazy("light: what was decided, and one's own file")
        FULL = "full", gettext_lazy("full: presence and votes by item, minutes that write themselves")

    class Rules(models.TextChoices):
        FLEMISH = "be", gettext_lazy("Flemish rules")
        DUTCH = "nl", gettext_lazy("Dutch rules")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="councils", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in the address"), max_length=80)
    kind = models.CharField(gettext_lazy("kind"), max_length=16, choices=Kind.choices)
    name = models.CharField(gettext_lazy("name"), max_length=120)
    purpose = models.CharField(
        gettext_lazy("for whom and for what"), max_length=400, blank=True,
        help_text=gettext_lazy("In one or two sentences, as a resident reads it."),
    )  # fmt: skip
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area,
        blank=True,
        related_name="councils",
        verbose_name=gettext_lazy("areas"),
        help_text=gettext_lazy("None: the whole municipality."),
    )
    basis = models.CharField(gettext_lazy("basis"), max_length=8, choices=Basis.choices)
    founded_on = models.DateField(gettext_lazy("founded on"), null=True, blank=True)
    founding_number = models.CharField(
        gettext_lazy("number of the founding decision"), max_length=60, blank=True
    )
    founding_uri = models.URLField(
        gettext_lazy("address of the founding decision"), max_length=500, blank=True
    )
    rules = models.CharField(
        gettext_lazy("rules"), max_length=2, choices=Rules.choices, default=Rules.FLEMISH
    )
    works = models.CharField(
        gettext_lazy("how meetings are written down"),
        max_length=5,
        choices=Works.choices,
        default=Works.LIGHT,
    )
    email = models.EmailField(gettext_lazy("e-mail of the council"), blank=True)
    phone = models.CharField(gettext_lazy("phone of the council"), max_length=40, blank=True)
    contact = models.CharField(
        gettext_lazy("for questions"), max_length=300, blank=True,
        help_text=gettext_lazy("Where to ask, and how soon there is an answer."),
    )  # fmt: skip
    vacancy = models.CharField(
        gettext_lazy("for who wants to join"), max_length=500, blank=True,
        help_text=gettext_lazy("Who can join and how. It is shown while a place is free."),
    )  # fmt: skip
    remind_days = models.PositiveSmallIntegerField(
        gettext_lazy("reminder, days before a meeting"), null=True, blank=True, default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=gettext_lazy("By mail, on that day or on the working day before it. Empty: no reminder."),
    )  # fmt: skip
    ended_on = models.DateField(
        gettext_lazy("ended on"), null=True, blank=True, help_text=gettext_lazy("From this day on it meets no more.")
    )  # fmt: skip
    external_uri = models.URLField(gettext_lazy("identifier elsewhere"), max_length=500, blank=True)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CouncilQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="areas")
    personal: ClassVar[Personal] = Personal(
        impersonal=("slug", "name", "founding_number", "founding_uri", "external_uri", "email", "phone"),
        mentions=("purpose", "contact", "vacancy"),
    )

    class Meta:
        verbose_name = gettext_lazy("council")
        verbose_name_plural = gettext_lazy("councils")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="council_slug_unique",
                violation_error_message=gettext_lazy("Another council has this address already."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="council_slug_not_reserved",
                violation_error_message=gettext_lazy("This word is the address of another page."),
            ),
            models.CheckConstraint(
                condition=Q(basis="free") | (Q(founded_on__isnull=False) & ~Q(founding_number="")),
                name="council_founded_by_a_decision",
                violation_error_message=gettext_lazy(
                    "A council that the municipal council founded names that decision: its date and its number."
                ),
            ),
            models.CheckConstraint(
                condition=Q(remind_days__isnull=True) | Q(remind_days__range=(1, 30)),
                name="council_reminds_in_time",
                violation_error_message=gettext_lazy("A reminder goes out 1 to 30 days before a meeting."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gt=F("founded_on")),
                name="council_ends_after_it_starts",
                violation_error_message=gettext_lazy("A council ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The council's page."""
        return reverse("councils:detail", args=[self.slug])

    @property
    def version(self) -> str:
        """Changes with every change of the council itself."""
        return self.updated_at.isoformat()

    @property
    def is_light(self) -> bool:
        """Whether its meetings are written down in the light form."""
        return self.works == self.Works.LIGHT

    def works_on(self, day: dt.date | None = None) -> bool:
        """Whether it exists on a day (today)."""
        return self.ended_on is None or (day or timezone.localdate()) < self.ended_on


@tracked()
class CouncilArea(Council.areas.through):  # type: ignore[name-defined, misc]  # the table that Django makes itself
    """An area that a council is about: the row between them, so that history keeps it."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("area of a council")
        verbose_name_plural = gettext_lazy("areas of councils")

    def __str__(self) -> str:
        return f"{self.council_id} in {self.area_id}"


@tracked()
class RuleChoice(models.Model):
    """What a council decided otherwise than its set of rules says, for a period; `value` is as the set keeps that rule.

    Since it has dates, a choice of today never changes what was right before.
    """

    council = models.ForeignKey(
        Council, models.CASCADE, related_name="rule_choices", verbose_name=gettext_lazy("council")
    )
    rule = models.CharField(gettext_lazy("rule"), max_length=30)
    value = models.JSONField(gettext_lazy("value"))
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )
    source = models.CharField(
        gettext_lazy("where it stands"), max_length=200,
        help_text=gettext_lazy("The article of the rules of the council, or the decision."),
    )  # fmt: skip

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(impersonal=("rule", "value", "source"))

    class Meta:
        verbose_name = gettext_lazy("own rule of a council")
        verbose_name_plural = gettext_lazy("own rules of councils")
        ordering = ["rule", "first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="rulechoice_ends_after_it_starts",
                violation_error_message=gettext_lazy("The last day comes before the first one."),
            ),
            ExclusionConstraint(
                name="rulechoice_once_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    ("rule", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy(
                    "The council chose something about this in these days already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.council_id}"
