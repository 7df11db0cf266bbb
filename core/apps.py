from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What knows no other app."""

    name = "core"

    def ready(self) -> None:
        from core import calendar, jobs, layers, navigation, panels, search  # noqa: F401  (each makes its registry)
        from core.registry import autodiscover

        autodiscover()
