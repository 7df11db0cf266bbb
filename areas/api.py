"""`/api/v1/gebieden/` and `/api/v1/gebiedssoorten/`: read by all, names changed by those who may."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets
from rest_framework.permissions import AllowAny, IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from areas.actions import change_area
from areas.models import Area, AreaEdition, AreaKind, AreaShape
from areas.past import with_successors
from areas.rest import BBOX, WORD, BoundedPages, asked_bbox, asked_municipality, asked_word
from areas.serializers import (
    FEATURE,
    AreaChangeSerializer,
    AreaFeatureSerializer,
    AreaSerializer,
    KindSerializer,
)
from core.access import open_to_all


def shown_shapes(*heavy: str) -> "Prefetch[str]":
    """The boundary in force of each area, without the columns that are not asked for."""
    shapes = AreaShape.objects.filter(edition__status=AreaEdition.Status.ACTIVE).defer(*heavy)
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
class AreaViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Area]):
    """The areas of the municipality; retired ones stay readable by their identifier."""

    permission_classes = [IsAuthenticatedOrReadOnly]
    pagination_class = BoundedPages
    lookup_field = "uuid"
    lookup_value_converter = "uuid"
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
                shapes__edition__status=AreaEdition.Status.ACTIVE, shapes__geom__intersects=box
            )
        return found.order_by("kind__rank", "name", "pk")

    def partial_update(self, request: Request, **_lookup: Any) -> Response:
        """Change name or other names."""
        area: Area = self.get_object()
        if not request.user.has_perm("areas.change_area", area):
            raise PermissionDenied
        wanted = AreaChangeSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        change_area(area=area, user=request.user, **wanted.validated_data)
        return Response(self.get_serializer(self.get_object()).data)
