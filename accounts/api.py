"""Who is competent over `/api/v1/bevoegdheden/`, for everybody to read."""

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from accounts.competence import holder_words
from accounts.models import Competence, PolicyField
from areas.rest import asked_municipality
from areas.serializers import AreaNamed
from core.access import open_to_all
from core.rest import BoundedPages, Versioned


class PolicyFieldSerializer(serializers.ModelSerializer[PolicyField]):
    """A field of policy by its word and name."""

    class Meta:
        model = PolicyField
        fields = ("slug", "name")


class CompetenceSerializer(serializers.ModelSerializer[Competence]):
    """A mandate holder, a field of policy (null: every one), an area (null: the whole municipality), a period."""

    holder = serializers.SerializerMethodField()
    is_college = serializers.BooleanField(source="holder.is_college", read_only=True)
    is_held_back = serializers.BooleanField(read_only=True)
    field = PolicyFieldSerializer(read_only=True, allow_null=True)
    area = AreaNamed(read_only=True, allow_null=True)
    is_example = serializers.BooleanField(source="holder.is_example", read_only=True)
    version = serializers.CharField(read_only=True)

    class Meta:
        model = Competence
        fields = (
            "uuid", "holder", "is_college", "is_held_back", "field", "area", "valid_from", "valid_until", "is_example", "version",
        )  # fmt: skip

    def get_holder(self, competence: Competence) -> str:
        """The name with the function; before elections the function alone, when the municipality holds names back."""
        return holder_words(competence)


@open_to_all
@extend_schema_view(
    list=extend_schema(summary="Who is competent for what"), retrieve=extend_schema(summary="A competence")
)
class CompetenceViewSet(
    Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Competence]
):
    """The competences that count today; by name of the field goes before every field, the nearest area before a wider one."""

    queryset = Competence.objects.none()
    serializer_class = CompetenceSerializer
    pagination_class = BoundedPages

    def get_queryset(self) -> QuerySet[Competence]:
        """What the list and the pages show."""
        today = timezone.localdate()
        found = Competence.objects.of(asked_municipality(self.request)).current(today).with_held_back(today)
        return found.select_related("holder", "field", "area").order_by("field__name", "area__name", "pk")
