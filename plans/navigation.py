"""Where plans stand in the menu."""

from django.utils.translation import gettext_lazy

from core.navigation import NavItem, nav_items

nav_items.register(NavItem(name="plans.list", label=gettext_lazy("Plans"), url="/plannen/", order=40))
