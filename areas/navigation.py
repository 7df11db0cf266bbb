"""Where areas stand in the menu."""

from django.utils.translation import gettext_lazy as _

from core.navigation import NavItem, nav_items

nav_items.register(NavItem(name="areas.list", label=_("Areas"), url="/gebieden/", order=20))
