"""Which municipality a request is for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from areas.current import municipality_for_host


class MunicipalityMiddleware:
    """Puts `request.municipality` there, lazily: a view that does not ask for it costs no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0]
        request.municipality = SimpleLazyObject(lambda: municipality_for_host(host))  # type: ignore[attr-defined]
        return self.get_response(request)
