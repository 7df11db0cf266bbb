"""Work locations over `/api/v1/`: GeoJSON for everybody to read, written by those who may change them on the site."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.models import Municipality
from areas.rest import BBOX, asked_bbox, asked_municipality
from core.access import open_to_all
from core.places import PlaceField
from core.rest import WORD, FeaturePages, KnownFields, Versioned, asked_word, checked, seen_version
from core.verbs import require
from workplaces.actions import Place, add_location, change_all
from workplaces.actions.shared import DETAILS
from workplaces.exchange import Vocabulary
from workplaces.models import OpeningHours, WorkLocation, WorkLocationQuerySet

WIRE = ("point", "precision", "placed_by")


class Pages(FeaturePages):
    """Pages of locations."""

    feature = "Location"


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


class LocationInput(KnownFields, serializers.ModelSerializer[WorkLocation]):
    """What may be written; whoever changes something names the version that they saw."""

    point = PlaceField(required=False, allow_null=True)
    precision = serializers.ChoiceField(WorkLocation.Precision.choices, required=False)
    services = serializers.ListField(child=serializers.SlugField(), required=False, max_length=50)
    version = serializers.CharField(required=False, max_length=60)

    class Meta:
        model = WorkLocation
        fields = (*DETAILS, "point", "precision", "placed_by", "services", "version")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The place and its precision come together; services are known ones."""
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
    Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[WorkLocation]
):
    """Work locations in use."""

    queryset = WorkLocation.objects.none()
    serializer_class = LocationSerializer
    pagination_class = Pages

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
        require("workplaces.add_location", self.municipality, by=request.user)
        given = checked(LocationInput, request, municipality=self.municipality)
        location = add_location(
            municipality=self.municipality,
            by=request.user,
            values={name: given[name] for name in DETAILS if name in given},
            services=given.get("services", ()),
            **{name: given[name] for name in WIRE if name in given},
        )
        return self.answer(location, status=201)

    @extend_schema(request=LocationInput, responses=LocationSerializer)
    def partial_update(self, request: Request, uuid: Any = None) -> Response:
        """Change all that is given, or nothing; the version that was seen is named by If-Match or `version`."""
        location = get_object_or_404(WorkLocation.objects.of(self.municipality), uuid=uuid)
        # Everybody may read it, so that refusing tells nobody anything.
        require("workplaces.change_location", location, by=request.user)
        given = checked(LocationInput, request, municipality=self.municipality)
        place = None
        if "point" in given:
            placed_by = given.get("placed_by", location.placed_by)
            place = Place(given["point"], given["precision"], placed_by)
        changed = change_all(
            location=location,
            by=request.user,
            version=seen_version(request, location, given),
            values=given,
            services=given.get("services"),
            place=place,
        )
        return self.answer(changed)
