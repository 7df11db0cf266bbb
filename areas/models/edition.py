"""Editions: one dated set of boundaries of one kind, and the shape of each area in it."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.contrib.gis.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models.area import Area, AreaKind
from areas.models.municipality import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from core.states import moves

DIGITS = 6  # 0.1 m
OVERVIEW_DIGITS = 5  # 1 m: an overview is simplified by more than that
INTERIORS_MEET = "T********"
# What `in_force()` says of an edition today, for statements that are written out.
IN_FORCE = "edition.status = 'active'"


class AreaEditionQuerySet(models.QuerySet["AreaEdition"]):
    """Editions of boundaries."""

    def in_force(self, on: dt.date | None = None) -> "AreaEditionQuerySet":
        """The one in force of each kind: today, or as a day in the past ended.

        The day on which boundaries came into force is theirs, the day on which they were taken back is that of those before.
        """
        if on is None or on >= timezone.localdate():
            return self.filter(status=AreaEdition.Status.ACTIVE)
        midnight = dt.datetime.combine(on + dt.timedelta(days=1), dt.time.min)
        end = timezone.make_aware(midnight)
        stood = Q(activated_at__lt=end) & (Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=end))
        same_moment = Q(activated_at=OuterRef("activated_at"), pk__gt=OuterRef("pk"))
        later = AreaEdition.objects.filter(
            stood, Q(activated_at__gt=OuterRef("activated_at")) | same_moment, kind=OuterRef("kind")
        )
        return self.filter(stood, ~Exists(later))

    def kept(self) -> "AreaEditionQuerySet":
        """Those that are or were in force; all but the drafts."""
        return self.exclude(status=AreaEdition.Status.DRAFT)

    def of(self, municipality: Municipality) -> "AreaEditionQuerySet":
        """Those of a municipality."""
        return self.filter(kind__municipality=municipality)


@moves("status", {"draft": ["active"], "active": ["superseded", "taken_back"], "superseded": ["active"]})
@tracked(exclude=["outline_path", "graticule"])
class AreaEdition(models.Model):
    """A dated set of boundaries of one kind, with source, licence and checksum."""

    class Status(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft")
        ACTIVE = "active", gettext_lazy("in force")
        SUPERSEDED = "superseded", gettext_lazy("superseded")
        TAKEN_BACK = "taken_back", gettext_lazy("taken back")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.ForeignKey(
        AreaKind, models.PROTECT, related_name="editions", verbose_name=gettext_lazy("kind")
    )
    reference_date = models.DateField(gettext_lazy("boundaries as of"))
    source = models.CharField(gettext_lazy("source"), max_length=200)
    licence = models.CharField(gettext_lazy("licence"), max_length=200, blank=True)
    credit = models.CharField(gettext_lazy("credit"), max_length=300, blank=True)
    sha256 = models.CharField(gettext_lazy("checksum of the file"), max_length=64)
    status = models.CharField(
        gettext_lazy("status"), max_length=12, choices=Status.choices, default=Status.DRAFT
    )
    is_schematic = models.BooleanField(
        gettext_lazy("schematic"), default=False, help_text=gettext_lazy("Drawn by hand, not measured.")
    )
    is_complete = models.BooleanField(
        gettext_lazy("complete"),
        default=True,
        help_text=gettext_lazy("An incomplete edition retires no areas."),
    )
    mapping = models.JSONField(
        gettext_lazy("how the file was read"),
        default=dict,
        blank=True,
        help_text=gettext_lazy("The preset and the fields that hold code and name."),
    )
    notes = models.JSONField(gettext_lazy("what the import noted"), default=list, blank=True)
    revision = models.PositiveIntegerField(
        gettext_lazy("revision"),
        default=1,
        help_text=gettext_lazy("Counts on when a name changes, so that the map is made again."),
    )
    created_at = models.DateTimeField(gettext_lazy("read at"), auto_now_add=True)
    activated_at = models.DateTimeField(gettext_lazy("in force since"), null=True, blank=True)
    taken_back_at = models.DateTimeField(gettext_lazy("taken back at"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=gettext_lazy("came in the place of"),
    )
    counts = models.JSONField(
        gettext_lazy("what it changed, in numbers"),
        default=dict,
        blank=True,
        help_text=gettext_lazy("Counted when it came into force."),
    )
    area_m2 = models.FloatField(gettext_lazy("surface of all areas in m²"), default=0)
    outline_path = models.TextField(
        gettext_lazy("outline, drawn"),
        blank=True,
        help_text=gettext_lazy("SVG path of the whole, in metres of the national grid, y downwards."),
    )
    outline_box = models.CharField(gettext_lazy("box of the outline"), max_length=80, blank=True)
    graticule = models.JSONField(
        gettext_lazy("graticule"),
        default=list,
        blank=True,
        help_text=gettext_lazy("Lines of whole minutes, drawn like the outline."),
    )

    objects = AreaEditionQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="kind")
    personal: ClassVar[Personal] = Personal(
        impersonal=(
            "licence",
            "sha256",
            "status",
            "notes",
            "mapping",
            "counts",
            "outline_path",
            "outline_box",
            "graticule",
        ),
        mentions=("source", "credit"),
    )

    class Meta:
        verbose_name = gettext_lazy("edition of boundaries")
        verbose_name_plural = gettext_lazy("editions of boundaries")
        ordering = ["-reference_date", "-pk"]
        permissions = [("activate_edition", gettext_lazy("Can bring boundaries into force"))]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(status="active"),
                name="edition_one_active_a_kind",
                violation_error_message=gettext_lazy("Another edition of this kind is in force."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", activated_at__isnull=True)
                | (~Q(status="draft") & Q(activated_at__isnull=False)),
                name="edition_active_has_moment",
                violation_error_message=gettext_lazy("An edition in force needs the moment since when."),
            ),
            models.CheckConstraint(
                condition=Q(status="taken_back", taken_back_at__isnull=False)
                | (~Q(status="taken_back") & Q(taken_back_at__isnull=True)),
                name="edition_taken_back_has_moment",
                violation_error_message=gettext_lazy("An edition that was taken back needs the moment when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference_date:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """Where a data steward looks at it."""
        return reverse("areas:edition", args=[self.uuid])

    @property
    def municipality(self) -> Municipality:
        """Whose boundaries these are."""
        return self.kind.municipality

    @property
    def version(self) -> str:
        """A short text that changes with what the map shows."""
        return f"{self.pk}-{self.revision}-{self.sha256[:8]}"


class EditionUndo(models.Model):
    """What an edition changed to areas apart from their boundaries, as it was before, so that it can be taken back."""

    edition = models.OneToOneField(
        AreaEdition, models.CASCADE, related_name="undo", verbose_name=gettext_lazy("edition")
    )
    record = models.JSONField(
        gettext_lazy("what was there before"),
        help_text=gettext_lazy("Names, codes, retirements and other names; by number."),
    )

    personal: ClassVar[Personal] = Personal(impersonal=("record",))

    class Meta:
        verbose_name = gettext_lazy("what an edition changed")
        verbose_name_plural = gettext_lazy("what editions changed")

    def __str__(self) -> str:
        return str(self.edition_id)


class GeoJSON(models.Func):
    """A boundary as the text of RFC 7946: outer rings counter-clockwise, no `crs` member, so many decimals."""

    template = "ST_AsGeoJSON(ST_ForcePolygonCCW(%(expressions)s), %(digits)s, 0)"
    output_field = models.TextField()

    def __init__(self, expression: str, *, digits: int) -> None:
        super().__init__(models.F(expression), digits=digits)


class MembersJSON(models.Func):
    """What a map says of a boundary, as members of a JSON object: its surface in hectares and the place of its name."""

    template = (
        """'"area_ha":' || (round(area_m2 / 100) / 100)::text """
        """|| ',"label_lon":' || (round(ST_X(label_point) * float8 '1e5') / float8 '1e5')::text """
        """|| ',"label_lat":' || (round(ST_Y(label_point) * float8 '1e5') / float8 '1e5')::text"""
    )
    output_field = models.TextField()


class WrittenGeoJSON(models.GeneratedField):
    """A piece of GeoJSON that PostgreSQL writes beside a boundary, once, so that a map layer only strings it together.

    It is not sent back to who saves a boundary.
    """

    db_returning = False  # type: ignore[assignment]


class AreaShapeQuerySet(models.QuerySet["AreaShape"]):
    """Boundaries of areas, with what lies in them.

    Things lie in an area of their own municipality, which they point to with `municipality`, by the geometry in `field`. A point on
    a border lies on both sides of it; a line or a surface lies in an area when it has more in it than its border.
    """

    def in_force(self, on: dt.date | None = None) -> "AreaShapeQuerySet":
        """The boundaries of the areas that there are, or that there were as a day in the past ended."""
        if on is None or on >= timezone.localdate():
            return self.filter(edition__status=AreaEdition.Status.ACTIVE, area__retired_by__isnull=True)
        return self.filter(edition__in=AreaEdition.objects.in_force(on))

    def around(
        self, field: str = "point", *, municipality: str = "municipality", is_point: bool = True
    ) -> "AreaShapeQuerySet":
        """Those in which the thing of the outer query lies."""
        return self.filter(
            _meet("geom", OuterRef(field), is_point=is_point), area__municipality=OuterRef(municipality)
        )

    def at(self, place: Any) -> "AreaShapeQuerySet":
        """Those in which a geometry lies."""
        return self.filter(_meet("geom", place, is_point=place.geom_type == "Point"))

    def counted_within(
        self, things: models.QuerySet[Any], field: str = "point", *, municipality: str = "municipality"
    ) -> models.QuerySet[Any, Any]:
        """Each with `number`: how many of the things lie in it; one query for all."""
        grouped = _within(things, field, municipality).values(municipality).annotate(number=Count("pk"))
        return self.annotate(number=Coalesce(Subquery(grouped.values("number")), 0))

    def holding(
        self, things: models.QuerySet[Any], field: str = "point", *, municipality: str = "municipality"
    ) -> "AreaShapeQuerySet":
        """Those in which at least one of the things lies."""
        return self.filter(Exists(_within(things, field, municipality)))


def _within(things: models.QuerySet[Any], field: str, municipality: str) -> models.QuerySet[Any]:
    """The things that lie in the shape of the outer query."""
    here = _meet(field, OuterRef("geom"), is_point=is_point(things, field))
    return things.filter(here, **{municipality: OuterRef("area__municipality")}).order_by()


def is_point(things: models.QuerySet[Any], field: str) -> bool:
    """Whether the places of things are points: in a field of theirs, or as the query works them out."""
    worked_out = things.query.annotations.get(field)
    kind = worked_out.output_field if worked_out is not None else things.model._meta.get_field(field)
    return isinstance(kind, models.PointField)


def _meet(field: str, other: Any, *, is_point: bool) -> Q:
    """That two geometries lie in each other, by way of the index on the first."""
    if is_point:
        return Q(**{f"{field}__intersects": other})
    return Q(**{f"{field}__bboverlaps": other, f"{field}__relate": (other, INTERIORS_MEET)})


class AreaShapeManager(models.Manager["AreaShape"]):
    """Leaves the texts that only map layers are made of in the database, unless they are named."""

    def get_queryset(self) -> AreaShapeQuerySet:
        """Shapes without those texts."""
        shapes = AreaShapeQuerySet(self.model, using=self._db)
        return shapes.defer("geom_json", "overview_json", "facts_json")

    def in_force(self, on: dt.date | None = None) -> AreaShapeQuerySet:
        """The boundaries of the areas that there are, or that there were as a day in the past ended."""
        return self.get_queryset().in_force(on)


class AreaShape(models.Model):
    """The boundary of an area in one edition; apart from `Area`, since Django would select it in every query otherwise.

    Geometry is EPSG:4326; `area_m2` was measured in `measured_srid`. `path` draws the overview as SVG in whole metres of the
    national grid, x as it is and y negated (downwards), and `box` is its "x y width height" in the same. So shapes of every
    kind and edition of a municipality, and any point (x, -y), lie side by side without a common corner to agree on.
    """

    edition = models.ForeignKey(
        AreaEdition, models.CASCADE, related_name="shapes", verbose_name=gettext_lazy("edition")
    )
    area = models.ForeignKey(Area, models.CASCADE, related_name="shapes", verbose_name=gettext_lazy("area"))
    code = models.CharField(
        gettext_lazy("code"), max_length=40, blank=True, help_text=gettext_lazy("As it was in this edition.")
    )
    name = models.CharField(
        gettext_lazy("name"), max_length=120, blank=True, help_text=gettext_lazy("As it was in this edition.")
    )
    geom = models.MultiPolygonField(gettext_lazy("boundary"), srid=4326)
    overview = models.MultiPolygonField(gettext_lazy("simplified boundary"), srid=4326, spatial_index=False)
    geom_json = WrittenGeoJSON(
        expression=GeoJSON("geom", digits=DIGITS),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=gettext_lazy("boundary as GeoJSON"),
    )
    overview_json = WrittenGeoJSON(
        expression=GeoJSON("overview", digits=OVERVIEW_DIGITS),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=gettext_lazy("simplified boundary as GeoJSON"),
    )
    facts_json = WrittenGeoJSON(
        expression=MembersJSON(),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=gettext_lazy("facts as GeoJSON"),
    )
    label_point = models.PointField(gettext_lazy("place of the name"), srid=4326, spatial_index=False)
    area_m2 = models.FloatField(gettext_lazy("surface in m²"))
    measured_srid = models.IntegerField(gettext_lazy("measured in"))
    content_hash = models.CharField(gettext_lazy("checksum"), max_length=64)
    path = models.TextField(gettext_lazy("drawn"))
    box = models.CharField(gettext_lazy("box of the drawing"), max_length=80)

    objects = AreaShapeManager()

    personal: ClassVar[Personal] = Personal(
        impersonal=("code", "name", "label_point", "content_hash", "path", "box")
    )

    class Meta:
        verbose_name = gettext_lazy("shape of an area")
        verbose_name_plural = gettext_lazy("shapes of areas")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "area"],
                name="areashape_unique",
                violation_error_message=gettext_lazy("This edition has this area already."),
            ),
            models.CheckConstraint(
                condition=Q(area_m2__gt=0),
                name="areashape_has_surface",
                violation_error_message=gettext_lazy("An area on the map has a surface."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} in {self.edition_id}"
