"""Middleware that belongs to no single app."""

import re
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_cache_control

from core.access import is_open
from core.logs import request_id
from core.verbs import Conflict, Refused

GetResponse = Callable[[HttpRequest], HttpResponse]

# The sign-in pages of allauth guard themselves.
OPEN_PREFIXES = ("allauth.account.", "allauth.mfa.", "django.views.static", "django.contrib.staticfiles.")


READING = ("GET", "HEAD", "OPTIONS")
FOR_ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Crs, ETag, Link, Retry-After, X-Request-ID",
}
TO_A_PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(READING),
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestIdMiddleware:
    """Numbers each request: in the log, in the answer and on the page that says that something went wrong."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        number = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(number)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = number
        return response


class NulMiddleware:
    """Refuses a path or a cookie with the character NUL: the database cannot look for it. Questions are checked by their views."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any("\x00" in text for text in (request.path_info, *request.COOKIES.values())):
            raise BadRequest("NUL in a path or a cookie")
        return self.get_response(request)


class OpenDataMiddleware:
    """Lets the scripts of any site read open data (`OPEN_DATA_PATHS`): layers, API, figures, feeds, and their refusals too.

    Only what is asked without a session, or is the same for everybody (`public`): a cache gives that to whoever asks next. `*` goes
    with no credentials. Writing stays for our own pages.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.paths = re.compile(settings.OPEN_DATA_PATHS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.paths.search(request.path_info):
            return self.get_response(request)
        if request.method not in READING:
            return self.get_response(request)
        is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = HttpResponse(status=HTTPStatus.NO_CONTENT) if is_preflight else self.get_response(request)
        if request.method == "OPTIONS" and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response = HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(READING)})
        is_public = "public" in response.headers.get("Cache-Control", "")
        if is_public or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            for name, value in (FOR_ANY_SITE | (TO_A_PREFLIGHT if is_preflight else {})).items():
                response[name] = value
        return response


class LanguageMiddleware:
    """The language a person chose (a cookie), else the language of the administration; never the browser's wish."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PrivateByDefaultMiddleware:
    """Sends visitors to the sign-in page unless the view is marked with `open_to_all`; no cache keeps what is private."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if getattr(request, "is_private", False):
            add_never_cache_headers(response)
        elif request.session.accessed:  # the page may say who looks at it
            patch_cache_control(response, private=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        request.is_private = not is_open(view)  # type: ignore[attr-defined]
        if is_open(view) or getattr(view, "__module__", "").startswith(OPEN_PREFIXES):
            return None
        if hasattr(view, "cls"):  # REST framework answers 401/403 by itself
            return None
        return None if request.user.is_authenticated else redirect_to_login(request.get_full_path())


class InvalidFormMiddleware:
    """Says 422 where a page of somebody else (allauth, the administration) shows a form again because something is wrong in it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        context = response.context_data or {}
        wrong = any(getattr(context.get(name), "errors", None) for name in ("form", "adminform"))
        if wrong and request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response


class RefusalMiddleware:
    """Says on a page what a verb refused that no form or button was there to say: 409 when somebody else was first, else 422."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page with the words of the refusal, and a way back to where it was asked."""
        if not isinstance(error, Refused):
            return None
        status = HTTPStatus.CONFLICT if isinstance(error, Conflict) else HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "refused.html", {"words": error.messages, "code": status.value}, status=status)
