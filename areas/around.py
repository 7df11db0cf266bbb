"""What lies around an area: above, within, beside; and where in the municipality it lies itself."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from areas.map.paths import box_of
from areas.models import Area, AreaPart, AreaShape

# The middle part of the municipality has no direction: up to this share of the way to its edge.
MIDDLE = 0.22
DIRECTIONS = (
    gettext_lazy("The east of %(name)s."),
    gettext_lazy("The northeast of %(name)s."),
    gettext_lazy("The north of %(name)s."),
    gettext_lazy("The northwest of %(name)s."),
    gettext_lazy("The west of %(name)s."),
    gettext_lazy("The southwest of %(name)s."),
    gettext_lazy("The south of %(name)s."),
    gettext_lazy("The southeast of %(name)s."),
)


@dataclass(frozen=True)
class Around:
    """An area in its surroundings; without a place (residual, retired) there is no shape and no neighbour."""

    area: Area
    shape: AreaShape | None
    above: Sequence[AreaPart]
    within: Sequence[AreaPart]
    beside: Sequence[Area]

    @property
    def where(self) -> str:
        """In which part of the municipality it lies, as a sentence; empty when that says nothing."""
        name = self.area.municipality.name
        if self.shape is None or not self.shape.edition.outline_box:
            return ""
        direction = direction_of(self.shape.box, self.shape.edition.outline_box)
        return str(direction) % {"name": name} if direction else ""


def around(area: Area) -> Around:
    """What lies around an area, looked up once for all panels of a page: two queries."""
    known: Around | None = getattr(area, "_around", None)
    if known is None:
        known = _look_around(area)
        area._around = known  # type: ignore[attr-defined]
    return known


def _look_around(area: Area) -> Around:
    shape = (
        AreaShape.objects.in_force()
        .filter(area=area)
        .select_related("edition")
        .defer("geom", "overview", "edition__notes")
        .annotate(neighbours=ArraySubquery(_neighbours()))
        .first()
    )
    beside: list[Area] = []
    if shape is not None:
        shape.edition.kind = area.kind
        rows = shape.neighbours if not area.retired_by_id else []  # type: ignore[attr-defined]
        beside = [Area(**row, kind=area.kind, municipality=area.municipality) for row in rows]
    parts = AreaPart.objects.filter(Q(child=area) | Q(parent=area, child__retired_by__isnull=True))
    found = list(parts.select_related("parent", "parent_kind", "child__kind"))
    above = [part for part in found if part.child_id == area.pk]
    within = [part for part in found if part.parent_id == area.pk]
    return Around(
        area,
        shape,
        sorted(above, key=lambda part: (part.parent_kind.rank, -part.share, part.parent.name)),
        sorted(within, key=lambda part: (part.child.kind.rank, part.child.name)),
        beside,
    )


def _neighbours() -> "QuerySet[AreaShape, Any]":
    """The areas that share a border, not only a corner, with the shape of the outer query."""
    border = Func(F("geom"), OuterRef("geom"), function="ST_Intersection", output_field=TextField())
    return (
        AreaShape.objects.filter(
            edition=OuterRef("edition"), geom__intersects=OuterRef("geom"), area__retired_by__isnull=True
        )
        .exclude(pk=OuterRef("pk"))
        .annotate(touch=Func(border, function="ST_Dimension", output_field=IntegerField()))
        .filter(touch__gte=1)
        .order_by("area__name", "area__slug")
        .values(json=JSONObject(id="area_id", name="area__name", slug="area__slug"))
    )


def direction_of(box: str, outline_box: str) -> str | Promise:
    """The compass direction of one box within another; empty for what fills it."""
    x, y, width, height = box_of(box)
    whole_x, whole_y, whole_width, whole_height = box_of(outline_box)
    if width * height > whole_width * whole_height / 2:
        return ""
    east = (x + width / 2 - whole_x - whole_width / 2) / (whole_width / 2)
    north = -(y + height / 2 - whole_y - whole_height / 2) / (whole_height / 2)
    if math.hypot(east, north) < MIDDLE:
        return gettext_lazy("The middle of %(name)s.")
    return DIRECTIONS[round(math.atan2(north, east) / (math.pi / 4)) % 8]


def active_shapes() -> Prefetch[str]:
    """For a list of areas: the drawn shape of each in the boundaries in force, as `shown_shapes`."""
    return Prefetch(
        "shapes",
        AreaShape.objects.in_force().defer("geom", "overview", "label_point"),
        to_attr="shown_shapes",
    )


def main_parents() -> Prefetch[str]:
    """For a list of areas: the links to what each mainly lies in, as `main_parts`."""
    return Prefetch(
        "parent_parts",
        AreaPart.objects.filter(is_main=True)
        .select_related("parent", "parent_kind")
        .order_by("-parent_kind__rank"),
        to_attr="main_parts",
    )
