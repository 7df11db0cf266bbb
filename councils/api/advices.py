"""Advices over the API: those that were given, each with the answer that everybody may read."""

from typing import Any

from django.db.models import Prefetch
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from areas.rest import asked_municipality
from core.access import open_to_all
from core.rest import WORD, BoundedPages, Versioned, asked_word
from councils.models import Advice, Answer, AnswerLine, Recommendation


class LineSerializer(serializers.ModelSerializer[AnswerLine]):
    """What becomes of a recommendation, and why."""

    recommendation = serializers.IntegerField(source="recommendation.number", read_only=True)
    action = serializers.UUIDField(source="action.uuid", read_only=True, allow_null=True, default=None)

    class Meta:
        model = AnswerLine
        fields = ("recommendation", "verdict", "reason", "action")


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """An answer that was released: the version that counts, and why it corrects the one before (empty in the first)."""

    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = Answer
        fields = ("number", "correction", "text", "lines")


class RecommendationSerializer(serializers.ModelSerializer[Recommendation]):
    """One thing that an advice asks."""

    class Meta:
        model = Recommendation
        fields = ("number", "text")


class AdviceSerializer(serializers.ModelSerializer[Advice]):
    """An advice that was given."""

    council = serializers.SlugField(source="council.slug", read_only=True)
    policy_field: Any = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    plan = serializers.SerializerMethodField()
    recommendations = RecommendationSerializer(many=True, read_only=True)
    answered_at = serializers.DateTimeField(read_only=True, allow_null=True)
    corrected_at = serializers.DateTimeField(read_only=True, allow_null=True)
    answer = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Advice
        fields = (
            "uuid", "code", "year", "number", "council", "origin", "question", "title", "text", "body", "body_name", "plan",
            "policy_field", "adopted_on", "vote_words", "composition", "digest", "frozen_at", "received_on", "answer_days",
            "due_on", "recommendations", "answered_at", "corrected_at", "answer", "is_example", "url",
        )  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uuid", "nullable": True})
    def get_plan(self, advice: Advice) -> str | None:
        """The plan that it is about, once everybody may read it."""
        return str(advice.plan.uuid) if advice.plan is not None and advice.plan.is_public else None

    @extend_schema_field(AnswerSerializer(allow_null=True))
    def get_answer(self, advice: Any) -> Any:
        """The answer once it is released; null before."""
        return AnswerSerializer(advice.counting[0]).data if advice.counting else None

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, advice: Advice) -> str:
        """Where people read it."""
        url: str = self.context["request"].build_absolute_uri(advice.get_absolute_url())
        return url


@open_to_all
@extend_schema_view(
    list=extend_schema(
        summary="Advices of councils, with their answers",
        parameters=[
            OpenApiParameter("raad", WORD, description="slug of a council"),
            OpenApiParameter("gebied", WORD, description="slug of an area"),
        ],
    ),
    retrieve=extend_schema(summary="An advice with its answer"),
)
class AdviceViewSet(
    Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Advice]
):
    """Advices that were given; nothing of an answer before its release, whoever asks."""

    queryset = Advice.objects.none()
    serializer_class = AdviceSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> Any:
        """What the list and each address show."""
        found = Advice.objects.of(asked_municipality(self.request)).adopted().with_answer().with_correction()
        lines = AnswerLine.objects.select_related("recommendation", "action").order_by(
            "recommendation__number"
        )
        found = found.select_related("council", "policy_field", "plan").prefetch_related(
            "recommendations",
            Prefetch(
                "answers",
                Answer.objects.counting().prefetch_related(Prefetch("lines", lines)),
                to_attr="counting",
            ),
        )
        if self.action == "list":
            council, area = asked_word(self.request, "raad"), asked_word(self.request, "gebied")
            found = found.filter(council__slug=council) if council else found
            found = found.filter(council__areas__slug=area).distinct() if area else found
        return found.newest_first()
