"""Benches over `/api/v1/`."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from areas.rest import asked_municipality
from benches.actions import change_bench
from benches.models import Bench, BenchQuerySet
from core.access import open_to_all
from core.places import PlaceField
from core.rest import BoundedPages, KnownFields, Versioned, checked, seen_version
from core.verbs import require


class BenchSerializer(serializers.ModelSerializer[Bench]):
    """A bench."""

    point = PlaceField(read_only=True)

    class Meta:
        model = Bench
        fields = ("uuid", "slug", "name", "point", "look_on", "version")


class BenchInput(KnownFields, serializers.ModelSerializer[Bench]):
    """What may be written."""

    version = serializers.CharField(required=False, max_length=60)

    class Meta:
        model = Bench
        fields = ("name", "look_on", "version")


@open_to_all
class BenchViewSet(Versioned, viewsets.ReadOnlyModelViewSet[Bench]):
    """Benches."""

    queryset = Bench.objects.none()
    serializer_class = BenchSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> BenchQuerySet:
        """Those of the municipality."""
        return Bench.objects.of(asked_municipality(self.request)).order_by("name", "pk")

    @extend_schema(request=BenchInput, responses=BenchSerializer)
    def partial_update(self, request: Request, uuid: Any = None) -> Response:
        """Change what is given."""
        bench = get_object_or_404(self.get_queryset(), uuid=uuid)
        require("benches.change_bench", bench, by=request.user)
        given = checked(BenchInput, request)
        new = {"name": bench.name, "look_on": bench.look_on} | given | {"version": seen_version(request, bench, given)}  # fmt: skip
        return self.answer(change_bench(bench=bench, by=request.user, **new))
