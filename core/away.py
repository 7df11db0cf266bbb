"""When the database does not answer: whoever asks is told so at once, and nobody waits for what is not there."""

import time
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import get_template
from django.utils.translation import gettext as _
from psycopg import errors
from psycopg_pool import PoolTimeout

GetResponse = Callable[[HttpRequest], HttpResponse]

AGAIN = 1.0  # seconds in which nobody asks the database after it did not answer
RETRY_AFTER = 5  # seconds that a browser or a program should wait
ALWAYS = ("/healthz", "/readyz", "/static/")  # need no database, or look for it themselves
# Shut down, starting, full, or gone while it was being asked: none of them is about what was asked.
GONE = (
    errors.AdminShutdown,
    errors.CrashShutdown,
    errors.CannotConnectNow,
    errors.TooManyConnections,
    errors.ConnectionException,
)
_away_until = 0.0


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that there is no database to talk to, rather than what it thinks of a question."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    # Without a code it never got as far as the database, or the connection broke.
    return isinstance(cause, (PoolTimeout, *GONE)) or getattr(cause, "sqlstate", "") is None


def database_is_away(request: HttpRequest) -> HttpResponse:
    """Remember it for a moment, and say it to who asked."""
    global _away_until
    _away_until = time.monotonic() + AGAIN
    return away_page(request)


def away_page(request: HttpRequest) -> HttpResponse:
    """503 with a way back; needs no database."""
    response: HttpResponse
    if request.path.startswith(("/api/", "/ogc", "/kaartlagen/")):
        response = JsonResponse(
            {"detail": _("The site cannot reach its data at the moment. Ask again in a few seconds.")}
        )
    else:
        was_read = request.method in ("GET", "HEAD")
        again = request.get_full_path() if was_read else ""
        response = HttpResponse(get_template("503.html").render({"again": again}))
    response.status_code = 503
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


class AwayMiddleware:
    """Answers 503 by itself for a second after the database was found to be away; then one request looks again."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if time.monotonic() < _away_until and not request.path_info.startswith(ALWAYS):
            return away_page(request)
        return self.get_response(request)
