from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What knows no other app."""

    name = "core"

    def ready(self) -> None:
        from core import (  # noqa: F401  (each makes its registry; checks, nightly and images register and set up)
            attachments,
            calendar,
            changes,
            checks,
            consents,
            facts,
            filekinds,
            filters,
            handover,
            hanging,
            history,
            images,
            intake,
            jobs,
            layers,
            loop,
            navigation,
            nightly,
            panels,
            release,
            search,
            specimens,
            waiting,
        )
        from core.registry import autodiscover

        autodiscover()
