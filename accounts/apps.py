from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy


class AccountsConfig(AppConfig):
    """People, roles in an area, sign-in, privacy."""

    name = "accounts"
    verbose_name = gettext_lazy("People and roles")

    def ready(self) -> None:
        from accounts import checks, receivers  # noqa: F401  (each registers itself)

        autodiscover_modules(
            "rules"
        )  # what every app grants: a permission that nobody granted is refused in silence
