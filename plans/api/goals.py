"""Goals over the API."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.request import Request
from rest_framework.response import Response

from core.access import open_to_all
from core.rest import (
    BoundedPages,
    KnownFields,
    Versioned,
    asked_word,
    checked,
    seen_version,
)
from core.verbs import require
from plans.actions import (
    add_goal,
    change_goal,
)
from plans.api.shared import (
    OF_PLAN,
    Here,
    Linked,
    bodies,
    by_word,
    identifier,
    long_text,
    only,
    stays,
)
from plans.models import (
    Goal,
    Plan,
)

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


class GoalSerializer(Linked, serializers.ModelSerializer[Goal]):
    """A goal, with the one that it lies under."""

    plan = by_word(is_always=True)
    parent = by_word("uuid")
    passed_by = bodies()
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Goal
        fields = ("uuid", "plan", "parent", "order", *GOAL, "url", "version")


class GoalInput(KnownFields, serializers.ModelSerializer[Goal]):
    """What may be written of a goal; `plan` only for a new one."""

    plan = serializers.SlugField(required=False)
    parent = identifier()
    passed_by = bodies()
    text, comment, evaluation = long_text(), long_text(), long_text()
    version = serializers.CharField(required=False, max_length=60)

    class Meta:
        model = Goal
        fields = ("plan", "parent", *GOAL, "version")
        validators: ClassVar[list[Any]] = []  # of codes the verb says at its field what is wrong
        extra_kwargs: ClassVar[dict[str, Any]] = {"code": {"required": False}}


@open_to_all
@extend_schema_view(
    list=extend_schema(summary="Goals of plans", parameters=[OF_PLAN]),
    retrieve=extend_schema(summary="A goal"),
    create=extend_schema(summary="Add a goal to a plan"),
    partial_update=extend_schema(summary="Change a goal"),
)
class GoalViewSet(
    Here, Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Goal]
):
    """Goals of the plans that may be read."""

    queryset = Goal.objects.none()
    serializer_class = GoalSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> QuerySet[Goal]:
        """What the list and the pages show."""
        plans = Plan.objects.of(self.municipality).visible_to(self.request.user)
        found = Goal.objects.filter(plan__in=plans).select_related("plan", "parent")
        if self.action == "list" and (slug := asked_word(self.request, "plan")):
            found = found.filter(plan__slug=slug)
        return found.order_by("plan__name", "plan", "order", "pk")

    def _parent(self, plan: Plan, given: dict[str, Any]) -> Goal | None:
        """The goal that it is to lie under; 400 when the plan has none with this identifier."""
        if given.get("parent") is None:
            return None
        found = plan.goals.filter(uuid=given["parent"]).first()
        if found is None:
            raise BadRequest({"parent": [_("This goal is no longer there.")]})
        return found

    @extend_schema(request=GoalInput, responses={201: GoalSerializer})
    def create(self, request: Request) -> Response:
        """Add a goal, as the last one where it lies."""
        plan = self.plan_of(self.plan_named_in(request))
        require("plans.write_plan", plan, by=request.user)
        given = checked(GoalInput, request)
        goal = add_goal(
            plan=plan, by=request.user, values=only(given, GOAL), parent=self._parent(plan, given)
        )
        return self.answer(goal, status=201)

    @extend_schema(request=GoalInput, responses=GoalSerializer)
    def partial_update(self, request: Request, uuid: Any = None) -> Response:
        """Change all that is given, or nothing; the version that was seen is named by If-Match or `version`."""
        goal = get_object_or_404(self.get_queryset(), uuid=uuid)
        require("plans.write_plan", goal.plan, by=request.user)
        given = checked(GoalInput, request)
        stays(given, goal.plan)
        values = only(given, GOAL)
        if "parent" in given:
            values["parent"] = self._parent(goal.plan, given)
        version = seen_version(request, goal, given)
        return self.answer(change_goal(goal=goal, by=request.user, version=version, values=values))
