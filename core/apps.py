from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What knows no other app."""

    name = "core"

    def ready(self) -> None:
        # Each makes its registry.
        from core import calendar, jobs, layers, loop, navigation, panels, search  # noqa: F401
        from core.registry import autodiscover

        autodiscover()
