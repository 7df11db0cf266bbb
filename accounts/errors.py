"""What can be refused; the message is for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.functional import Promise


class Refused(ValidationError):
    """An action that was refused; `code` says why to a program."""

    def __init__(self, message: str | Promise, code: str) -> None:
        super().__init__(message, code=code)
        self.reason = code
