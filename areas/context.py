"""What every page shows of the municipality."""

from typing import Any

from django.http import HttpRequest

from areas.chrome import chrome_of
from areas.current import municipality_of


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality` and `chrome` (the emblems of its areas) for the templates."""
    current = municipality_of(request)
    return {"municipality": current, "chrome": chrome_of(current) if current else None}
