"""How areas lie in one another, and what became of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from areas.models.area import Area, AreaKind
from areas.models.edition import AreaEdition
from core.history import tracked
from core.personal import Personal


class AreaPart(models.Model):
    """The part of an area that lies in an area of a larger kind, by surface, in the boundaries in force.

    Derived when an edition is activated. `share` is the part of the child's surface (0 to 1); at most one parent of each kind
    is the main one.
    """

    child = models.ForeignKey(
        Area, models.CASCADE, related_name="parent_parts", verbose_name=gettext_lazy("part")
    )
    parent = models.ForeignKey(
        Area, models.CASCADE, related_name="child_parts", verbose_name=gettext_lazy("lies in")
    )
    parent_kind = models.ForeignKey(
        AreaKind, models.CASCADE, related_name="+", verbose_name=gettext_lazy("kind it lies in")
    )
    share = models.FloatField(gettext_lazy("share of the surface"))
    area_m2 = models.FloatField(gettext_lazy("surface in m²"))
    is_main = models.BooleanField(gettext_lazy("main part"), default=False)

    class Meta:
        verbose_name = gettext_lazy("part of an area")
        verbose_name_plural = gettext_lazy("parts of areas")
        ordering = ["-share"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "parent"],
                name="areapart_unique",
                violation_error_message=gettext_lazy("This part is known already."),
            ),
            models.UniqueConstraint(
                fields=["child", "parent_kind"],
                condition=Q(is_main=True),
                name="areapart_one_main_a_kind",
                violation_error_message=gettext_lazy("An area has one main parent of each kind."),
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1.0001),
                name="areapart_share_is_a_part",
                violation_error_message=gettext_lazy("A share lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=~Q(child=F("parent")),
                name="areapart_not_itself",
                violation_error_message=gettext_lazy("An area does not lie in itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}: {self.share:.0%}"

    @property
    def percentage(self) -> float:
        """The share out of a hundred."""
        return self.share * 100


@tracked()
class AreaSuccession(models.Model):
    """What became of the surface of an area in a later edition.

    `weight` is the part of the predecessor's surface that went to the successor, `origin_weight` the part of the successor's that
    came from it. An area that keeps its surface has none, and one that gets another code stays itself (`AreaFormerCode`).
    """

    class Relation(models.TextChoices):
        SPLIT = "split", gettext_lazy("split")
        MERGED = "merged", gettext_lazy("merged")
        REPLACED = "replaced", gettext_lazy("replaced")
        REGROUPED = "regrouped", gettext_lazy("regrouped")
        MOVED = "moved", gettext_lazy("gave a part")
        GONE = "gone", gettext_lazy("gone")

    edition = models.ForeignKey(
        AreaEdition, models.CASCADE, related_name="successions", verbose_name=gettext_lazy("edition")
    )
    predecessor = models.ForeignKey(
        Area, models.CASCADE, related_name="successions", verbose_name=gettext_lazy("before")
    )
    successor = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="preceded_by",
        verbose_name=gettext_lazy("after"),
    )
    relation = models.CharField(gettext_lazy("what happened"), max_length=9, choices=Relation.choices)
    weight = models.FloatField(gettext_lazy("share of the surface"), default=1)
    origin_weight = models.FloatField(gettext_lazy("share of the successor's surface"), default=0)

    personal: ClassVar[Personal] = Personal(impersonal=("relation",))

    class Meta:
        verbose_name = gettext_lazy("succession of an area")
        verbose_name_plural = gettext_lazy("successions of areas")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "predecessor", "successor"],
                condition=Q(successor__isnull=False),
                name="succession_unique",
                violation_error_message=gettext_lazy("This succession is known already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "predecessor"],
                condition=Q(relation="gone"),
                name="succession_gone_once",
                violation_error_message=gettext_lazy("This area is gone already."),
            ),
            models.CheckConstraint(
                condition=Q(relation="gone", successor__isnull=True)
                | (~Q(relation="gone") & Q(successor__isnull=False)),
                name="succession_gone_has_no_successor",
                violation_error_message=gettext_lazy("Only an area that is gone has no successor."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=1, origin_weight__gte=0, origin_weight__lte=1),
                name="succession_weights_are_parts",
                violation_error_message=gettext_lazy("A share lies between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_not_itself",
                violation_error_message=gettext_lazy("An area does not succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} {self.relation} {self.successor_id or ''}".strip()

    @property
    def percentage(self) -> float:
        """The share of the predecessor's surface, out of a hundred."""
        return self.weight * 100

    @property
    def origin_percentage(self) -> float:
        """The share of the successor's surface, out of a hundred."""
        return self.origin_weight * 100
