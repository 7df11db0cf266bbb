"""Councils on the map, each where it meets, or in the middle of its area while that is not known; the others are in lists."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Case, DateTimeField, F, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from areas.map.things import Reading, point_layer
from areas.models import Area, AreaShape
from core.layers import LayerOrigin, LayerRow, LayerSource, MapLayer, layer_sources
from councils.makeup import makeup_of, with_makeup
from councils.models import Council, CouncilQuerySet, Meeting
from councils.reading.seated import Bench

LAYER = "raden"


def on_the_map(municipality: Any) -> Any:
    """The councils that work, each with its `point`: of its latest meeting at a work location, else of its first area."""
    met = Meeting.objects.filter(council=OuterRef("pk"), location__point__isnull=False).order_by("-starts_at")
    shapes = AreaShape.objects.in_force().filter(area__councils=OuterRef("pk")).order_by("area__name", "pk")
    heard = (
        Meeting.objects.filter(council=OuterRef("pk"))
        .order_by()
        .values("council")
        .annotate(last=Max("updated_at"))
    )
    room = Subquery(met.values("location__point")[:1], output_field=PointField())
    middle = Subquery(shapes.values("label_point")[:1], output_field=PointField())
    areas = Area.objects.filter(councils=OuterRef("pk")).order_by("name")
    found: Any = Council.objects.of(municipality).working()
    return found.annotate(
        room=room,
        point=Coalesce(room, middle, output_field=PointField()),
        changed_at=Greatest(
            "updated_at", Coalesce(Subquery(heard.values("last")), F("updated_at")), output_field=DateTimeField()
        ),
        area_slugs=ArraySubquery(areas.values("slug")),
        area_names=ArraySubquery(areas.values("name")),
    )  # fmt: skip


def row(council: Any) -> LayerRow:
    """A council in a list."""
    return LayerRow(
        slug=council.slug,
        title=council.name,
        detail=", ".join([capfirst(str(council.get_kind_display())), *council.area_names]),
        note="" if council.point else gettext_lazy("not on the map"),
        is_approximate=council.room is None and council.point is not None,
        areas=tuple(council.area_slugs),
    )


def in_area(councils: Any, area: Any) -> Any:
    """Those that are about an area."""
    return councils.filter(areas=area)


def panel(council: Any) -> Mapping[str, Any]:
    """Who sits in it, in the panel of the map."""
    return {"council": council, "bench": Bench(makeup_of(council), timezone.localdate())}


def details(councils: CouncilQuerySet) -> Any:
    """With who sits in them."""
    return with_makeup(councils)


def layers(*, municipality: Any) -> Iterable[MapLayer]:
    """The layer of the councils."""
    page = reverse("councils:list")
    yield point_layer(
        on_the_map(municipality),
        slug=LAYER,
        title=gettext_lazy("Advisory and village councils"),
        symbol="council",
        reading=Reading(
            changed="changed_at",
            order=("name",),
            properties={
                "kind": F("kind"),
                "approximate": Case(
                    When(room__isnull=True, then=True), default=False, output_field=BooleanField()
                ),
                "url": Concat(Value(page), F("slug"), Value("/")),
            },
            row=row,
            in_area=in_area,
            details=details,
            template="councils/partials/map_panel.html",
            context=panel,
        ),
        origin=LayerOrigin(source=municipality.full_name),
        page=page,
        page_words=gettext_lazy("CSV and Excel."),
        pages=page,
        named_by=("name",),
        heading=gettext_lazy("Who speaks for this area"),
        nothing=gettext_lazy("No council is about this area alone."),
    )


layer_sources.register(
    LayerSource(name="councils.councils", layers=layers, geometry="point", slugs=(LAYER,), order=70)
)
