"""Plans over the API."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import PolicyField
from core.access import open_to_all
from core.rest import (
    WORD,
    BoundedPages,
    KnownFields,
    Versioned,
    asked_word,
    checked,
    seen_version,
)
from core.verbs import require
from plans.actions import (
    add_plan,
    change_plan,
)
from plans.api.shared import (
    AREA,
    AreaNamed,
    Here,
    Linked,
    Slugs,
    by_word,
    known,
    known_one,
)
from plans.models import (
    Plan,
    PlanQuerySet,
    PlanText,
)

PLAN = ("kind", "name", "summary", "first_on", "last_on", "contact", "news_every_months", "external_uri")
GOAL = (
    "level",
    "code",
    "external_code",
    "name",
    "text",
    "comment",
    "evaluation",
    "passed_by",
    "is_priority",
    "weight",
)


class TextSerializer(serializers.ModelSerializer[PlanText]):
    """A part of the text of a plan."""

    class Meta:
        model = PlanText
        fields = ("heading", "body")


class PlanSerializer(Linked, serializers.ModelSerializer[Plan]):
    """A plan, without its goals and actions."""

    areas = AreaNamed(many=True, read_only=True)
    policy_field = by_word()
    owner_team = by_word()
    leads_to = by_word("uuid")
    texts = TextSerializer(many=True, read_only=True)
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Plan
        fields = (
            "uuid", "slug", *PLAN, "stage", "areas", "policy_field", "owner_team", "leads_to", "leads_how", "is_example",
            "texts", "url", "version",
        )  # fmt: skip


class PlanInput(KnownFields, serializers.ModelSerializer[Plan]):
    """What may be written of a plan; areas, team and policy field by their word."""

    areas = Slugs()
    policy_field = serializers.SlugField(required=False, allow_null=True)
    owner_team = serializers.SlugField(required=False, allow_null=True)
    version = serializers.CharField(required=False, max_length=60)

    class Meta:
        model = Plan
        fields = (*PLAN, "areas", "policy_field", "owner_team", "version")


@open_to_all
@extend_schema_view(
    list=extend_schema(
        summary="Plans",
        parameters=[AREA, OpenApiParameter("soort", WORD, enum=Plan.Kind.values, description="kind of plan")],
    ),
    retrieve=extend_schema(summary="A plan"),
    create=extend_schema(summary="Begin a plan"),
    partial_update=extend_schema(summary="Change a plan"),
)
class PlanViewSet(
    Here, Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Plan]
):
    """Plans that may be read."""

    queryset = Plan.objects.none()
    serializer_class = PlanSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> PlanQuerySet:
        """What the list and the pages show."""
        seen = Plan.objects.of(self.municipality).visible_to(self.request.user)
        found = seen.select_related("policy_field", "owner_team", "municipality")
        found = found.prefetch_related("areas", "texts", Prefetch("leads_to", seen)).order_by("name", "pk")
        if self.action == "list":
            kind, area = asked_word(self.request, "soort"), self.asked_area()
            found = found.filter(kind=kind) if kind else found
            found = found.in_area(area) if area else found
        return found

    def _values(self, given: dict[str, Any]) -> dict[str, Any]:
        values = {name: given[name] for name in PLAN if name in given}
        if "owner_team" in given:
            values["owner_team"] = known_one(self.teams, given["owner_team"], "owner_team")
        if "policy_field" in given:
            fields = PolicyField.objects.filter(municipality=self.municipality)
            values["policy_field"] = known_one(fields, given["policy_field"], "policy_field")
        return values

    @extend_schema(request=PlanInput, responses={201: PlanSerializer})
    def create(self, request: Request) -> Response:
        """Begin a plan, in the making."""
        require("plans.add_plan", self.municipality, by=request.user)
        given = checked(PlanInput, request)
        areas = known(self.areas, given.get("areas", []), "areas")
        plan = add_plan(
            municipality=self.municipality, by=request.user, values=self._values(given), areas=areas
        )
        return self.answer(plan, status=201)

    @extend_schema(request=PlanInput, responses=PlanSerializer)
    def partial_update(self, request: Request, uuid: Any = None) -> Response:
        """Change all that is given, or nothing; the version that was seen is named by If-Match or `version`."""
        plan = get_object_or_404(self.get_queryset(), uuid=uuid)
        require("plans.write_plan", plan, by=request.user)
        given = checked(PlanInput, request)
        changed = change_plan(
            plan=plan,
            by=request.user,
            version=seen_version(request, plan, given),
            values=self._values(given),
            areas=known(self.areas, given["areas"], "areas") if "areas" in given else None,
        )
        return self.answer(changed)
