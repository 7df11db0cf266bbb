"""The section of a council's page about its meetings: the next one with its agenda, and those that were."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.panels import Importance, Panel, PanelContent, panels
from councils.models import AgendaItem
from councils.panels import COUNCIL, ORDER

MOST = 6


def meetings(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The meetings that anybody knows of; who keeps the council sees the planned ones too."""
    keeps = request.user.has_perm("councils.keep_council", obj)
    rows = obj.meetings.select_related("location", "council")
    if not keeps:
        rows = rows.announced()
    shown = Prefetch("items", AgendaItem.objects.filter(is_closed=False), to_attr="open_items")
    found = list(rows.exclude(state="cancelled").prefetch_related(shown)[:MOST])
    if not found and not keeps:
        return None
    coming = [one for one in found if not one.is_over]
    return PanelContent(
        context={
            "council": obj,
            "keeps": keeps,
            "sits": keeps or request.user.has_perm("councils.attend", obj),
            "coming": list(reversed(coming)),
            "held": [one for one in found if one.is_over],
        },
        url=reverse("councils:meetings", args=[obj.slug]),
        more=gettext_lazy("All meetings"),
    )


panels.register(
    Panel(
        name="councils.meetings",
        target=COUNCIL,
        title=gettext_lazy("Meetings"),
        template="councils/panels/meetings.html",
        content=meetings,
        importance=Importance.WHOLE,
        order=ORDER["meetings"],
    )
)
