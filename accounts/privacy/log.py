"""Who handled the personal data of whom."""

from django.core.exceptions import PermissionDenied

from accounts.models import AccessLog, User
from core.verbs import Actor, Operator


def log_access(person: User, act: AccessLog.Act, *, by: Actor) -> None:
    """Write down that it is done; only the person themself and an operator may."""
    if not isinstance(by, Operator) and by != person:
        raise PermissionDenied("what is known of a person is theirs")
    AccessLog.objects.create(
        actor=None if isinstance(by, Operator) else person, subject_uuid=person.uuid, act=act
    )
