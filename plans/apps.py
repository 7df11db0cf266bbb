from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class PlansConfig(AppConfig):
    """Plans, goals, actions, assignments, progress."""

    name = "plans"
    verbose_name = gettext_lazy("Plans")
