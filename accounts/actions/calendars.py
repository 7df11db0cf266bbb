"""The private address of one's own calendar: made, made anew, taken away."""

import secrets

from django.core.exceptions import PermissionDenied

from accounts.models import CalendarAddress, User
from accounts.models.calendar import print_of
from core.verbs import Actor, verb


@verb
def make_calendar_address(*, by: Actor) -> str:
    """A new secret for the calendar of the person who asks, the only time that it is known; an earlier address stops working."""
    token = secrets.token_urlsafe(24)
    CalendarAddress.objects.update_or_create(user=_oneself(by), defaults={"token_hash": print_of(token)})
    return token


@verb
def drop_calendar_address(*, by: Actor) -> None:
    """Let the address of one's own calendar stop working."""
    CalendarAddress.objects.filter(user=_oneself(by)).delete()


def _oneself(by: Actor) -> User:
    if not isinstance(by, User):
        raise PermissionDenied
    return by
