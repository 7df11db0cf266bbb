"""Where benches stand in the menu."""

from django.utils.translation import gettext_lazy

from core.navigation import NavItem, nav_items

nav_items.register(NavItem(name="benches.list", label=gettext_lazy("Benches"), url="/banken/", order=35))
