"""Benches on the page of an area."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from benches.models import Bench
from core.panels import Panel, PanelContent, panels


def benches_here(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The benches in an area; one query."""
    benches = list(Bench.objects.of(obj.municipality_id).in_area(obj).order_by("name")[:20])
    words = ngettext("%(number)d bench", "%(number)d benches", len(benches)) % {"number": len(benches)}
    return PanelContent(context={"benches": benches}, short=words) if benches else None


HERE = Panel(
    name="benches.here", target="areas.area", title=gettext_lazy("Benches"), template="benches/panel.html", content=benches_here,
)  # fmt: skip
panels.register(HERE)
