"""What the API asks of areas: `bbox`, the municipality of the host, a period."""

from typing import Any

from django.http import HttpRequest
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
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


def asked_municipality(request: Request | HttpRequest) -> Municipality:
    """The municipality that answers at this host; 404 without any."""
    plain = request._request if isinstance(request, Request) else request
    return municipality_or_404(plain)


def asked_bbox(request: Request) -> Any:
    """The box of the question, or None; 400 when it is no box."""
    text = request.query_params.get("bbox", "")
    if not text:
        return None
    try:
        return bbox_from(text)
    except BadBbox as bad:
        raise ValidationError({"bbox": [str(bad)]}) from None


def asked_period(request: Request) -> str:
    """The period of the question as figures keep it, or nothing; 400 when it is none."""
    text: str = request.query_params.get("period", "")
    try:
        return read_period(text) if text else ""
    except NoPeriod as bad:
        raise ValidationError({"period": [str(bad)]}) from None
