"""Where councils stand in the menu."""

from django.utils.translation import gettext_lazy

from core.navigation import NavItem, nav_items

nav_items.register(
    NavItem(
        name="councils.list",
        label=gettext_lazy("Advisory and village councils"),
        url="/raden/",
        order=50,
        also=("/adviezen/",),
    )
)
