"""What every resource of the API shares: bounded pages, `bbox`, reading for all, the municipality of the host."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError as NoWord
from django.core.validators import validate_slug
from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request

from areas.bbox import BadBbox, bbox_from
from areas.current import municipality_or_404
from areas.figures.periods import NoPeriod, read_period
from areas.models import Municipality

BBOX = OpenApiParameter(
    "bbox",
    {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
    description="west,south,east,north in degrees (CRS84); what touches the box counts. The box has a surface.",
    style="form",
    explode=False,
)
WORD = {"type": "string", "pattern": "^[-a-zA-Z0-9_]*$"}
WHOLE = re.compile("[0-9]{1,9}")


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


def asked_municipality(request: Request | HttpRequest) -> Municipality:
    """The municipality that answers at this host; 404 without any."""
    plain = request._request if isinstance(request, Request) else request
    return municipality_or_404(plain)


def asked_word(request: Request, name: str) -> str:
    """A word of the question, as addresses use it; 400 when it is none."""
    text: str = request.query_params.get(name, "")
    if text:
        try:
            validate_slug(text)
        except NoWord as bad:
            raise ValidationError({name: bad.messages}) from None
    return text


def asked_bbox(request: Request) -> Any:
    """The box of the question, or None; 400 when it is no box."""
    text = request.query_params.get("bbox", "")
    if not text:
        return None
    try:
        return bbox_from(text)
    except BadBbox as bad:
        raise ValidationError({"bbox": [str(bad)]}) from None


def asked_uuid(request: Request, name: str) -> uuid.UUID | None:
    """An identifier of the question, or None; 400 when it is none."""
    text: str = request.query_params.get(name, "")
    try:
        return uuid.UUID(text) if text else None
    except ValueError:
        raise ValidationError({name: [_("This is not an identifier.")]}) from None


def asked_period(request: Request) -> str:
    """The period of the question as figures keep it, or nothing; 400 when it is none."""
    text: str = request.query_params.get("period", "")
    try:
        return read_period(text) if text else ""
    except NoPeriod as bad:
        raise ValidationError({"period": [str(bad)]}) from None
