from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PortalConfig(AppConfig):
    """The doors that belong to no single app"""

    name = "portal"
    verbose_name = gettext_lazy("Portal")
