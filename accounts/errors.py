"""What can be refused; the message is for the person who asked."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refused(ValidationError):
    """An action that was refused; `code` says why to a program."""

    def __init__(self, message: "str | _StrPromise", code: str) -> None:
        super().__init__(message, code=code)
        self.reason = code
