"""Areas: kinds, the areas themselves, their codes and names. Boundaries are in `edition`."""

import hashlib
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models.municipality import Municipality
from areas.models.where import Where
from core.history import tracked
from core.layers import layer_names
from core.personal import Personal

if TYPE_CHECKING:
    from areas.models.edition import AreaEdition


class AreaKind(models.Model):
    """A kind of area that a municipality works with: deelgemeente, wijk, dorp, or one of its own."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="kinds", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in addresses"), max_length=40)
    name = models.CharField(gettext_lazy("name"), max_length=60, help_text=gettext_lazy("One: wijk."))
    plural = models.CharField(gettext_lazy("plural"), max_length=60, help_text=gettext_lazy("More: wijken."))
    rank = models.PositiveSmallIntegerField(
        gettext_lazy("rank"),
        help_text=gettext_lazy("From large to small: 10 for the municipality, 40 for a neighbourhood."),
    )
    scheme = models.SlugField(
        gettext_lazy("code scheme"),
        help_text=gettext_lazy("Who gives out the codes: nis, ggw7, cbs, or your own."),
    )
    is_partition = models.BooleanField(
        gettext_lazy("covers everything once"),
        default=True,
        help_text=gettext_lazy("Areas of this kind do not overlap."),
    )
    is_working_level = models.BooleanField(
        gettext_lazy("level of area-based work"),
        default=False,
        help_text=gettext_lazy("The kind that the start page and the emblems show; one per municipality."),
    )

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name", "plural", "scheme"))

    class Meta:
        verbose_name = gettext_lazy("kind of area")
        verbose_name_plural = gettext_lazy("kinds of areas")
        ordering = ["rank", "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="areakind_slug_unique",
                violation_error_message=gettext_lazy("This municipality has a kind with this word already."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "scheme"],
                name="areakind_scheme_unique",
                violation_error_message=gettext_lazy("Another kind uses this code scheme already."),
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(is_working_level=True),
                name="areakind_one_working_level",
                violation_error_message=gettext_lazy("Another kind is the level of area-based work already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a word that another map layer has taken; a kind that bore it before keeps it."""
        super().clean()
        is_taken = self.slug in layer_names()
        if is_taken and not AreaKind.objects.filter(pk=self.pk, slug=self.slug).exists():
            message = _(
                "“%(word)s” is the address of another map layer. Choose another word, such as “%(other)s”."
            )
            words = {"word": self.slug, "other": f"{self.slug}-{self.scheme}".strip("-")}
            raise ValidationError({"slug": ValidationError(message, code="taken", params=words)})


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas, in the words of those who work with them."""

    def of(self, municipality: Municipality) -> "AreaQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def active(self) -> "AreaQuerySet":
        """Those that exist today; retired ones stay readable at their address."""
        return self.filter(retired_by__isnull=True)

    def for_map(self, municipality: Municipality, *, kind: str = "") -> "AreaQuerySet":
        """What the map and the list of areas show: those with a place, of one kind or of all."""
        areas = self.of(municipality).on_the_map().select_related("kind").in_order()
        return areas.of_kind(kind) if kind else areas

    def on_the_map(self) -> "AreaQuerySet":
        """Those that have a place: all but the residual ones."""
        return self.active().filter(is_residual=False)

    def of_kind(self, slug: str) -> "AreaQuerySet":
        """Those of one kind, by the word in addresses."""
        return self.filter(kind__slug=slug)

    def working_level(self) -> "AreaQuerySet":
        """Those of the kind that area-based work is organised by."""
        return self.filter(kind__is_working_level=True)

    def in_order(self) -> "AreaQuerySet":
        """From large to small kinds, by name."""
        return self.order_by("kind__rank", "name")

    def with_surface(self) -> "AreaQuerySet":
        """With the `surface` in force, in square metres; none without boundaries."""
        from areas.models.edition import AreaShape

        shapes = AreaShape.objects.in_force().filter(area=OuterRef("pk")).values("area_m2")
        return self.annotate(surface=Subquery(shapes[:1]))

    def within(self, area: "Area") -> "AreaQuerySet":
        """The area itself and what lies within it along main-part links, however deep.

        An area that lies in two parents counts for its main one only.
        """
        from areas.models.relations import AreaPart

        main = AreaPart.objects.filter(is_main=True)
        children = set(main.filter(parent=area).values_list("child_id", flat=True))
        found = {area.pk} | children
        while children:
            children = set(main.filter(parent__in=children).values_list("child_id", flat=True)) - found
            found |= children
        return self.filter(pk__in=found)


@tracked()
class Area(models.Model):
    """A stable place with a kind; what hangs on it stays on it when its boundaries move."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="areas", verbose_name=gettext_lazy("municipality")
    )
    kind = models.ForeignKey(
        AreaKind, models.PROTECT, related_name="areas", verbose_name=gettext_lazy("kind")
    )
    slug = models.SlugField(gettext_lazy("word in the address"), max_length=80)
    name = models.CharField(gettext_lazy("name"), max_length=120)
    is_residual = models.BooleanField(
        gettext_lazy("cannot be located"),
        default=False,
        help_text=gettext_lazy("Has no place; keeps totals right."),
    )
    retired_by: "models.ForeignKey[AreaEdition | None, AreaEdition | None]" = models.ForeignKey(
        "areas.AreaEdition",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="retired_areas",
        verbose_name=gettext_lazy("retired by edition"),
    )

    objects = AreaQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="pk")
    personal: ClassVar[Personal] = Personal(impersonal=("slug", "name"))

    class Meta:
        verbose_name = gettext_lazy("area")
        verbose_name_plural = gettext_lazy("areas")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="area_slug_unique",
                violation_error_message=gettext_lazy("Another area has this address already."),
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(is_residual=True),
                name="area_one_residual_a_kind",
                violation_error_message=gettext_lazy("This kind has an area without a place already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The area's page."""
        return reverse("areas:detail", args=[self.slug])

    @property
    def version(self) -> str:
        """Changes with its names; a change names the version that it started from."""
        names = [self.name, *sorted(alias.name for alias in self.aliases.all())]
        return hashlib.blake2s("\n".join(names).encode(), digest_size=8).hexdigest()


class AreaCode(models.Model):
    """The code of an area in a scheme; the pair is its identity, never the name and never a prefix."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="+", verbose_name=gettext_lazy("municipality")
    )
    area = models.ForeignKey(Area, models.CASCADE, related_name="codes", verbose_name=gettext_lazy("area"))
    scheme = models.SlugField(gettext_lazy("scheme"))
    code = models.CharField(gettext_lazy("code"), max_length=40)

    personal: ClassVar[Personal] = Personal(impersonal=("scheme", "code"))

    class Meta:
        verbose_name = gettext_lazy("code of an area")
        verbose_name_plural = gettext_lazy("codes of areas")
        ordering = ["scheme", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "scheme", "code"],
                name="areacode_unique",
                violation_error_message=gettext_lazy("Another area has this code already."),
            ),
            models.UniqueConstraint(
                fields=["area", "scheme"],
                name="areacode_one_a_scheme",
                violation_error_message=gettext_lazy("This area has a code in this scheme already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class AreaFormerCode(models.Model):
    """A code that an area had until an edition gave it another; files that still use it find the area."""

    area = models.ForeignKey(
        Area, models.CASCADE, related_name="former_codes", verbose_name=gettext_lazy("area")
    )
    scheme = models.SlugField(gettext_lazy("scheme"))
    code = models.CharField(gettext_lazy("code"), max_length=40)
    edition: "models.ForeignKey[AreaEdition, AreaEdition]" = models.ForeignKey(
        "areas.AreaEdition",
        models.CASCADE,
        related_name="former_codes",
        verbose_name=gettext_lazy("until the edition"),
    )

    personal: ClassVar[Personal] = Personal(impersonal=("scheme", "code"))

    class Meta:
        verbose_name = gettext_lazy("former code")
        verbose_name_plural = gettext_lazy("former codes")
        ordering = ["scheme", "-edition", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "area", "scheme"],
                name="areaformercode_one_an_edition",
                violation_error_message=gettext_lazy("This edition gave the area another code already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class AreaName(models.Model):
    """Another name by which people or files know an area; search and figures match on it."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases", verbose_name=gettext_lazy("area"))
    name = models.CharField(gettext_lazy("name"), max_length=120)
    source = models.CharField(gettext_lazy("where it is used"), max_length=120, blank=True)

    personal: ClassVar[Personal] = Personal(impersonal=("name", "source"))

    class Meta:
        verbose_name = gettext_lazy("other name")
        verbose_name_plural = gettext_lazy("other names")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"],
                name="areaname_unique",
                violation_error_message=gettext_lazy("This area has this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
