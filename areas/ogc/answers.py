"""How every resource of `/ogc/` answers: open to all, as JSON or as a page, with a validator, refused with a reason."""

import gzip
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from areas.current import municipality_of
from areas.models import Municipality
from areas.ogc.documents import GEOJSON, PAGE, PLAIN_JSON, Addresses, Document
from areas.ogc.problems import MEDIA_TYPE, Problem, missing
from areas.ogc.question import ANYWHERE, CRS84, HTML, JSON, asked_format, check_known
from areas.views.layers import accepts_gzip
from core.access import open_to_all
from core.limits import address_key, seconds_to_wait

A_MINUTE = 600
WORTH_PACKING = 1_000  # bytes
FAST = 1  # packed for each answer: level 6 takes five times as long for a quarter less


@dataclass(frozen=True)
class Asked:
    """A question: to whom, for which format, and how addresses are made."""

    request: HttpRequest
    municipality: Municipality
    at: Addresses
    shown: str


Resource = Callable[..., HttpResponse]


def resource(known: frozenset[str] = ANYWHERE) -> Callable[[Resource], Resource]:
    """Make a view of what answers a question; `known` are the parameters that it takes."""

    def decorate(answer: Resource) -> Resource:
        @csrf_exempt  # whoever tries to write is told that it is only to read, not that a form is too old
        @open_to_all
        @require_safe
        @wraps(answer)
        def view(request: HttpRequest, **which: str) -> HttpResponse:
            try:
                response = answer(_asked(request, known), **which)
            except Problem as problem:
                response = _refusal(request, problem)
            patch_vary_headers(response, ["Accept"])
            return response

        return view

    return decorate


def document_answer(
    asked: Asked, document: Document, template: str, *, kind: str = PLAIN_JSON, **context: Any
) -> HttpResponse:
    """A document about the service: its members as they are, or the page that shows them."""
    if asked.shown == HTML:
        return render(asked.request, f"areas/ogc/{template}.html", {"document": document, **context})
    body = json.dumps(document, ensure_ascii=False).encode()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}-{get_language()}"'
    response = machine_answer(asked.request, tag, kind, lambda: body)
    patch_vary_headers(response, ["Cookie"])  # its words are in the language of the person
    return response


def machine_answer(request: HttpRequest, tag: str, kind: str, body: Callable[[], bytes]) -> HttpResponse:
    """The bytes, made only when the client does not have them."""
    response: HttpResponse
    if tag in {
        f"W/{known.removeprefix('W/')}" for known in parse_etags(request.headers.get("If-None-Match", ""))
    }:
        response = HttpResponseNotModified()
    else:
        response = _packed(request, body(), kind)
    response["ETag"] = tag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    if kind == GEOJSON:
        response["Content-Crs"] = f"<{CRS84}>"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _packed(request: HttpRequest, body: bytes, kind: str) -> HttpResponse:
    if len(body) < WORTH_PACKING or not accepts_gzip(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(body, content_type=kind)
    response = HttpResponse(gzip.compress(body, FAST, mtime=0), content_type=kind)
    response["Content-Encoding"] = "gzip"
    return response


def _asked(request: HttpRequest, known: frozenset[str]) -> Asked:
    wait = seconds_to_wait("ogc", address_key(request), per_minute=A_MINUTE)
    if wait:
        raise Problem(HTTPStatus.TOO_MANY_REQUESTS, _("Wait a minute and ask again."), wait=wait)
    check_known(request.GET, known)
    shown = asked_format(request.GET) or _accepted(request)
    municipality = municipality_of(request)
    if municipality is None:
        raise missing(_("No municipality uses this site yet."))
    site = request.build_absolute_uri("/").removesuffix("/")
    return Asked(request, municipality, Addresses(site, reverse("areas:ogc:landing")), shown)


def _accepted(request: HttpRequest) -> str:
    """A page for who prefers one, and JSON for everybody else."""
    return HTML if request.get_preferred_type([PLAIN_JSON, GEOJSON, PAGE]) == PAGE else JSON


def _refusal(request: HttpRequest, problem: Problem) -> HttpResponse:
    wanted = request.GET.get("f") or _accepted(request)
    response: HttpResponse
    if wanted == HTML:
        response = render(request, "areas/ogc/problem.html", {"problem": problem}, status=problem.status)
    else:
        body = json.dumps(problem.document(), ensure_ascii=False)
        response = HttpResponse(body, content_type=MEDIA_TYPE, status=problem.status)
    if problem.wait:
        response["Retry-After"] = str(problem.wait)
    return response
