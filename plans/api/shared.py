"""What the resources of plans say alike: dates, areas, texts, and what is named by its word."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Refusal
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError as BadRequest
from rest_framework.fields import empty
from rest_framework.request import Request

from areas.models import Area, Municipality
from areas.rest import asked_municipality
from areas.serializers import AreaNamed as AreaNamed
from core.access import permitted
from core.dates import When
from core.rest import (
    WORD,
    asked_word,
)
from core.text import LONGEST
from plans.models import (
    Body,
    Plan,
)
from workplaces.models import Team

MOST = 200  # parts of a thing that are written at once


@extend_schema_field(
    {"type": "string", "maxLength": 60, "description": "EDTF: 2027, 2027-21 (spring), 2028/, 2026-10/2028"}
)
class WhenText(serializers.CharField):
    """A date as people know it, as EDTF; what people write is read as well."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 60, "allow_blank": True, "required": False, **options})

    def run_validation(self, data: Any = empty) -> Any:
        """The date, None of an empty text; 400 says what would be read."""
        text = super().run_validation(data)
        try:
            return When.read(text) if text else None
        except Refusal as bad:
            raise BadRequest(bad.messages) from None

    def to_representation(self, value: Any) -> str:
        """EDTF."""
        return value.text if isinstance(value, When) else ""


class Slugs(serializers.ListField):
    """Things by their word."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"child": serializers.SlugField(), "required": False, "max_length": MOST, **options}
        )


class Linked(serializers.Serializer[Any]):
    """The page of a thing on this site."""

    url = serializers.SerializerMethodField()

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, thing: Any) -> str:
        """Where people read it."""
        url: str = self.context["request"].build_absolute_uri(thing.get_absolute_url())
        return url


def by_word(field: str = "slug", *, many: bool = False, is_always: bool = False) -> Any:
    """Something else by its word, or its identifier (`uuid`); null where there is none, unless there always is one."""
    null: dict[str, Any] = {} if many or is_always else {"allow_null": True}
    return serializers.SlugRelatedField(field, read_only=True, many=many, **null)


def identifier() -> Any:
    """The identifier of something else, or none."""
    return serializers.UUIDField(required=False, allow_null=True)


def bodies() -> serializers.Field[Any, Any, Any, Any]:
    """By whom it is passed."""
    return serializers.ListField(child=serializers.ChoiceField(Body.choices), required=False, max_length=2)


def long_text() -> serializers.CharField:
    """Text in the marks of `core.text`."""
    return serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)


def known(things: QuerySet[Any], slugs: list[str], field: str) -> list[Any]:
    """The things with these words; 400 for one that is not there."""
    found = {thing.slug: thing for thing in things.filter(slug__in=slugs)}
    if strange := [slug for slug in slugs if slug not in found]:
        raise BadRequest({field: [_("“%(text)s” is not known here.") % {"text": strange[0]}]})
    return [found[slug] for slug in dict.fromkeys(slugs)]


def known_one(things: QuerySet[Any], slug: str | None, field: str) -> Any:
    """The thing with this word, or None when there is no word."""
    return known(things, [slug], field)[0] if slug else None


class Here:
    """What the resources of plans share: the municipality of the host, and who asks."""

    request: Any

    @property
    def municipality(self) -> Municipality:
        """The municipality of the request."""
        return asked_municipality(self.request)

    @property
    def areas(self) -> Any:
        """Its areas."""
        return Area.objects.filter(municipality=self.municipality)

    @property
    def teams(self) -> QuerySet[Team]:
        """Its teams."""
        return Team.objects.filter(municipality=self.municipality)

    def plan_named_in(self, request: Request) -> str:
        """The plan that something new is for; who may write no plan here hears so before anything that was sent is looked at."""
        if not permitted(Plan.objects.of(self.municipality), request.user, "plans.write_plan").exists():
            raise PermissionDenied("plans.write_plan")
        return said_plan(request)

    def asked_area(self) -> Area | None:
        """The area of the question, or None; 400 when there is no such area."""
        slug = asked_word(self.request, "gebied")
        area: Area | None = known_one(self.areas, slug, "gebied")
        return area

    def plan_of(self, slug: str) -> Plan:
        """The plan with this word that the person may read; 400 when there is none."""
        plans = (
            Plan.objects.of(self.municipality).visible_to(self.request.user).select_related("municipality")
        )
        plan: Plan = known_one(plans, slug, "plan")
        return plan


AREA = OpenApiParameter("gebied", WORD, description="slug of an area")
OF_PLAN = OpenApiParameter("plan", WORD, description="slug of a plan")


def said_plan(request: Request) -> str:
    """The plan that something new is for, before anything else that was sent is looked at."""
    data = request.data
    said = data.get("plan") if isinstance(data, dict) else None
    if not isinstance(said, str) or not said:
        raise BadRequest({"plan": [_("Say which plan it is for, by its slug.")]})
    return said


def stays(given: dict[str, Any], plan: Plan) -> None:
    """What is there stays in its plan."""
    if given.get("plan", plan.slug) != plan.slug:
        raise BadRequest({"plan": [_("It stays in its plan.")]})


def only(given: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What is given of these names."""
    return {name: given[name] for name in names if name in given}
