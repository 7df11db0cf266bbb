"""`/kaartlagen/<slug>.geojson`: map layers with a validator, so that an unchanged layer costs nothing."""

import gzip

from csp.constants import NONE
from csp.decorators import csp
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.current import municipality_of
from areas.map.layerbytes import gzipped_layer, layer_states
from core.access import open_to_all

# Data loads nothing; the policy of a page would take longer to write than the answer.
DATA_POLICY = {"default-src": [NONE], "frame-ancestors": [NONE]}


@open_to_all
@csp(DATA_POLICY)  # type: ignore[arg-type]  # typed for views without arguments
@require_safe
def layer(request: HttpRequest, slug: str) -> HttpResponse:
    """A map layer of the municipality in one of its variants."""
    municipality = municipality_of(request)
    states = layer_states(municipality) if municipality else {}
    state = states.get(slug)
    if municipality is None or state is None:
        return _fault(_("There is no map layer of this name."), 404, layers=sorted(states))
    variant = request.GET.get("variant", state.variants[0])
    if variant not in state.variants:
        return _fault(_("This map layer has no such variant."), 400, variants=list(state.variants))
    packed = accepts_gzip(request.headers.get("Accept-Encoding", ""))
    tag = f'"{slug}-{variant}-{state.version}{"-gzip" if packed else ""}"'
    response: HttpResponse
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        body = gzipped_layer(municipality, slug, variant, state.version)
        response = HttpResponse(
            body if packed else gzip.decompress(body), content_type="application/geo+json"
        )
        if packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def accepts_gzip(header: str) -> bool:
    """Whether a browser takes gzip: named, or by `*`, and not with quality 0."""
    qualities: dict[str, bool] = {}
    for item in header.lower().split(","):
        coding, _semicolon, parameter = item.partition(";")
        quality = parameter.replace(" ", "").removeprefix("q=")
        qualities[coding.strip()] = quality.strip("0.") != "" if quality else True
    return qualities.get("gzip", qualities.get("*", False))


def _fault(detail: str, status: int, **more: list[str]) -> JsonResponse:
    return JsonResponse({"detail": detail, **more}, status=status)
