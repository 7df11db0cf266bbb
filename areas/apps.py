from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class AreasConfig(AppConfig):
    """Areas, editions of boundaries, importers, map layers."""

    name = "areas"
    verbose_name = gettext_lazy("Areas")

    def ready(self) -> None:
        from areas import checks  # noqa: F401  (registers itself)
