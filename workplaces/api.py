"""Work locations over `/api/v1/`: GeoJSON for everybody to read, written by those who may change them on the site."""

from typing import Any, ClassVar

from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import APIException
from rest_framework.exceptions import PermissionDenied as Refused
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_gis.pagination import GeoJsonPagination
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.models import Municipality
from areas.rest import BBOX, WORD, BoundedPages, asked_bbox, asked_municipality, asked_word
from core.access import open_to_all
from core.verbs import Conflict
from workplaces.actions import Place, add_location, change_all
from workplaces.actions.shared import DETAILS
from workplaces.exchange import Vocabulary
from workplaces.models import OpeningHours, WorkLocation, WorkLocationQuerySet

WIRE = ("point", "precision", "placed_by")


class ConflictAnswer(APIException):
    """Somebody else changed the location first."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class Pages(BoundedPages, GeoJsonPagination):  # type: ignore[misc]
    """Pages of a feature collection."""

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """What a page looks like; the library says it of a list."""
        found: dict[str, Any] = super().get_paginated_response_schema(schema)
        features = {"type": "array", "items": {"$ref": "#/components/schemas/Location"}}
        found["properties"]["features"] = features
        return found | {"required": ["type", "count", "features"]}


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"})
class ClockField(serializers.TimeField):
    """A time of the clock; the `time` of OpenAPI has a time zone."""


class HoursSerializer(serializers.ModelSerializer[OpeningHours]):
    """A stretch of a day."""

    opens = ClockField()
    closes = ClockField()

    class Meta:
        model = OpeningHours
        fields = ("weekday", "opens", "closes")


class AreaHere(serializers.Serializer[dict[str, Any]]):
    """An area around the location."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    kind = serializers.CharField()


POINT = {
    "type": "object",
    "properties": {
        "type": {"type": "string", "enum": ["Point"]},
        "coordinates": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    },
}


@extend_schema_field(POINT)
class PlaceField(serializers.Field[Any, Any, Any, Any]):
    """A GeoJSON point with two finite numbers on earth, or null."""

    default_error_messages: ClassVar = {"place": gettext_lazy("A point has a longitude and a latitude.")}

    def to_internal_value(self, data: Any) -> Point:
        coordinates = (
            data.get("coordinates") if isinstance(data, dict) and data.get("type") == "Point" else None
        )
        if not isinstance(coordinates, list) or len(coordinates) != 2:
            self.fail("place")
        numbers = [n for n in coordinates if isinstance(n, int | float) and not isinstance(n, bool)]
        # So asked, what is not a number and what is endless are outside too; a whole number may be too long for a float.
        if len(numbers) != 2 or not (abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90):
            self.fail("place")
        return Point(float(numbers[0]), float(numbers[1]), srid=4326)

    def to_representation(self, value: Any) -> Any:
        return {"type": "Point", "coordinates": [round(value.x, 6), round(value.y, 6)]}


class LocationSerializer(GeoFeatureModelSerializer):  # type: ignore[misc]
    """A location as a GeoJSON feature."""

    address = serializers.CharField(source="full_address", read_only=True)
    approximate = serializers.BooleanField(source="is_approximate", read_only=True)
    services = serializers.SerializerMethodField()
    areas = serializers.SerializerMethodField()
    hours = HoursSerializer(many=True, read_only=True)
    url = serializers.SerializerMethodField()
    version = serializers.CharField(read_only=True)

    class Meta:
        model = WorkLocation
        geo_field = "point"
        id_field = "uuid"
        fields = (
            "uuid", "slug", *DETAILS, "address", "precision", "approximate", "placed_by", "closed_on",
            "services", "areas", "hours", "url", "version",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.SlugField()))
    def get_services(self, location: Any) -> list[str]:
        """The services by their word."""
        return [offer.service.slug for offer in location.offers.all()]

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, location: WorkLocation) -> str:
        """The page of the location."""
        url: str = self.context["request"].build_absolute_uri(location.get_absolute_url())
        return url

    @extend_schema_field(AreaHere(many=True))
    def get_areas(self, location: Any) -> list[dict[str, Any]]:
        """The areas around it."""
        return [{name: area[name] for name in ("slug", "name", "kind")} for area in location.lies_in]


