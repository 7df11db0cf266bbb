from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class WorkplacesConfig(AppConfig):
    """Work locations, services, teams."""

    name = "workplaces"
    verbose_name = gettext_lazy("Work locations")
