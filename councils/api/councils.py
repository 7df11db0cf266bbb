"""Councils over `/api/v1/`, with who sits in them today or on another day; nothing of anybody that is not on the page."""

import datetime as dt
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.exceptions import ValidationError

from areas.models import Area
from areas.rest import asked_municipality
from areas.serializers import AreaNamed
from core.access import open_to_all
from core.rest import WORD, BoundedPages, Versioned, asked_word
from councils.composition import Verdict, judged
from councils.makeup import makeup_of, with_makeup
from councils.models import Council, Office, Seat

ON = OpenApiParameter(
    "op", OpenApiTypes.DATE, description="the day on which it is asked who sits there (today)"
)


class MemberSerializer(serializers.Serializer[Any]):
    """Somebody who sits in a council."""

    uuid = serializers.UUIDField()
    name = serializers.CharField()
    mandate = serializers.ChoiceField(Seat.Mandate.choices)
    offices = serializers.ListField(child=serializers.ChoiceField(Office.Kind.choices))
    has_vote = serializers.BooleanField()
    is_hindered = serializers.BooleanField()
    first_on = serializers.DateField()
    last_on = serializers.DateField(allow_null=True)
    rank = serializers.IntegerField()
    delegation = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    decision_number = serializers.CharField()
    decision_uri = serializers.CharField()


class FindingSerializer(serializers.Serializer[Any]):
    """What one rule says."""

    rule = serializers.CharField()
    title = serializers.CharField()
    verdict = serializers.ChoiceField([one.value for one in Verdict])
    words = serializers.CharField()


class CompositionSerializer(serializers.Serializer[Any]):
    """Whether a council is composed as it must be, as anybody may know it."""

    on = serializers.DateField()
    verdict = serializers.ChoiceField([one.value for one in Verdict])
    voters = serializers.IntegerField()
    findings = FindingSerializer(many=True)


class CouncilSerializer(serializers.ModelSerializer[Council]):
    """A council."""

    areas = AreaNamed(many=True, read_only=True)
    url = serializers.SerializerMethodField()
    places = serializers.SerializerMethodField()
    composition = serializers.SerializerMethodField()
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Council
        fields = (
            "uuid", "slug", "name", "kind", "purpose", "areas", "basis", "founded_on", "founding_number", "founding_uri",
            "rules", "works", "email", "phone", "contact", "vacancy", "ended_on", "external_uri", "is_example", "places",
            "composition", "url", "version",
        )  # fmt: skip

    @property
    def on(self) -> dt.date:
        """The day that is asked about."""
        day: dt.date = self.context["view"].day
        return day

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, council: Council) -> str:
        """Where people read it."""
        url: str = self.context["request"].build_absolute_uri(council.get_absolute_url())
        return url

    @extend_schema_field(
        {"type": "object", "properties": {"with_vote": {"type": "integer"}, "taken": {"type": "integer"}}}
    )
    def get_places(self, council: Council) -> dict[str, int]:
        """How many places with a vote there are and how many are taken."""
        makeup = makeup_of(council)
        seats = [one for one in makeup.seats if one.mandate == Seat.Mandate.MEMBER and one.holds(self.on)]
        taken = len(makeup.seated(self.on, Seat.Mandate.MEMBER))
        return {"with_vote": sum(one.most for one in seats), "taken": taken}

    @extend_schema_field(CompositionSerializer)
    def get_composition(self, council: Council) -> dict[str, Any]:
        """The judgement of the day."""
        return judged(makeup_of(council), self.on).frozen()


class CouncilWithMembers(CouncilSerializer):
    """A council with who sits in it."""

    members = serializers.SerializerMethodField()

    class Meta(CouncilSerializer.Meta):
        fields = (*CouncilSerializer.Meta.fields, "members")  # type: ignore[assignment]

    @extend_schema_field(MemberSerializer(many=True))
    def get_members(self, council: Council) -> list[dict[str, Any]]:
        """Who has a seat on the day, by rank and name."""
        makeup, on = makeup_of(council), self.on
        voters = {one.key for one in makeup.voters(on)}
        return [
            {
                "uuid": one.uuid, "name": one.name, "mandate": makeup.mandate_of(one), "offices": makeup.offices_of(one, on),
                "has_vote": one.key in voters, "is_hindered": makeup.hindrance_of(one, on) is not None,
                "first_on": one.first_on, "last_on": one.last_on, "rank": one.rank, "delegation": one.delegation,
                "decided_on": one.decided_on, "decision_number": one.decision, "decision_uri": one.decision_uri,
            }
            for one in makeup.seated(on)
        ]  # fmt: skip


@open_to_all
@extend_schema_view(
    list=extend_schema(
        summary="Councils",
        parameters=[
            OpenApiParameter("gebied", WORD, description="word of an area"),
            OpenApiParameter("soort", WORD, enum=Council.Kind.values, description="kind of council"),
            ON,
        ],
    ),
    retrieve=extend_schema(
        summary="A council with who sits in it", parameters=[ON], responses=CouncilWithMembers
    ),
)
class CouncilViewSet(Versioned, viewsets.ReadOnlyModelViewSet[Council]):
    """Councils."""

    queryset = Council.objects.none()
    serializer_class = CouncilSerializer
    pagination_class = BoundedPages

    @property
    def day(self) -> dt.date:
        """The day that is asked about; 400 for what is no day."""
        asked = self.request.query_params.get("op", "")
        try:
            return dt.date.fromisoformat(asked) if asked else timezone.localdate()
        except ValueError:
            raise ValidationError({"op": ["YYYY-MM-DD"]}) from None

    def get_serializer_class(self) -> Any:
        """One council comes with its members."""
        return CouncilWithMembers if self.action == "retrieve" else CouncilSerializer

    def get_queryset(self) -> Any:
        """Those of the municipality."""
        municipality = asked_municipality(self.request)
        found = Council.objects.of(municipality).visible_to(self.request.user)
        if self.action == "list":
            kind, area = asked_word(self.request, "soort"), asked_word(self.request, "gebied")
            found = found.filter(kind=kind) if kind else found
            if area:
                found = found.filter(areas__in=Area.objects.of(municipality).filter(slug=area))
        return with_makeup(found).prefetch_related("areas").order_by("name", "pk")
