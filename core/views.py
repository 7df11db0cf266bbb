"""Pages of the plumbing: progress, private files, the language switch, signs of life."""

import sys
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import get_template
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.access import open_to_all
from core.away import database_is_away, is_away
from core.files import CHUNK, may_read, private_storage
from core.health import readiness
from core.logs import request_id
from core.models import JobProgress, PrivateFile
from core.pages import is_part, show
from core.text import DEEPEST, LONGEST, TOP, typed

STOP_POLLING = 286  # htmx: show this, and ask no more
LEVELS = {str(level) for level in range(TOP, DEEPEST + 1)}


@require_safe
@never_cache
def progress(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """How far a job is; only for the person who asked for it. Without script the page asks again by itself."""
    job = get_object_or_404(JobProgress, uuid=identifier, owner=getattr(request.user, "uuid", uuid.uuid4()))
    leads_on = job.state == JobProgress.State.DONE and bool(job.result_url)
    by_htmx = is_part(request)
    if leads_on and not by_htmx:
        return redirect(job.result_url)
    step = step_of(job)
    context = {"job": job, "step": step, "is_news": request.GET.get("heard") != step}
    status = STOP_POLLING if by_htmx and job.is_over else 200
    response = show(request, "core/progress.html", context, status=status)
    if leads_on:
        response["HX-Redirect"] = job.result_url
    return response


def step_of(job: JobProgress) -> str:
    """What a screen reader hears when it changes: the state, and every tenth."""
    return f"{job.state}-{(job.percent or 0) // 10}"


@require_safe
def private_file(request: HttpRequest, identifier: uuid.UUID) -> HttpResponseBase:
    """A private file, as a download, for those who may read it; it does not exist for the others."""
    file = get_object_or_404(PrivateFile.objects.current(), uuid=identifier)
    if not may_read(request.user, file):
        raise Http404
    return send_file(request, file)


def send_file(request: HttpRequest, file: PrivateFile, *, in_page: bool = False) -> StreamingHttpResponse:
    """The bytes of a file, to keep or (a picture that was made anew) to show in a page; Http404 when they are gone."""
    try:
        content: IO[bytes] = private_storage().open(str(file.uuid), "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    is_async = isinstance(request, ASGIRequest)
    response = StreamingHttpResponse(pieces_async(content) if is_async else pieces(content))
    response["Content-Type"] = file.content_type
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition_header(not in_page, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@open_to_all
@require_POST
def text_preview(request: HttpRequest) -> HttpResponse:
    """What staff typed in a field (`veld`), as it will look under a heading of the page (`niveau`)."""
    text = typed(request.POST.get(request.GET.get("veld", ""), ""))[:LONGEST]
    level = request.GET.get("niveau", "")
    shown = {"text": text, "level": int(level) if level in LEVELS else TOP}
    return show(request, "core/text_preview.html", shown)


def pieces(content: IO[bytes]) -> Iterator[bytes]:
    """The file, piece by piece."""
    with content:
        while piece := content.read(CHUNK):
            yield piece


async def pieces_async(content: IO[bytes]) -> AsyncIterator[bytes]:
    """The same for the asynchronous server, which must not wait for the disk."""
    read = sync_to_async(content.read, thread_sensitive=False)
    try:
        while piece := await read(CHUNK):
            yield piece
    finally:
        content.close()


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language a person chose, and go back to where they were."""
    following = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        following, {request.get_host()}, require_https=request.is_secure()
    ):
        following = "/"
    response = HttpResponseRedirect(following)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@open_to_all
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers; asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


@open_to_all
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: the database, its tables and the channel layer answer; tells of the worker too."""
    ready, parts = readiness()
    return JsonResponse(parts, status=200 if ready else 503)


def bad_request(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
    """The page of a question that makes no sense; asks nothing of it, since even its host may be wrong."""
    return HttpResponse(get_template("400.html").render(), status=400)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """The page of a fault of ours, with the number under which the log knows it; needs no database: that may be what is missing."""
    if is_away(sys.exception()):
        return database_is_away(request)
    html = get_template("500.html").render({"reference": request_id.get()})
    return HttpResponse(html, status=500)
