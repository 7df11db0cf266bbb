from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class CouncilsConfig(AppConfig):
    """Councils, their members, meetings, advice and answers."""

    name = "councils"
    verbose_name = gettext_lazy("Councils")
