from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkplacesConfig(AppConfig):
    """Work locations, services, teams."""

    name = "workplaces"
    verbose_name = _("Work locations")
