from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People, roles in an area, sign-in, privacy."""

    name = "accounts"
    verbose_name = _("People and roles")

    def ready(self) -> None:
        from accounts import checks, receivers, rules  # noqa: F401  (each registers itself)
