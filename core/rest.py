"""The API as every app makes it: bounded questions and pages, refusals in one shape, and the version of a thing as its ETag.

class SessionViewSet(Versioned, RetrieveModelMixin, GenericViewSet[Session]):
    def partial_update(self, request: Request, uuid: UUID) -> Response:
        session = get_object_or_404(Session.objects.all(), uuid=uuid)
        require("live.change_session", session, by=request.user)  # who may not, hears that before what is wrong with it
        given = checked(SessionInput, request)
        return self.answer(change_session(session=session, by=request.user, version=seen_version(request, session, given), …))

What a verb refuses becomes an answer in `answer_refusal`: 400 with words by field, 403, 409 for a stale field `version`, 412 for a
stale If-Match.
"""

import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Refusal
from django.core.validators import validate_slug
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import exception_handler
from rest_framework_gis.pagination import GeoJsonPagination

from core.verbs import Conflict

WORD = {"type": "string", "pattern": "^[-a-zA-Z0-9_]*$"}
WHOLE = re.compile("[0-9]{1,9}")
APART = "~"  # in an ETag: between the version and the print of all that is shown


class BoundedPages(PageNumberPagination):
    """Fifty at a time, at most a hundred; a size that is no number is refused, not passed over."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100

    def get_page_size(self, request: Request) -> int:
        """How many were asked for."""
        text = request.query_params.get(self.page_size_query_param)
        if text is None:
            return self.page_size
        if not WHOLE.fullmatch(text) or int(text) < 1:
            raise ValidationError({self.page_size_query_param: [_("This is a whole number, 1 or more.")]})
        return min(int(text), self.max_page_size)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters, with their bounds."""
        parameters: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for parameter in parameters:
            parameter["schema"] |= {"minimum": 1}
        return parameters


class FeaturePages(BoundedPages, GeoJsonPagination):  # type: ignore[misc]
    """Pages of a feature collection; `feature` names what one is in the description."""

    feature = ""

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        """What a page looks like; the library says it of a list."""
        found: dict[str, Any] = super().get_paginated_response_schema(schema)
        one = {"$ref": f"#/components/schemas/{self.feature}"}
        found["properties"]["features"] = {"type": "array", "items": one}
        return found | {"required": ["type", "count", "features"]}


def asked_word(request: Request, name: str) -> str:
    """A word of the question, as addresses use it; 400 when it is none."""
    text: str = request.query_params.get(name, "")
    if text:
        try:
            validate_slug(text)
        except Refusal as bad:
            raise ValidationError({name: bad.messages}) from None
    return text


def asked_uuid(request: Request, name: str) -> uuid.UUID | None:
    """An identifier of the question, or None; 400 when it is none."""
    text: str = request.query_params.get(name, "")
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise ValidationError({name: [_("This is not an identifier.")]}) from None


class KnownFields:
    """Of a serializer: refuses what it does not know, instead of passing it over."""

    def to_internal_value(self, data: Any) -> Any:
        """What was sent, when every field of it can be written."""
        fields: Any = self.fields  # type: ignore[attr-defined]
        if isinstance(data, Mapping):
            unknown = sorted(str(name) for name in data if name not in fields or fields[name].read_only)
            if unknown:
                raise ValidationError({name: [_("This field cannot be written.")] for name in unknown})
        return super().to_internal_value(data)  # type: ignore[misc]


def checked(serializer: type[BaseSerializer[Any]], request: Request, **context: Any) -> dict[str, Any]:
    """What was sent, checked field by field; of a PATCH no field is required."""
    form = serializer(data=request.data, partial=request.method == "PATCH", context=context)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class ConflictAnswer(APIException):
    """Somebody else changed it first."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class StaleAnswer(APIException):
    """The If-Match names another version than there is."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "stale"


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """What went wrong as an answer; what a verb refuses keeps its words."""
    if isinstance(error, Conflict):
        request = context["request"]
        by_match = "If-Match" in request.headers and "version" not in _sent(request)
        error = (StaleAnswer if by_match else ConflictAnswer)(str(error), error.code)
    elif isinstance(error, Refusal):
        error = ValidationError(error.message_dict if hasattr(error, "error_dict") else error.messages)
    elif isinstance(error, PermissionDenied):
        error = PermissionDenied()  # what it holds is for our log: the name of a permission
    return exception_handler(error, context)


