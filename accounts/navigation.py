"""What the menu of a person leads to."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.oidc.configuration import providers
from accounts.reach import held_by
from areas.current import municipality_of
from core.navigation import NavItem, Place, nav_items


def _administers_here(*, request: HttpRequest) -> bool:
    municipality = municipality_of(request)
    return municipality is not None and request.user.has_perm("accounts.manage_roles", municipality)


def _works_here(*, request: HttpRequest) -> bool:
    municipality = municipality_of(request)
    return municipality is not None and any(
        one.municipality_id == municipality.pk for one in held_by(request.user)
    )


def _has_providers(*, request: HttpRequest) -> bool:
    municipality = municipality_of(request)
    return municipality is not None and any(
        one.municipality == municipality.slug for one in providers().values()
    )


for item in (
    NavItem(
        name="accounts.waiting", label=gettext_lazy("For you"), url="/mijn/", place=Place.ACCOUNT, order=5,
        is_exact=True,
    ),
    NavItem(
        name="accounts.mine", label=gettext_lazy("My data"), url="/mijn/gegevens/", place=Place.ACCOUNT, order=10,
    ),
    NavItem(
        name="accounts.away", label=gettext_lazy("Away"), url="/account/afwezig/", place=Place.ACCOUNT, order=15,
        shown=_works_here,
    ),
    NavItem(name="accounts.email", label=gettext_lazy("E-mail address"), url="/account/email/", place=Place.ACCOUNT, order=20),
    NavItem(
        name="accounts.password", label=gettext_lazy("Password"), url="/account/password/change/",
        place=Place.ACCOUNT, order=30,
    ),
    NavItem(name="accounts.factor", label=gettext_lazy("Second factor"), url="/account/2fa/", place=Place.ACCOUNT, order=40),
    NavItem(
        name="accounts.connections", label=gettext_lazy("Ways to sign in"), url="/account/koppelingen/",
        place=Place.ACCOUNT, order=45, shown=_has_providers,
    ),
    NavItem(
        name="accounts.roles", label=gettext_lazy("Roles"), url="/account/rollen/", place=Place.ACCOUNT, order=50,
        shown=_administers_here,
    ),
    NavItem(
        name="accounts.absences", label=gettext_lazy("Who is away"), url="/account/afwezigen/", place=Place.ACCOUNT,
        order=55, shown=_administers_here,
    ),
    NavItem(
        name="accounts.keepers", label=gettext_lazy("Who is asked first"), url="/account/eerst-vragen/", place=Place.ACCOUNT,
        order=63, shown=_administers_here, is_exact=True,
    ),
    NavItem(
        name="accounts.competences", label=gettext_lazy("Who is competent"), url="/account/bevoegdheden/",
        place=Place.ACCOUNT, order=60, shown=_administers_here,
    ),
    NavItem(name="accounts.competent", label=gettext_lazy("Who is competent"), url="/bevoegd/", place=Place.FOOT, order=40),
):  # fmt: skip
    nav_items.register(item)