class LocationInput(serializers.ModelSerializer[WorkLocation]):
    """What may be written; whoever changes something names the version that they saw."""

    point = PlaceField(required=False, allow_null=True)
    precision = serializers.ChoiceField(WorkLocation.Precision.choices, required=False)
    services = serializers.ListField(child=serializers.SlugField(), required=False, max_length=50)
    version = serializers.CharField(required=False, max_length=40)

    class Meta:
        model = WorkLocation
        fields = (*DETAILS, "point", "precision", "placed_by", "services", "version")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The place and its precision come together; services are known ones; what is unknown is refused."""
        unknown = set(getattr(self, "initial_data", {})) - set(self.fields)
        if unknown:
            raise BadRequest({name: [_("This field cannot be written.")] for name in sorted(unknown)})
        if ("point" in attrs) != ("precision" in attrs):
            raise BadRequest({"precision": [_("Give the point and how precise it is together.")]})
        if "services" in attrs:
            known = Vocabulary.of(self.context["municipality"]).services
            strange = [slug for slug in attrs["services"] if slug not in known]
            if strange:
                raise BadRequest({"services": [_("“%(text)s” is not known here.") % {"text": strange[0]}]})
            attrs["services"] = [known[slug] for slug in attrs["services"]]
        return attrs


PARAMETERS = [
    BBOX,
    OpenApiParameter("dienst", WORD, description="slug of a service"),
    OpenApiParameter("gebied", WORD, description="slug of an area"),
]


@open_to_all
@extend_schema_view(
    list=extend_schema(summary="Work locations", parameters=PARAMETERS),
    retrieve=extend_schema(summary="A work location"),
    create=extend_schema(summary="Add a work location"),
    partial_update=extend_schema(summary="Change a work location"),
)
class LocationViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[WorkLocation]
):
    """Work locations in use."""

    queryset = WorkLocation.objects.none()
    serializer_class = LocationSerializer
    permission_classes = (IsAuthenticatedOrReadOnly,)
    pagination_class = Pages
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    @property
    def municipality(self) -> Municipality:
        """The municipality of the request."""
        return asked_municipality(self.request)

    def get_queryset(self) -> WorkLocationQuerySet:
        """What the list and the pages show."""
        found = WorkLocation.objects.of(self.municipality).visible_to(self.request.user)
        found = found.select_related("municipality").with_areas().with_details().order_by("name", "pk")
        if self.action != "list":
            return found
        service, slug = asked_word(self.request, "dienst"), asked_word(self.request, "gebied")
        box = asked_bbox(self.request)
        found = found.in_use()
        if box is not None:
            found = found.filter(point__intersects=box)
        if service:
            found = found.with_service(service)
        if slug:
            area = self.municipality.areas.filter(slug=slug).first()
            found = found.in_area(area) if area else found.none()
        return found

    @extend_schema(request=LocationInput, responses={201: LocationSerializer})
    def create(self, request: Request) -> Response:
        """Add a location."""
        if not request.user.has_perm("workplaces.add_location", self.municipality):
            raise Refused
        given = self._checked(request)
        values = {name: given[name] for name in DETAILS if name in given}
        place = {name: given[name] for name in WIRE if name in given}
        location = self._done(
            lambda: add_location(
                municipality=self.municipality,
                by=request.user,
                values=values,
                services=given.get("services", ()),
                **place,
            )
        )
        return Response(self._shown(location), status=status.HTTP_201_CREATED)

    @extend_schema(request=LocationInput, responses=LocationSerializer)
    def partial_update(self, request: Request, uuid: Any = None) -> Response:
        """Change a location; `version` is required, and a stale one is answered with 409."""
        location = get_object_or_404(WorkLocation.objects.of(self.municipality), uuid=uuid)
        # Everybody may read it, so that refusing tells nobody anything.
        if not request.user.has_perm("workplaces.change_location", location):
            raise Refused
        given = self._checked(request)
        if "version" not in given:
            raise BadRequest({"version": [_("Say which version you saw.")]})
        return Response(self._shown(self._done(lambda: _write(location, request.user, given))))

    def _checked(self, request: Request) -> dict[str, Any]:
        form = LocationInput(
            data=request.data, partial=request.method == "PATCH", context={"municipality": self.municipality}
        )
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _done(self, verb: Any) -> WorkLocation:
        """Do it, and turn what the verb refuses into an answer."""
        try:
            done: WorkLocation = verb()
        except Conflict as conflict:
            raise ConflictAnswer(str(conflict)) from conflict
        except ValidationError as error:
            raise BadRequest(
                error.message_dict if hasattr(error, "error_dict") else error.messages
            ) from error
        except PermissionDenied as error:
            raise Refused from error
        return done

    def _shown(self, location: WorkLocation) -> Any:
        shown = WorkLocation.objects.with_areas().with_details().get(pk=location.pk)
        return self.get_serializer(shown).data


def _write(location: WorkLocation, by: Any, given: dict[str, Any]) -> WorkLocation:
    """All that was given, or nothing."""
    place = None
    if "point" in given:
        place = Place(given["point"], given["precision"], given.get("placed_by", location.placed_by))
    return change_all(
        location=location,
        by=by,
        version=given["version"],
        values=given,
        services=given.get("services"),
        place=place,
    )