def _sent(request: Request) -> Mapping[str, Any]:
    data = request.data if request.method not in ("GET", "HEAD", "OPTIONS") else {}
    return data if isinstance(data, Mapping) else {}


def seen_version(
    request: Request, thing: Any, given: Mapping[str, Any], *, required: bool = True
) -> str | None:
    """The version that who writes has seen: of If-Match, or the field `version`; None when it does not matter.

    412 for an If-Match of another version, 400 when neither is there and it is `required`.
    """
    matches = parse_etags(request.headers.get("If-Match", ""))
    versions = [tag.strip('"').partition(APART)[0] for tag in matches if not tag.startswith("W/")]
    if request.headers.get("If-Match") and "*" not in versions and thing.version not in versions:
        raise StaleAnswer(_("Somebody changed this in the meantime."))
    version: str | None = given.get("version")
    if version is None and not versions and required:
        raise ValidationError({"version": [_("Say which version you saw.")]})
    return version if version is not None or not versions or "*" in versions else str(thing.version)


class Versioned:
    """Of a viewset: what it shows of one thing has an ETag, its version with a print of the rest; who has that gets 304.

    Read by all, written by those who signed in and have the permission that each verb asks for; a thing is named by its `uuid`.
    """

    permission_classes: Sequence[Any] = (IsAuthenticatedOrReadOnly,)
    lookup_field = "uuid"
    lookup_value_converter = "uuid"

    def answer(self, thing: Any, *, status: int = 200) -> Response:
        """A thing as it is now, read anew."""
        view: Any = self
        shown = view.get_queryset().get(pk=thing.pk)
        return Response(view.get_serializer(shown).data, status=status)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """With the ETag."""
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        version = _version_in(response.data)
        if version is None or response.status_code not in (200, 201):
            return response
        response.content = response.rendered_content  # once: what is rendered stays so
        tag = f'"{version}{APART}{hashlib.blake2s(response.content, digest_size=6).hexdigest()}"'
        response["ETag"] = tag
        known = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
        if request.method in ("GET", "HEAD") and (tag in known or "*" in known):
            response.status_code = status.HTTP_304_NOT_MODIFIED
            response.content = b""
        return response


def _version_in(data: Any) -> str | None:
    """The version that an answer tells, of a feature or of a plain thing."""
    if not isinstance(data, Mapping):
        return None
    inside = data.get("properties")
    return (inside if isinstance(inside, Mapping) else data).get("version")


class Schema(AutoSchema):
    """The description, with the headers of things that have a version."""

    def get_override_parameters(self) -> list[Any]:
        """If-Match, If-None-Match and ETag, where they count."""
        parameters: list[Any] = super().get_override_parameters()
        action = getattr(self.view, "action", "")
        if not isinstance(self.view, Versioned) or action == "list":
            return parameters
        found = [OpenApiParameter("ETag", str, "header", response=[200, 201], description="The version.")]
        if action == "retrieve":
            found.append(
                OpenApiParameter("If-None-Match", str, "header", description="The ETag that you have.")
            )
        if action == "partial_update":
            found.append(OpenApiParameter("If-Match", str, "header", description="The ETag that you saw."))
        return [*parameters, *found]


# Of each method: what it may answer besides what went well.
REFUSALS = {
    "get": {"400": "The question makes no sense", "404": "This is not here"},
    "post": {"400": "Not taken, with the reason of each field", "403": "Not allowed"},
    "patch": {
        "400": "Not taken, with the reason of each field",
        "403": "Not allowed",
        "404": "This is not here",
        "409": "Somebody else changed it in the meantime: the field `version` is another than there is",
    },
}
# Of each header that may be sent: what it may bring about.
CONDITIONS = {
    "If-None-Match": ("304", "As you have it"),
    "If-Match": ("412", "Somebody else changed it in the meantime: If-Match is another than there is"),
}


def as_it_is(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """The description of the API, in which every operation also says how it refuses, and a feature may have no place."""
    for schema in result["components"]["schemas"].values():
        if "geometry" in schema.get("properties", {}):
            schema["properties"]["geometry"] |= {"nullable": True}
    for path in result["paths"].values():
        for method, operation in path.items():
            sent = {parameter["name"] for parameter in operation.get("parameters", ())}
            conditions = {answer for name, answer in CONDITIONS.items() if name in sent}
            for code, meaning in (
                REFUSALS[method].items() | conditions | {("429", "Too often; wait a minute")}
            ):
                operation["responses"].setdefault(code, {"description": meaning})
    return result
