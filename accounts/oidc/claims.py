"""What a provider says of a person, and the little that is kept of it.

A claims map says where to look; `Vouched` is all that leaves this module: no address, no birth date, no number of a person.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.addresses import spelled
from accounts.models import RoleAssignment, Verification
from accounts.oidc.reading import Faults, Table

Claims = Mapping[str, Any]
Role = RoleAssignment.Role


@dataclass(frozen=True)
class RoleRule:
    """Who has this value in this claim holds this role: in the area with this code, or in the whole municipality."""

    claim: str
    value: str
    role: str
    scheme: str
    code: str
    valid_from: dt.date | None
    valid_until: dt.date | None


@dataclass(frozen=True)
class ClaimsMap:
    """Where to look in the claims of a provider; the defaults are those of OpenID Connect."""

    email: str
    email_verified: str  # the claim that says so; "" when every address of this provider counts as confirmed
    link_domains: tuple[
        str, ...
    ]  # whose accounts are linked by their confirmed address; ("*",) of every domain
    name: str  # one claim or several, with spaces
    second_factor: Mapping[str, tuple[str, ...]]  # claim: the values that show one
    roles: tuple[RoleRule, ...]
    lives_in: str  # the claim, "" when the provider does not say
    lives_in_values: tuple[str, ...]
    birth_date: str
    over: Mapping[int, str]  # age: the claim that says whether the person is that old


@dataclass(frozen=True)
class Vouched:
    """What was read from one sign-in; None: the provider does not say, so that nothing changes."""

    roles: tuple[int, ...] | None = None  # the rules of the map that apply
    second_factor: bool = False
    lives_here: bool | None = None
    age_from: int | None = None

    def stored(self) -> dict[str, Any]:
        """As a session keeps it between two steps of a sign-in."""
        return asdict(self)

    @classmethod
    def restored(cls, stored: Mapping[str, Any]) -> "Vouched":
        """Back from a session."""
        roles = stored.get("roles")
        return cls(**{**stored, "roles": None if roles is None else tuple(roles)})


STAFF_KEYS = ("second_factor", "roles", "administrators")
RESIDENT_KEYS = ("lives_in", "age")
SHARED_KEYS = ("email", "email_verified", "link_by_email", "name")


def read_map(values: Any, faults: Faults, *, is_staff: bool) -> ClaimsMap:
    """The claims map that a table describes; what is wrong is noted."""
    table = Table(values, faults, (*SHARED_KEYS, *(STAFF_KEYS if is_staff else RESIDENT_KEYS)))
    age = Table(table.values.get("age", {}), faults.within("age"), ("birth_date", "over"))
    home = Table(table.values.get("lives_in", {}), faults.within("lives_in"), ("claim", "values"))
    if "lives_in" in table and not (home.text("claim") and home.texts("values")):
        home.faults.add("needs a claim and the values that mean: lives here")
    every = table.values.get("email_verified") is True
    return ClaimsMap(
        email=table.text("email", "email"),
        email_verified="" if every else table.text("email_verified", "email_verified"),
        link_domains=_domains(table),
        name=table.text("name", "name" if is_staff else ""),
        second_factor=_factors(table),
        roles=_roles(table),
        lives_in=home.text("claim"),
        lives_in_values=tuple(_plain(value) for value in home.texts("values")),
        birth_date=age.text("birth_date"),
        over=_ages(age),
    )


def read_vouched(wanted: ClaimsMap, claims: Claims, id_token: Claims, *, today: dt.date) -> Vouched:
    """What the claims say of what we want to know; a second factor counts only when the signed token itself says so."""
    return Vouched(
        roles=_held(wanted, claims),
        second_factor=any(_says(id_token, claim, values) for claim, values in wanted.second_factor.items()),
        lives_here=_says(claims, wanted.lives_in, wanted.lives_in_values) if wanted.lives_in else None,
        age_from=_age(wanted, claims, today) if wanted.birth_date or wanted.over else None,
    )


def email_of(wanted: ClaimsMap, claims: Claims) -> tuple[str, bool]:
    """The e-mail address, and whether it counts as confirmed; one that cannot be kept here counts as not told."""
    said = find(claims, wanted.email)
    try:
        email = spelled(said if isinstance(said, str) else "")
    except ValidationError:
        return "", False
    return email, not wanted.email_verified or find(claims, wanted.email_verified) in (True, "true")


def name_of(wanted: ClaimsMap, claims: Claims) -> str:
    """The name, if it is wanted."""
    said = [find(claims, claim) for claim in wanted.name.split()]
    return " ".join(word for part in said if isinstance(part, str) for word in part.split())


def are_text(claims: Any) -> bool:
    """Whether every name and value, however deep, is text that can be kept: no NUL, no half of a surrogate pair."""
    waiting = [claims]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str) and ("\0" in one or any("\ud800" <= sign <= "\udfff" for sign in one)):
            return False
        if isinstance(one, Mapping):
            waiting += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            waiting += one
    return True


def may_link(wanted: ClaimsMap, email: str) -> bool:
    """Whether the account that has this confirmed address may be taken for that of the person."""
    return "*" in wanted.link_domains or email.rpartition("@")[2].lower() in wanted.link_domains


def find(claims: Claims, claim: str) -> Any:
    """A claim by its name, or by the path to it ("address.postal_code"); None when it is not there."""
    if claim in claims:
        return claims[claim]
    found: Any = claims
    for step in claim.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _says(claims: Claims, claim: str, values: tuple[str, ...]) -> bool:
    found = find(claims, claim)
    said = found if isinstance(found, list) else [found]
    return any(isinstance(one, str | int | bool) and _plain(one) in values for one in said)


def _plain(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())


def _held(wanted: ClaimsMap, claims: Claims) -> tuple[int, ...] | None:
    """The rules that apply. A claim that was too long to send (Entra ID refers to `_claim_names`) says nothing of them."""
    elsewhere = claims.get("_claim_names") or {}
    if not wanted.roles or any(rule.claim in elsewhere for rule in wanted.roles):
        return None
    return tuple(
        number for number, rule in enumerate(wanted.roles) if _says(claims, rule.claim, (_plain(rule.value),))
    )


def _age(wanted: ClaimsMap, claims: Claims, today: dt.date) -> int:
    """The highest age of our list that the person has reached; 0 when that is not known."""
    reached = {age for age, claim in wanted.over.items() if find(claims, claim) in (True, "true")}
    born = _day(find(claims, wanted.birth_date)) if wanted.birth_date else None
    if born is not None:
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        reached |= {age for age in Verification.Age.values if age and years >= age}
    return max(reached, default=0)


def _day(value: Any) -> dt.date | None:
    """A birth date; one without month or day ("1990", "0000-05-01") says too little."""
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _domains(table: Table) -> tuple[str, ...]:
    value = table.values.get("link_by_email", False)
    if isinstance(value, bool):
        return ("*",) if value else ()
    return tuple(domain.strip().lower().removeprefix("@") for domain in table.texts("link_by_email"))


def _factors(table: Table) -> Mapping[str, tuple[str, ...]]:
    within = table.faults.within("second_factor")
    factors = Table(table.values.get("second_factor", {}), within, ("amr", "acr", "acrs"))
    return {claim: factors.texts(claim) for claim in factors.values}


def _ages(age: Table) -> Mapping[int, str]:
    over = age.values.get("over", {})
    known = {str(value): value for value in Verification.Age.values if value}
    if not isinstance(over, Mapping) or not all(isinstance(claim, str) for claim in over.values()):
        age.faults.add("over is no table of an age and the name of a claim")
        return {}
    for unknown in sorted(set(map(str, over)) - set(known)):
        age.faults.add(f"over.{unknown}: the ages are {', '.join(known)}")
    return {known[str(years)]: claim for years, claim in over.items() if str(years) in known}


def _roles(table: Table) -> tuple[RoleRule, ...]:
    rules = table.values.get("roles", [])
    if not isinstance(rules, list):
        table.faults.add("roles is no list")
        return ()
    may_administer = table.flag("administrators")
    return tuple(
        _role(rule, table.faults.within(f"roles[{number}]"), may_administer=may_administer)
        for number, rule in enumerate(rules)
    )


def _role(values: Any, faults: Faults, *, may_administer: bool) -> RoleRule:
    table = Table(values, faults, ("claim", "value", "role", "area", "from", "until"))
    scheme, _, code = table.text("area").partition(":")
    rule = RoleRule(
        claim=table.text("claim"), value=table.text("value"), role=table.text("role"), scheme=scheme, code=code,
        valid_from=table.day("from"), valid_until=table.day("until"),
    )  # fmt: skip
    if not (rule.claim and rule.value):
        faults.add("needs a claim and a value")
    if rule.role not in Role.values:
        faults.add(f"“{rule.role}” is no role ({', '.join(Role.values)})")
    if scheme and not code:
        faults.add("area needs a scheme and a code, as in nis6:13014A")
    if rule.role == Role.ADMINISTRATOR and not may_administer:
        faults.add("a claim makes nobody administrator, unless the map says administrators = true")
    if rule.role == Role.ADMINISTRATOR and scheme:
        faults.add("an administrator administers the whole municipality")
    if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
        faults.add("until is before from")
    return rule
