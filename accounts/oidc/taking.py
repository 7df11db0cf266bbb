"""Taking over what a provider said, once a sign-in is complete."""

import logging
from collections.abc import Iterator

from allauth.socialaccount.models import SocialLogin

from accounts.actions.providers import RoleClaim, record_verification, speaking_for, sync_roles
from accounts.models import User
from accounts.oidc.claims import RoleRule, Vouched
from accounts.oidc.configuration import IdentityProvider, providers
from areas.models import Area, Municipality

log = logging.getLogger(__name__)


def vouched_of(login: SocialLogin) -> Vouched:
    """What was read in this sign-in, which may have waited in a session since."""
    return Vouched.restored(login.state.get("facts", {}))


def take_over(login: SocialLogin, user: User) -> None:
    """Give and end roles, keep what is vouched for."""
    configured, vouched = providers()[login.account.provider], vouched_of(login)
    municipality = Municipality.objects.filter(slug=configured.municipality).first()
    if municipality is None:
        log.error("OIDC: there is no municipality %s", configured.municipality)
        return
    if vouched.roles is not None:
        rules = [configured.claims.roles[number] for number in vouched.roles]
        claimed = list(_claims(configured, municipality, rules))
        sync_roles(
            user=user, municipality=municipality, provider=configured.name, claimed=claimed,
            by=speaking_for(configured.name),
        )  # fmt: skip
    if vouched.lives_here is not None or vouched.age_from is not None:
        record_verification(
            user=user, municipality=municipality, provider=configured.name,
            lives_here=bool(vouched.lives_here), age_from=vouched.age_from or 0,
            by=speaking_for(configured.name),
        )  # fmt: skip


def _claims(
    configured: IdentityProvider, municipality: Municipality, rules: list[RoleRule]
) -> Iterator[RoleClaim]:
    for rule in rules:
        area = None
        if rule.scheme:
            coded = {"codes__scheme": rule.scheme, "codes__code": rule.code}
            area = Area.objects.of(municipality).active().filter(**coded).first()
            if area is None:
                log.error(
                    "OIDC: %s names the area %s:%s, which is not here",
                    configured.name,
                    rule.scheme,
                    rule.code,
                )
                continue
        yield RoleClaim(rule.role, area, rule.valid_from, rule.valid_until)
