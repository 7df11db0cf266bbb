"""Where plans stand in the menu."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.reach import held_by
from core.navigation import NavItem, Place, nav_items


def _works_here(*, request: HttpRequest) -> bool:
    return bool(held_by(request.user))


nav_items.register(NavItem(name="plans.list", label=gettext_lazy("Plans"), url="/plannen/", order=40))
nav_items.register(
    NavItem(
        name="plans.proposals",
        label=gettext_lazy("Proposals"),
        url="/plannen/voorstellen/",
        order=45,
        place=Place.ACCOUNT,
        shown=_works_here,
    )
)
