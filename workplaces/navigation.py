"""Where work locations stand in the menu."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, nav_items

nav_items.register(NavItem(name="workplaces.list", label=_("Work locations"), url="/werklocaties/", order=30))
