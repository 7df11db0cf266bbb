"""Assignments and milestones over the API, to read."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, viewsets

from core.access import open_to_all, permitted
from core.rest import (
    BoundedPages,
    Versioned,
)
from plans.api.shared import AREA, AreaNamed, Here, Linked, WhenText, by_word
from plans.leads import told_of_others
from plans.models import (
    Action,
    Assignment,
    Milestone,
)


class AssignmentSerializer(Linked, serializers.ModelSerializer[Assignment]):
    """Who asked whom for which result, with which effect on society, by when."""

    action = by_word("uuid")
    challenge = by_word("uuid")
    areas = AreaNamed(many=True, read_only=True)
    commissioner = by_word(is_always=True)
    contractor = by_word(is_always=True)
    when = WhenText(read_only=True, allow_null=True)
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Assignment
        fields = (
            "uuid", "name", "challenge", "action", "areas", "commissioner", "on_behalf_of", "contractor", "result", "effect",
            "for_whom", "when", "state", "answer_by", "delivered_on", "is_example", "url", "version",
        )  # fmt: skip


@open_to_all
@extend_schema_view(
    list=extend_schema(summary="Assignments", parameters=[AREA]),
    retrieve=extend_schema(summary="An assignment"),
)
class AssignmentViewSet(Here, Versioned, viewsets.ReadOnlyModelViewSet[Assignment]):
    """Assignments that a person may read: those between teams are for staff."""

    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> QuerySet[Assignment]:
        """What the list and the pages show."""
        found = Assignment.objects.filter(municipality=self.municipality)
        found = permitted(found, self.request.user, "plans.view_assignment")
        if self.action == "list" and (area := self.asked_area()):
            found = found.filter(areas=area)
        found = found.select_related("challenge", "commissioner", "contractor")
        told = told_of_others(Action.objects.visible_to(self.request.user), "action")
        return found.prefetch_related("areas", *told).order_by("name", "pk")


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    """Something that succeeded."""

    plan = by_word()
    action = by_word("uuid")
    areas = AreaNamed(many=True, read_only=True)
    when = WhenText(read_only=True)
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Milestone
        fields = ("uuid", "title", "text", "when", "plan", "action", "areas", "is_example", "version")


@open_to_all
@extend_schema_view(
    list=extend_schema(summary="Milestones", parameters=[AREA]), retrieve=extend_schema(summary="A milestone")
)
class MilestoneViewSet(Here, Versioned, viewsets.ReadOnlyModelViewSet[Milestone]):
    """Milestones."""

    queryset = Milestone.objects.none()
    serializer_class = MilestoneSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> QuerySet[Milestone]:
        """What the list and the pages show."""
        found = Milestone.objects.of(self.municipality).visible_to(self.request.user)
        if self.action == "list" and (area := self.asked_area()):
            found = found.in_area(area)
        return found.select_related("plan", "action").prefetch_related("areas").order_by("-pk")
