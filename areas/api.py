"""`/api/v1/gebieden/`, `/api/v1/gebiedssoorten/` and `/api/v1/cijfers/`: read by all, names changed by those who may."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from areas.actions import change_area
from areas.figures.listing import Known, known_kinds
from areas.models import Area, AreaKind, AreaShape, Indicator, IndicatorValue
from areas.models.figures import IndicatorValueQuerySet
from areas.past import with_successors
from areas.rest import BBOX, asked_bbox, asked_municipality, asked_period
from areas.serializers import (
    FEATURE,
    AreaChangeSerializer,
    AreaFeatureSerializer,
    AreaSerializer,
    FigureSerializer,
    IndicatorSerializer,
    KindSerializer,
)
from core.access import open_to_all
from core.rest import WORD, BoundedPages, Versioned, asked_uuid, asked_word, checked, seen_version
from core.verbs import require


def shown_shapes(*heavy: str) -> "Prefetch[str]":
    """The boundary in force of each area, without the columns that are not asked for."""
    shapes = AreaShape.objects.in_force().defer(*heavy)
    return Prefetch("shapes", shapes, to_attr="shown_shapes")


@open_to_all
@extend_schema_view(list=extend_schema(summary="Kinds of areas"))
class KindViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[AreaKind]):
    """The kinds of areas that the municipality works with, from large to small."""

    serializer_class = KindSerializer
    permission_classes = [AllowAny]
    pagination_class = None
    queryset = AreaKind.objects.none()

    def get_queryset(self) -> Any:
        return AreaKind.objects.filter(municipality=asked_municipality(self.request))


@open_to_all
@extend_schema_view(
    list=extend_schema(
        summary="Areas",
        parameters=[
            BBOX,
            OpenApiParameter("kind", WORD, description="The word of a kind: wijk, deelgemeente…"),
        ],
    ),
    retrieve=extend_schema(summary="An area with its boundary", responses={200: FEATURE}),
    partial_update=extend_schema(
        summary="Change the name of an area", request=AreaChangeSerializer, responses={200: FEATURE}
    ),
)
class AreaViewSet(Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Area]):
    """The areas of the municipality; retired ones stay readable by their identifier."""

    pagination_class = BoundedPages
    queryset = Area.objects.none()

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return AreaSerializer if self.action == "list" else AreaFeatureSerializer

    def get_queryset(self) -> Any:
        found = Area.objects.of(asked_municipality(self.request)).select_related("kind")
        if self.action != "list":
            return with_successors(found).prefetch_related(
                shown_shapes("overview"), "codes", "former_codes", "aliases"
            )
        found = found.active().in_order().prefetch_related(shown_shapes("geom", "overview", "path"), "codes")
        kind = asked_word(self.request, "kind")
        box = asked_bbox(self.request)
        if kind:
            found = found.of_kind(kind)
        if box is not None:
            found = found.filter(
                Exists(AreaShape.objects.in_force().filter(area=OuterRef("pk"), geom__intersects=box))
            )
        return found.order_by("kind__rank", "name", "pk")

    def partial_update(self, request: Request, **_lookup: Any) -> Response:
        """Change name or other names."""
        area: Area = self.get_object()
        require("areas.change_area", area, by=request.user)
        given = checked(AreaChangeSerializer, request)
        given["version"] = seen_version(request, area, given, required=False)
        return self.answer(change_area(area=area, by=request.user, **given))


@open_to_all
@extend_schema_view(
    list=extend_schema(summary="Figures: what is known of areas in numbers"),
    retrieve=extend_schema(
        summary="A figure with its values",
        description="Without `period` and `area`: the newest period of the areas that the municipality works with.",
        parameters=[
            OpenApiParameter("period", str, description="As in `known`: 2024, 2024-Q3, 2024-03, 2024-03-31 or 2023/2024."),
            OpenApiParameter("area", OpenApiTypes.UUID, description="One area, in every period or in the one asked for."),
            OpenApiParameter("kind", str, description="The word of a kind of areas: wijk, deelgemeente…"),
        ],
        responses={200: FigureSerializer},
    ),
)  # fmt: skip
class FigureViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Indicator]):
    """Indicators with their figures, by area and period."""

    permission_classes = [AllowAny]
    pagination_class = BoundedPages
    lookup_field = "slug"
    lookup_value_converter = "slug"
    serializer_class = IndicatorSerializer
    queryset = Indicator.objects.none()

    def get_queryset(self) -> Any:
        return Indicator.objects.of(asked_municipality(self.request)).with_figures().order_by("name", "pk")

    def retrieve(self, request: Request, *_args: Any, **_lookup: Any) -> Response:
        """One indicator, with the values that were asked for."""
        indicator: Indicator = self.get_object()
        known = known_kinds(indicator, asked_municipality(request))
        shown = _asked_values(request, indicator, known)
        indicator.known = known  # type: ignore[attr-defined]
        indicator.shown_values = list(  # type: ignore[attr-defined]
            shown.select_related("area__kind", "edition")
            .defer("edition__outline_path", "edition__graticule")
            .order_by("area__name", "area__slug", "period")
        )
        return Response(FigureSerializer(indicator, context=self.get_serializer_context()).data)


def _asked_values(request: Request, indicator: Indicator, known: list[Known]) -> IndicatorValueQuerySet:
    """The figures that a question is about: never all periods of all areas."""
    values = IndicatorValue.objects.of(indicator)
    period, kind, area = asked_period(request), asked_word(request, "kind"), asked_uuid(request, "area")
    if not period and not area:
        one = next((one for one in known if one.kind.slug == kind), known[0])
        kind, period = kind or one.kind.slug, one.newest
    if period:
        values = values.in_period(period)
    if kind:
        values = values.of_kind(kind)
    return values.filter(area__uuid=area) if area else values
