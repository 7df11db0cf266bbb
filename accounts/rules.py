"""Who may do what where: a role × a place × a day.

A role in an area counts for the areas within it along main-part links; a role without an area counts for the whole municipality
and for no other one. A question about the whole municipality is answered by municipality-wide roles only.

For other apps: a model says where it is (`areas.models.where`), and `grant` says once who has a permission. What follows from it:
`user.has_perm(name, obj)` for one object, `core.access.permitted(queryset, user, name)` for many, `permitted_or_404` for a view.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, Q

from accounts.models import (
    Absence,
    Competence,
    Consent,
    Invitation,
    MandateHolder,
    PeriodKeeper,
    PolicyField,
    RoleAssignment,
    User,
    WorkingWeek,
)
from accounts.reach import held_by, works_on
from areas.models import (
    AddressImport,
    Area,
    AreaEdition,
    AreaKind,
    CalendarPeriod,
    Indicator,
    Municipality,
    OfficeTemplate,
)
from areas.places import Reach, covered, is_covered
from core.access import answers_for_rows

Person = User | AnonymousUser
Role = RoleAssignment.Role


@dataclass(frozen=True)
class Rule:
    """Who may, in the two ways in which it is asked: of one object, and as the condition of a queryset. Joined with `|` and `&`."""

    holds: Callable[[Person, Any], bool]
    rows: Callable[[Person, type[Model]], Q]

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            lambda user, obj: self.holds(user, obj) or other.holds(user, obj),
            lambda user, model: self.rows(user, model) | other.rows(user, model),
        )

    def __and__(self, other: "Rule") -> "Rule":
        return Rule(
            lambda user, obj: self.holds(user, obj) and other.holds(user, obj),
            lambda user, model: self.rows(user, model) & other.rows(user, model),
        )


def role_here(*roles: str, every: bool = False) -> Rule:
    """Holds one of the roles where the object is: in any of its places, or in `every` one of them."""
    return _role(lambda user: _reach(user, roles), every=every)


def role_everywhere(*roles: str) -> Rule:
    """Holds one of the roles in the whole municipality of the object."""
    return _role(lambda user: Reach(_reach(user, roles).wide))


def role_somewhere(*roles: str) -> Rule:
    """Holds one of the roles in the municipality of the object, in whichever area."""

    def anywhere(user: Person) -> Reach:
        reach = _reach(user, roles)
        return Reach(reach.wide | reach.within.keys())

    return _role(anywhere)


def oneself(field: str) -> Rule:
    """Is the person whom the object names in a field."""
    return Rule(
        lambda user, obj: (
            isinstance(user, User) and user.is_active and getattr(obj, f"{field}_id") == user.pk
        ),
        lambda user, model: (
            Q(**{field: user.pk}) if isinstance(user, User) and user.is_active else Q(pk__in=[])
        ),
    )


def apart_from(rule: Rule) -> Rule:
    """Everybody else."""
    return Rule(
        lambda user, obj: not rule.holds(user, obj),
        lambda user, model: ~rule.rows(user, model),
    )


def _consents(found: Callable[[], Any]) -> Rule:
    """Whoever it is: what was asked is one of these."""
    return Rule(
        lambda user, obj: found().filter(pk=obj.pk).exists(),
        lambda user, model: Q(pk__in=found().values("pk")),
    )


def _kept(user: Person) -> Any:
    return PeriodKeeper.objects.filter(works_on(user))


# Is named to answer in periods of this kind, or stands in for who is.
KEEPS_PERIOD = Rule(
    lambda user, obj: _kept(user).filter(municipality=obj.municipality_id, kind=obj.period_kind).exists(),
    lambda user, model: Q(
        Exists(_kept(user).filter(municipality=OuterRef("municipality"), kind=OuterRef("period_kind")))
    ),
)
# Nobody is named for periods of this kind.
KEPT_BY_NOBODY = _consents(lambda: Consent.objects.without_keeper())
ASKED_BY_KEEPER = _consents(lambda: Consent.objects.asked_by_keeper())
NOBODY_ELSE = _consents(lambda: Consent.objects.with_nobody_else())


@dataclass(frozen=True)
class Grant:
    """A permission: who has it, and about which things it can be asked."""

    rule: Rule
    about: tuple[type[Model], ...]


grants: dict[str, Grant] = {}


def grant(permission: str, rule: Rule, *about: type[Model]) -> None:
    """Give a permission to whom the rule is about; without an object nobody has it, about another thing it raises TypeError."""

    def refuse_other(model: type[Model]) -> None:
        if not issubclass(model, about):
            raise TypeError(f"{permission} is not asked about a {model.__name__}")

    def holds(user: Person, obj: Model | None) -> bool:
        if obj is None:
            return False
        refuse_other(type(obj))
        return rule.holds(user, obj)

    def rows(user: Person, model: type[Model]) -> Q:
        refuse_other(model)
        return rule.rows(user, model)

    rules.add_perm(permission, holds)
    answers_for_rows(permission, rows)
    grants[permission] = Grant(rule, about)


def _reach(user: Person, roles: tuple[str, ...]) -> Reach:
    """Where a person holds one of the roles today."""
    held = [one for one in held_by(user) if one.role in roles]
    within: dict[int, frozenset[int]] = {}
    for one in held:
        if one.areas is not None:
            within[one.municipality_id] = within.get(one.municipality_id, frozenset()) | one.areas
    return Reach(frozenset(one.municipality_id for one in held if one.areas is None), within)


def _role(reach: Callable[[Person], Reach], *, every: bool = False) -> Rule:
    return Rule(
        lambda user, obj: is_covered(obj, reach(user), every=every),
        lambda user, model: covered(model, reach(user), every=every),
    )


STEWARDS = role_here(Role.DATA_STEWARD, Role.ADMINISTRATOR)
ADMINISTRATORS = role_here(Role.ADMINISTRATOR)

# What `areas` asks for; it knows no roles itself.
grant("areas.import_edition", STEWARDS, Municipality, AreaKind, AreaEdition)
grant("areas.activate_edition", STEWARDS, Municipality, AreaKind, AreaEdition)
grant("areas.import_addresses", STEWARDS, Municipality, AddressImport)
grant("areas.import_figures", STEWARDS, Municipality, AreaKind, Indicator)
grant("areas.change_area", STEWARDS, Municipality, Area)
grant("areas.change_calendar", STEWARDS, Municipality, CalendarPeriod)
grant("areas.change_templates", STEWARDS, Municipality, OfficeTemplate)

grant("accounts.view_roleassignment", oneself("user") | ADMINISTRATORS, RoleAssignment)
grant("accounts.manage_roles", ADMINISTRATORS, Municipality, RoleAssignment)
grant("accounts.invite", ADMINISTRATORS, Municipality, Invitation)
grant("accounts.note_absence", oneself("user") | ADMINISTRATORS, Absence)
grant("accounts.set_working_week", oneself("user"), WorkingWeek)
# Nobody answers what they asked themselves: what a keeper asks goes to the administrators. Where there is nobody else at all, who
# asked answers, with a reason that stays and is shown as such.
ANSWERS = KEEPS_PERIOD | (ADMINISTRATORS & KEPT_BY_NOBODY)
ANSWERS_OTHERS = apart_from(oneself("asked_by")) & (ANSWERS | (ADMINISTRATORS & ASKED_BY_KEEPER))
grant("accounts.decide_consent", ANSWERS_OTHERS | (ANSWERS & NOBODY_ELSE), Consent)
grant("accounts.view_consent", oneself("asked_by") | ANSWERS | ANSWERS_OTHERS, Consent)
grant("accounts.withdraw_consent", oneself("asked_by"), Consent)
grant("accounts.manage_competences", ADMINISTRATORS, Municipality, PolicyField, MandateHolder, Competence)
