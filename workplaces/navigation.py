"""Where work locations stand in the menu."""

from django.utils.translation import gettext_lazy

from core.navigation import NavItem, nav_items

nav_items.register(
    NavItem(name="workplaces.list", label=gettext_lazy("Work locations"), url="/werklocaties/", order=30)
)
