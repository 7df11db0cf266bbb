"""Actions over the API, as GeoJSON."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from areas.rest import BBOX, asked_bbox
from core.access import open_to_all
from core.places import PlaceField
from core.rest import (
    WORD,
    FeaturePages,
    KnownFields,
    Versioned,
    asked_word,
    checked,
    seen_version,
)
from core.verbs import require
from plans.actions import (
    Around,
    Money,
    Party,
    add_action,
    change_action,
)
from plans.api.shared import (
    AREA,
    MOST,
    OF_PLAN,
    AreaNamed,
    Here,
    Linked,
    Slugs,
    WhenText,
    bodies,
    by_word,
    identifier,
    known,
    known_one,
    long_text,
    only,
    stays,
)
from plans.leads import told_of_others
from plans.models import (
    Action,
    ActionParty,
    ActionQuerySet,
    Amount,
    Plan,
)

ACTION = (
    "kind", "code", "external_code", "name", "text", "comment", "evaluation", "passed_by", "is_priority", "weight", "when",
    "place", "is_approximate",
)  # fmt: skip


class PartySerializer(serializers.ModelSerializer[ActionParty]):
    """An organisation outside the town hall."""

    class Meta:
        model = ActionParty
        fields = ("name", "role", "does")


class AmountSerializer(serializers.ModelSerializer[Amount]):
    """Money in a year, in euro."""

    class Meta:
        model = Amount
        fields = ("year", "kind", "planned", "spent")


class Pages(FeaturePages):
    """Pages of actions."""

    feature = "Action"


class ActionSerializer(Linked, GeoFeatureModelSerializer):  # type: ignore[misc]
    """An action as a GeoJSON feature."""

    plan = by_word(is_always=True)
    goal = by_word("uuid")
    team = by_word()
    areas = AreaNamed(many=True, read_only=True)
    passed_by = bodies()
    when = WhenText(read_only=True, allow_null=True)
    parties = PartySerializer(many=True, read_only=True)
    amounts = AmountSerializer(many=True, read_only=True)
    needs = by_word("uuid", many=True)
    carries_out = by_word("uuid")
    leads_to = by_word("uuid")
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Action
        geo_field = "geometry"
        id_field = "uuid"
        fields = (
            "uuid", "plan", "number", "goal", *ACTION, "phase", "done_percent", "set_state", "set_state_reason", "set_state_on",
            "team", "areas", "parties", "amounts", "needs", "carries_out", "leads_to", "leads_how", "geometry", "url", "version",
        )  # fmt: skip


class ActionInput(KnownFields, serializers.ModelSerializer[Action]):
    """What may be written of an action; `plan` only for a new one. How far it is, is reported on the site."""

    plan = serializers.SlugField(required=False)
    goal = identifier()
    team = serializers.SlugField(required=False, allow_null=True)
    areas = Slugs()
    passed_by = bodies()
    when = WhenText()
    text, comment, evaluation = long_text(), long_text(), long_text()
    geometry = PlaceField("Point", "LineString", "Polygon", required=False, allow_null=True)
    parties = PartySerializer(many=True, required=False, max_length=MOST)  # type: ignore[call-arg]  # of the list
    amounts = AmountSerializer(many=True, required=False, max_length=MOST)  # type: ignore[call-arg]  # of the list
    needs = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MOST)
    carries_out = identifier()
    version = serializers.CharField(required=False, max_length=60)

    class Meta:
        model = Action
        fields = (
            "plan", "goal", *ACTION, "team", "areas", "geometry", "parties", "amounts", "needs", "carries_out", "version",
        )  # fmt: skip
        validators: ClassVar[list[Any]] = []  # of codes the verb says at its field what is wrong
        extra_kwargs: ClassVar[dict[str, Any]] = {"code": {"required": False}}


@open_to_all
@extend_schema_view(
    list=extend_schema(
        summary="Actions of plans",
        parameters=[
            BBOX, OF_PLAN, AREA,
            OpenApiParameter("fase", WORD, enum=Action.Phase.values, description="how far it is"),
        ],
    ),
    retrieve=extend_schema(summary="An action"),
    create=extend_schema(summary="Add an action to a plan"),
    partial_update=extend_schema(summary="Change an action"),
)  # fmt: skip
class ActionViewSet(
    Here, Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Action]
):
    """Actions of the plans that may be read."""

    queryset = Action.objects.none()
    serializer_class = ActionSerializer
    pagination_class = Pages

    def get_queryset(self) -> ActionQuerySet:
        """What the list and the pages show."""
        seen = Action.objects.of(self.municipality).visible_to(self.request.user)
        found = seen.select_related("plan__municipality", "goal", "team")
        found = found.prefetch_related("areas", "parties", "amounts", *told_of_others(seen))
        found = found.order_by("plan__name", "plan", "number")
        return self._asked(found) if self.action == "list" else found

    def _asked(self, found: ActionQuerySet) -> ActionQuerySet:
        slug, phase = asked_word(self.request, "plan"), asked_word(self.request, "fase")
        area, box = self.asked_area(), asked_bbox(self.request)
        found = found.filter(plan__slug=slug) if slug else found
        found = found.filter(phase=phase) if phase else found
        found = found.filter(geometry__intersects=box) if box is not None else found
        return found.in_area(area) if area else found

    def _action(self, uuid: Any, field: str) -> Action:
        found = Action.objects.of(self.municipality).visible_to(self.request.user)
        action = found.select_related("plan").filter(uuid=uuid).first()
        if action is None:
            raise BadRequest({field: [_("This action is not there.")]})
        return action

    def _values(self, given: dict[str, Any], plan: Plan) -> dict[str, Any]:
        values = only(given, (*ACTION, "geometry"))
        if "goal" in given:
            values["goal"] = plan.goals.filter(uuid=given["goal"]).first() if given["goal"] else None
            if given["goal"] and values["goal"] is None:
                raise BadRequest({"goal": [_("This goal is no longer there.")]})
        if "team" in given:
            values["team"] = known_one(self.teams, given["team"], "team")
        if "carries_out" in given:
            other = given["carries_out"]
            values["carries_out"] = self._action(other, "carries_out") if other else None
        return values

    def _around(self, given: dict[str, Any]) -> Around:
        return Around(
            areas=known(self.areas, given["areas"], "areas") if "areas" in given else None,
            parties=[Party(**one) for one in given["parties"]] if "parties" in given else None,
            amounts=[Money(**one) for one in given["amounts"]] if "amounts" in given else None,
            needs=[self._action(one, "needs") for one in given["needs"]] if "needs" in given else None,
        )

    @extend_schema(request=ActionInput, responses={201: ActionSerializer})
    def create(self, request: Request) -> Response:
        """Add an action, with the next number of its plan."""
        plan = self.plan_of(self.plan_named_in(request))
        require("plans.write_plan", plan, by=request.user)
        given = checked(ActionInput, request)
        action = add_action(
            plan=plan, by=request.user, values=self._values(given, plan), around=self._around(given)
        )
        return self.answer(action, status=201)

    @extend_schema(request=ActionInput, responses=ActionSerializer)
    def partial_update(self, request: Request, uuid: Any = None) -> Response:
        """Change all that is given, or nothing; the version that was seen is named by If-Match or `version`."""
        action = get_object_or_404(self.get_queryset(), uuid=uuid)
        require("plans.write_plan", action.plan, by=request.user)
        given = checked(ActionInput, request)
        stays(given, action.plan)
        changed = change_action(
            action=action,
            by=request.user,
            version=seen_version(request, action, given),
            values=self._values(given, action.plan),
            around=self._around(given),
        )
        return self.answer(changed)
