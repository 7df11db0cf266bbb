"""Where areas stand in the menu, and the desk of data stewards."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from areas.current import municipality_of
from core.navigation import NavItem, Place, nav_items
from core.office import office_kinds


def may_import(*, request: HttpRequest) -> bool:
    """Whether a person brings boundaries."""
    municipality = municipality_of(request)
    return municipality is not None and request.user.has_perm("areas.import_edition", municipality)


def may_import_addresses(*, request: HttpRequest) -> bool:
    """Whether a person brings addresses."""
    municipality = municipality_of(request)
    return municipality is not None and request.user.has_perm("areas.import_addresses", municipality)


def may_keep_calendar(*, request: HttpRequest) -> bool:
    """Whether a person keeps the calendar of the municipality."""
    municipality = municipality_of(request)
    return municipality is not None and request.user.has_perm("areas.change_calendar", municipality)


def may_change_templates(*, request: HttpRequest) -> bool:
    """Whether a person keeps the templates for documents, and there are documents."""
    municipality = municipality_of(request)
    return bool(len(office_kinds)) and request.user.has_perm("areas.change_templates", municipality)


nav_items.register(NavItem(name="areas.list", label=gettext_lazy("Areas"), url="/gebieden/", order=20))
nav_items.register(NavItem(name="areas.figures", label=gettext_lazy("Figures"), url="/cijfers/", order=25))
nav_items.register(
    NavItem(
        name="areas.editions",
        label=gettext_lazy("Boundaries"),
        url="/gebieden/grenzen/",
        order=60,
        place=Place.ACCOUNT,
        shown=may_import,
    )
)
nav_items.register(
    NavItem(
        name="areas.addresses",
        label=gettext_lazy("Addresses"),
        url="/gebieden/adressen/",
        order=61,
        place=Place.ACCOUNT,
        shown=may_import_addresses,
    )
)
nav_items.register(
    NavItem(
        name="areas.periods",
        label=gettext_lazy("Calendar"),
        url="/gebieden/perioden/",
        order=62,
        place=Place.ACCOUNT,
        shown=may_keep_calendar,
    )
)
nav_items.register(
    NavItem(
        name="areas.office_templates",
        label=gettext_lazy("Templates for documents"),
        url="/sjablonen/",
        order=63,
        place=Place.ACCOUNT,
        shown=may_change_templates,
    )
)
