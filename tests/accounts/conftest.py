"""Many of these tests make several requests: a query in a loop is looked for within each."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _no_query_in_a_loop(settings: Settings) -> None:
    """Instead of the one for whole tests; what allauth asks twice is its own."""
    settings.ZEAL_ALLOWLIST = [{"model": "account.*"}, {"model": "sessions.*"}]
    settings.MIDDLEWARE = ["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE]
