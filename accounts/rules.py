"""Who may do what where: a role × an area × a day.

A role in an area counts for the areas within it along main-part links; a role without an area counts for the whole municipality
and for no other one. A question about the whole municipality is answered by municipality-wide roles only.

For other apps: `has_role`, `holds_role_in(*roles)` (a predicate), `areas_of` and `municipalities_of` (the same as querysets).
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q

from accounts.models import Invitation, RoleAssignment, User
from accounts.reach import Held, held_by
from areas.models import Area, Municipality
from areas.models.area import AreaQuerySet
from areas.models.municipality import MunicipalityQuerySet

Person = User | AnonymousUser
Role = RoleAssignment.Role
STEWARDS = (Role.DATA_STEWARD, Role.ADMINISTRATOR)


def predicate(test: Callable[[Any, Any], bool]) -> Any:
    """Make a predicate that can be joined with `&`, `|` and `~`; it gets the person and the object (None: no object)."""
    return rules.predicate(test)


def has_role(
    user: Person,
    role: str,
    *,
    area: Area | None = None,
    municipality: Municipality | None = None,
    on: dt.date | None = None,
) -> bool:
    """Whether a person holds a role on a day (today): in an area, in a whole municipality, or anywhere when neither is named."""
    return _holds(user, (role,), area, municipality.pk if municipality else None, on)


def holds_any_role(user: Person) -> bool:
    """Whether a person has a task here today, whatever it is: staff."""
    return bool(held_by(user))


def areas_of(user: Person, *roles: str, on: dt.date | None = None) -> AreaQuerySet:
    """The areas where a person holds one of the roles: the queryset that agrees with `has_role(…, area=…)`."""
    held = [h for h in held_by(user, on) if h.role in roles]
    within = {area for h in held if h.areas is not None for area in h.areas}
    wide = {h.municipality_id for h in held if h.areas is None}
    return Area.objects.filter(Q(municipality__in=wide) | Q(pk__in=within))


def municipalities_of(user: Person, *roles: str, on: dt.date | None = None) -> MunicipalityQuerySet:
    """The municipalities where a person holds one of the roles everywhere."""
    wide = {h.municipality_id for h in held_by(user, on) if h.role in roles and h.areas is None}
    return Municipality.objects.filter(pk__in=wide)


def holds_role_in(*roles: str) -> Any:
    """A predicate: holds one of the roles where the object is; about no object the answer is no."""

    @predicate
    def holds(user: Person, obj: Model | None) -> bool:
        if obj is None:
            return False
        area, municipality_id = where(obj)
        return _holds(user, roles, area, municipality_id, None)

    return holds


def where(obj: Any) -> tuple[Area | None, int]:
    """The place of an object: the area it belongs to, if any, and the municipality (its own, its area's or its kind's)."""
    if isinstance(obj, Area):
        return obj, obj.municipality_id
    if isinstance(obj, Municipality):
        return None, obj.pk
    area: Area | None = getattr(obj, "area", None)
    if area is not None:
        return area, area.municipality_id
    for step in ("municipality_id", "kind"):
        found = getattr(obj, step, None)
        if found is not None:
            return (None, int(found)) if step == "municipality_id" else where(found)
    raise TypeError(f"{type(obj).__name__} has no area, municipality or kind: its place is unknown")


def _holds(
    user: Person, roles: tuple[str, ...], area: Area | None, municipality_id: int | None, on: dt.date | None
) -> bool:
    return any(h.role in roles and _counts(h, area, municipality_id) for h in held_by(user, on))


def _counts(held: Held, area: Area | None, municipality_id: int | None) -> bool:
    if area is not None:
        if held.areas is not None:
            return area.pk in held.areas
        return held.municipality_id == area.municipality_id
    if municipality_id is not None:
        return held.areas is None and held.municipality_id == municipality_id
    return True


is_area_worker = holds_role_in(Role.AREA_WORKER)
is_alderman = holds_role_in(Role.ALDERMAN)
is_council_secretary = holds_role_in(Role.COUNCIL_SECRETARY)
is_moderator = holds_role_in(Role.MODERATOR)
is_data_steward = holds_role_in(Role.DATA_STEWARD)
is_administrator = holds_role_in(Role.ADMINISTRATOR)
is_steward_or_administrator = holds_role_in(*STEWARDS)


@predicate
def may_see_role(user: Person, role: RoleAssignment | None) -> bool:
    """One's own roles, and every role of the municipality that one administers."""
    if role is None or not isinstance(user, User):
        return False
    return role.user_id == user.pk or has_role(user, Role.ADMINISTRATOR, municipality=role.municipality)


@predicate
def administers(user: Person, obj: RoleAssignment | Invitation | Municipality | None) -> bool:
    """Administers the municipality of the object, whatever area the object is about."""
    if obj is None:
        return False
    municipality = obj if isinstance(obj, Municipality) else obj.municipality
    return has_role(user, Role.ADMINISTRATOR, municipality=municipality)


# What `areas` asks for; it knows no roles itself.
rules.add_perm("areas.import_edition", is_steward_or_administrator)
rules.add_perm("areas.activate_edition", is_steward_or_administrator)
rules.add_perm("areas.import_addresses", is_steward_or_administrator)
rules.add_perm("areas.change_area", is_steward_or_administrator)
rules.add_perm("areas.import_figures", is_steward_or_administrator)
rules.add_perm("areas.view_draft_edition", is_steward_or_administrator)

rules.add_perm("accounts.view_roleassignment", may_see_role)
rules.add_perm("accounts.manage_roles", administers)
rules.add_perm("accounts.invite", administers)
