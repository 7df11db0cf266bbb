"""Councils of an area that goes, and the account through which somebody keeps one when a colleague leaves."""

from collections.abc import Collection

from django.utils import timezone

from accounts.models import User
from areas.models import Area, Municipality
from core.history import because
from core.verbs import Actor, locked, require, verb
from councils.models import Council, Office, Person


@verb
def move_councils(*, keys: Collection[int], to: int, by: Actor) -> int:
    """Let the councils about some areas be about another one instead."""
    area = locked(Area(pk=to))
    require("areas.change_area", area, by=by)
    found = {one.pk: one for one in Council.objects.select_for_update().filter(areas__in=keys).order_by("pk")}
    with because("councils.moved", by=by, area=str(area.uuid)):
        for council in found.values():
            council.areas.remove(*keys)
            council.areas.add(area)
    return len(found)


@verb
def let_go_of_councils(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """Take the account of a colleague who leaves from who keeps councils; nobody becomes secretary by it.

    Who sits in a council was appointed as a person, which an account passes on to nobody: the seat and the office stay.
    """
    require("accounts.manage_roles", municipality, by=by)
    offices = Office.objects.filter(membership__person__user=user, kind=Office.Kind.SECRETARY)
    going = offices.filter(council__municipality=municipality).exclude(last_on__lt=timezone.localdate())
    number = going.values("council").distinct().count()
    with because("councils.account_closed", by=by):
        for person in Person.objects.select_for_update().filter(municipality=municipality, user=user):
            person.user = None
            person.save()
    return number
