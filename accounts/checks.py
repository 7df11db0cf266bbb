"""What `manage.py check` says about accounts."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from accounts.oidc.configuration import read


@register(Tags.security, deploy=True)
def demo_is_off(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demo accounts have passwords that everybody knows: never where real people work."""
    if settings.DEMO and not settings.DEBUG:
        return [
            Error(
                "DEMO is on while DEBUG is off: anybody can sign in with a demo account.",
                hint="Set DEMO=0.",
                id="accounts.E001",
            )
        ]
    return []


@register(Tags.security)
def identity_providers_are_right(
    app_configs: Sequence[AppConfig] | None, **kwargs: Any
) -> list[CheckMessage]:
    """A provider that is described by halves lets nobody in, or the wrong people."""
    _found, faults = read(settings.OIDC)
    return [
        Error(fault, hint="See docs/operations.md, “Identity providers”.", id="accounts.E002")
        for fault in faults
    ]
