"""Figures: what is known of areas in numbers, by period; a missing number has a reason."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.models.area import Area
from areas.models.edition import AreaEdition
from areas.models.municipality import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal

SMALL = 5  # of people: from 1 to 4 a number could give somebody away
# Words under /cijfers/ that are pages and no indicators.
RESERVED_SLUGS = ("inlezen", "nieuw")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Indicators, in the words of those who read figures."""

    def of(self, municipality: Municipality) -> "IndicatorQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def with_figures(self) -> "IndicatorQuerySet":
        """Those of which something is known; one that was only just described is not shown yet."""
        return self.filter(models.Exists(IndicatorValue.objects.filter(indicator=models.OuterRef("pk"))))


@tracked()
class Indicator(models.Model):
    """A figure that is known of areas: what it counts, in which unit, from whom, and how a map colours it."""

    class Direction(models.TextChoices):
        NEITHER = "neither", gettext_lazy("neither is better")
        HIGHER = "higher", gettext_lazy("higher is better")
        LOWER = "lower", gettext_lazy("lower is better")

    class Classes(models.TextChoices):
        QUANTILE = "quantile", gettext_lazy("as many areas in each class")
        NATURAL = "natural", gettext_lazy("natural breaks")
        FIXED = "fixed", gettext_lazy("fixed limits")

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="indicators", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in the address"), max_length=80)
    name = models.CharField(
        gettext_lazy("name"), max_length=120, help_text=gettext_lazy("As a heading: Inhabitants.")
    )
    description = models.TextField(
        gettext_lazy("description"), blank=True, help_text=gettext_lazy("What is counted, and what is not.")
    )
    theme = models.CharField(gettext_lazy("theme"), max_length=60, blank=True)
    unit = models.CharField(
        gettext_lazy("unit"),
        max_length=40,
        blank=True,
        help_text=gettext_lazy("What follows the number: inhabitants, %, €."),
    )
    decimals = models.PositiveSmallIntegerField(
        gettext_lazy("decimals"), default=0, validators=[MaxValueValidator(6)]
    )
    is_additive = models.BooleanField(
        gettext_lazy("adds up"),
        default=False,
        help_text=gettext_lazy(
            "The figures of the parts make that of the whole: inhabitants do, percentages do not."
        ),
    )
    hides_small = models.BooleanField(
        gettext_lazy("hides groups under five"),
        default=False,
        help_text=gettext_lazy(
            "For counts of people: from 1 to 4 is not kept, only that it is too few to show."
        ),
    )
    direction = models.CharField(
        gettext_lazy("direction"), max_length=8, choices=Direction.choices, default=Direction.NEITHER
    )
    classes = models.CharField(
        gettext_lazy("classes on the map"), max_length=8, choices=Classes.choices, default=Classes.QUANTILE
    )
    class_count = models.PositiveSmallIntegerField(
        gettext_lazy("number of classes"), default=5, validators=[MinValueValidator(2), MaxValueValidator(5)]
    )
    breaks = ArrayField(
        models.DecimalField(max_digits=20, decimal_places=6),
        verbose_name=gettext_lazy("limits between classes"),
        default=list,
        blank=True,
        help_text=gettext_lazy("From low to high; only for fixed limits."),
    )
    place = models.PositiveSmallIntegerField(
        gettext_lazy("place on the page of an area"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=gettext_lazy(
            "From 1 to 4: among the four figures on the page of an area. Empty: only where room is left."
        ),
    )
    source = models.CharField(gettext_lazy("source"), max_length=200)
    licence = models.CharField(gettext_lazy("licence"), max_length=200, blank=True)
    credit = models.CharField(gettext_lazy("credit"), max_length=300, blank=True)
    source_url = models.URLField(gettext_lazy("address of the source"), blank=True)
    is_example = models.BooleanField(
        gettext_lazy("example"), default=False, help_text=gettext_lazy("Invented for the demo.")
    )
    updated_at = models.DateTimeField(gettext_lazy("changed at"), auto_now=True)

    objects = IndicatorQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        impersonal=("slug", "name", "theme", "unit", "breaks", "licence", "source_url"),
        mentions=("description", "source", "credit"),
    )

    class Meta:
        verbose_name = gettext_lazy("indicator")
        verbose_name_plural = gettext_lazy("indicators")
        ordering = ["theme", "name"]
        permissions = [("import_figures", gettext_lazy("Can bring figures in"))]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="indicator_slug_unique",
                violation_error_message=gettext_lazy("Another indicator has this address already."),
            ),
            models.CheckConstraint(
                condition=Q(class_count__gte=2, class_count__lte=5),
                name="indicator_two_to_five_classes",
                violation_error_message=gettext_lazy("A map has two to five classes."),
            ),
            models.CheckConstraint(
                condition=~Q(classes="fixed") | Q(breaks__len__gte=1, breaks__len__lte=4),
                name="indicator_fixed_has_breaks",
                violation_error_message=gettext_lazy("Fixed limits need one to four limits."),
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6),
                name="indicator_at_most_six_decimals",
                violation_error_message=gettext_lazy("A figure has at most six decimals."),
            ),
            models.CheckConstraint(
                condition=Q(hides_small=False) | Q(decimals=0),
                name="indicator_hides_small_counts",
                violation_error_message=gettext_lazy(
                    "Only counts, without decimals, hide groups under five."
                ),
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=True) | Q(place__gte=1, place__lte=4),
                name="indicator_place_one_to_four",
                violation_error_message=gettext_lazy("The page of an area has four places for figures."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="indicator_slug_not_reserved",
                violation_error_message=gettext_lazy("This word is the address of another page."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="nothing_small_left",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__hides_small=True, old__hides_small=False),
                func=(
                    "IF EXISTS (SELECT FROM areas_indicatorvalue "
                    "WHERE indicator_id = NEW.id AND value > 0 AND value < 5) THEN "
                    "RAISE check_violation USING MESSAGE = 'groups under five are still there'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its table, its map and its downloads."""
        return reverse("areas:indicator", args=[self.slug])

    @property
    def version(self) -> str:
        """Changes with every change; an edit names the version that it started from."""
        return self.updated_at.isoformat()


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    """Figures, in the words of those who read them."""

    def of(self, indicator: Indicator) -> "IndicatorValueQuerySet":
        """Those of an indicator."""
        return self.filter(indicator=indicator)

    def in_period(self, period: str) -> "IndicatorValueQuerySet":
        """Those of one period."""
        return self.filter(period=period)

    def of_kind(self, slug: str) -> "IndicatorValueQuerySet":
        """Those of areas of one kind, by its word in addresses."""
        return self.filter(area__kind__slug=slug)

    def small(self) -> "IndicatorValueQuerySet":
        """Those that would give people away when they are counts of people."""
        return self.filter(value__gt=0, value__lt=SMALL)


@tracked()
class IndicatorValue(models.Model):
    """The figure of one area in one period: a number, or the reason why there is none.

    `period` sorts as text: 2024, 2024-Q3, 2024-03, 2024-03-31 or 2023/2024. `edition` are the boundaries in force when the
    figure came in: a figure stays on the boundaries it was published for.
    """

    class Reason(models.TextChoices):
        SUPPRESSED = "suppressed", gettext_lazy("kept secret: too few")
        UNKNOWN = "unknown", gettext_lazy("not known")
        IMPOSSIBLE = "impossible", gettext_lazy("does not exist here")

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="values", verbose_name=gettext_lazy("indicator")
    )
    area = models.ForeignKey(Area, models.CASCADE, related_name="figures", verbose_name=gettext_lazy("area"))
    period = models.CharField(gettext_lazy("period"), max_length=10)
    value = models.DecimalField(
        gettext_lazy("number"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    reason = models.CharField(
        gettext_lazy("why there is none"), max_length=10, choices=Reason.choices, blank=True
    )
    edition = models.ForeignKey(
        AreaEdition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=gettext_lazy("on the boundaries of"),
    )

    objects = IndicatorValueQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(impersonal=("period",))

    class Meta:
        verbose_name = gettext_lazy("figure")
        verbose_name_plural = gettext_lazy("figures")
        ordering = ["indicator", "period", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period"],
                name="indicatorvalue_unique",
                violation_error_message=gettext_lazy("This area has a figure for this period already."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, reason="") | (Q(value__isnull=True) & ~Q(reason="")),
                name="indicatorvalue_number_or_reason",
                violation_error_message=gettext_lazy("A figure is a number, or says why there is none."),
            ),
            models.CheckConstraint(
                condition=Q(
                    period__regex=r"^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?|/\d{4})?$"
                ),
                name="indicatorvalue_period",
                violation_error_message=gettext_lazy(
                    "Write a period as 2024, 2024-Q3, 2024-03, 2024-03-31 or 2023/2024."
                ),
            ),
        ]
        indexes = [models.Index(fields=["area", "indicator", "period"], name="indicatorvalue_of_area")]
        triggers = [
            pgtrigger.Trigger(
                name="no_small_groups",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF NEW.value > 0 AND NEW.value < 5 "
                    "AND (SELECT hides_small FROM areas_indicator WHERE id = NEW.indicator_id) THEN "
                    "RAISE check_violation USING MESSAGE = 'groups under five are not kept'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period}"
