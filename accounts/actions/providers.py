"""What a sign-in with an identity provider changes: roles that it gives or takes back, and what it vouches for."""

import datetime as dt
import logging
from collections.abc import Iterable

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.actions.roles import cut, holder, lock, yesterday
from accounts.models import RoleAssignment, User, Verification
from areas.models import Area, Municipality
from core.history import because
from core.verbs import Actor, Operator, Refused, locked, require, verb

log = logging.getLogger(__name__)


class RoleClaim:
    """A role that the provider says a person has."""

    def __init__(
        self, role: str, area: Area | None, valid_from: dt.date | None, valid_until: dt.date | None
    ) -> None:
        self.role, self.area = role, area
        self.valid_from, self.valid_until = valid_from, valid_until


@verb
def sync_roles(
    *, user: User, municipality: Municipality, provider: str, claimed: Iterable[RoleClaim], by: Actor
) -> None:
    """Give the roles that the provider claims, end those that it gave before and claims no more; others are never touched.

    Only the provider itself does so (`speaking_for`), never a person. Also the last administrator goes: who may not do the work
    any more does not keep it. The operator can give the role again.
    """
    require("accounts.sync_roles", municipality, by=by)
    _sync(user, municipality, provider, claimed, by)


def speaking_for(provider: str) -> Operator:
    """The actor of what an identity provider says at a sign-in."""
    return Operator(f"identity provider {provider}")


def _sync(
    user: User, municipality: Municipality, provider: str, claimed: Iterable[RoleClaim], by: Actor
) -> None:
    lock(municipality)
    user, today = holder(user), timezone.localdate()
    wanted = {
        (claim.role, claim.area.pk if claim.area else None): claim
        for claim in claimed
        if claim.valid_until is None or claim.valid_until >= today
    }
    held = RoleAssignment.objects.of(user).filter(municipality=municipality, provider=provider)
    ended = []
    for assignment in held.exclude(valid_until__lt=today).select_for_update():
        claim = wanted.get((assignment.role, assignment.area_id))
        if claim is not None and _still_fits(assignment, claim, today):
            wanted.pop((assignment.role, assignment.area_id))
        else:
            ended.append(assignment)
    with because("accounts.provider_roles", by=by, provider=provider):
        for each in (*RoleAssignment.objects.filter(replaces__in=ended).select_for_update(), *ended):
            cut(each, yesterday())
        for claim in wanted.values():
            _give(user, municipality, provider, claim, today)


@verb
def record_verification(
    *, user: User, municipality: Municipality, provider: str, lives_here: bool, age_from: int, by: Actor
) -> None:
    """Keep what a provider vouches for today, in the place of what was known; nothing when it vouches for nothing."""
    require("accounts.record_verification", municipality, by=by)
    locked(user)
    known = Verification.objects.filter(user=user, municipality=municipality)
    if not (lives_here or age_from):
        known.delete()
        return
    Verification.objects.update_or_create(
        user=user,
        municipality=municipality,
        defaults={
            "provider": provider, "lives_here": lives_here, "age_from": age_from, "verified_at": timezone.now(),
        },
    )  # fmt: skip


@verb
def disconnect(*, by: Actor, link: str) -> None:
    """Let an account at a provider no longer open one's own account; the roles that it gave end."""
    if not isinstance(by, User):
        raise PermissionDenied("an account is its person's")
    user = locked(by)
    links = SocialAccount.objects.filter(user=user)
    chosen = links.filter(pk=link).first() if link.isdecimal() else None
    if chosen is None:
        raise Refused(gettext_lazy("This is no longer connected."), "gone")
    if not user.has_usable_password() and not links.exclude(pk=chosen.pk).exists():
        raise Refused(gettext_lazy("First choose a password: otherwise you cannot sign in any more."), "last")
    given = RoleAssignment.objects.of(user).filter(provider=chosen.provider)
    for municipality in Municipality.objects.filter(roles__in=given).distinct().order_by("pk"):
        _sync(user, municipality, chosen.provider, [], by)
    chosen.delete()


def _still_fits(assignment: RoleAssignment, claim: RoleClaim, today: dt.date) -> bool:
    """A role that has begun keeps its first day; one that is to come keeps it when the claim still says so."""
    if assignment.valid_until != claim.valid_until:
        return False
    start = _start(claim, today)
    return assignment.valid_from == start or (assignment.valid_from < today and start == today)


def _start(claim: RoleClaim, today: dt.date) -> dt.date:
    return max(claim.valid_from or today, today)


def _give(user: User, municipality: Municipality, provider: str, claim: RoleClaim, today: dt.date) -> None:
    assignment = RoleAssignment(
        user=user, municipality=municipality, role=claim.role, area=claim.area, provider=provider,
        valid_from=_start(claim, today), valid_until=claim.valid_until,
    )  # fmt: skip
    try:
        assignment.full_clean()
    except ValidationError as error:  # most often: the person holds this role already, given by hand
        log.info("the role %s of %s is not given: %s", claim.role, provider, "; ".join(error.messages))
    else:
        assignment.save()
