"""What went wrong with a question, as RFC 9457 says it."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"
TITLES = {
    HTTPStatus.BAD_REQUEST: gettext_lazy("This question cannot be answered"),
    HTTPStatus.NOT_FOUND: gettext_lazy("This is not here"),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("That was too often"),
}


class Problem(Exception):
    """A question that gets no answer; `detail` says why, in the language of the site."""

    def __init__(self, status: HTTPStatus, detail: str, *, wait: int = 0) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.wait = wait

    @property
    def title(self) -> str:
        """The same for every problem of this status."""
        return str(TITLES[self.status])

    def document(self) -> dict[str, Any]:
        """The members of the standard."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status.value,
            "detail": self.detail,
        }


def bad(detail: str) -> Problem:
    """The question makes no sense."""
    return Problem(HTTPStatus.BAD_REQUEST, detail)


def missing(detail: str) -> Problem:
    """What is asked for does not exist."""
    return Problem(HTTPStatus.NOT_FOUND, detail)
