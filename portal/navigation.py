"""The map in the menu, and the statements in the foot."""

from django.utils.translation import gettext_lazy

from core.navigation import NavItem, Place, nav_items

nav_items.register(NavItem(name="portal.map", label=gettext_lazy("Map"), url="/kaart/", order=10))
nav_items.register(
    NavItem(name="portal.privacy", label=gettext_lazy("Privacy"), url="/privacy/", order=10, place=Place.FOOT)
)
nav_items.register(
    NavItem(
        name="portal.accessibility",
        label=gettext_lazy("Accessibility"),
        url="/toegankelijkheid/",
        order=20,
        place=Place.FOOT,
    )
)
nav_items.register(
    NavItem(
        name="portal.open_data",
        label=gettext_lazy("Open data"),
        url="/open-data/",
        order=30,
        place=Place.FOOT,
    )
)
nav_items.register(
    NavItem(name="portal.style", label=gettext_lazy("Style"), url="/stijl/", order=90, place=Place.FOOT)
)
