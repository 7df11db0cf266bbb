"""The section of a council's page about its meetings: those to come with their agenda, and those that were."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.panels import Importance, Panel, PanelContent, panels
from councils.panels import COUNCIL, ORDER
from councils.reading.meets import meetings_once


def meetings(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The meetings that anybody knows of; who keeps the council sees the planned ones too."""
    keeps = request.user.has_perm("councils.keep_council", obj)
    found = meetings_once(obj, keeps=keeps)
    if not found and not keeps:
        return None
    return PanelContent(
        context={
            "council": obj,
            "keeps": keeps,
            "sits": keeps or request.user.has_perm("councils.attend", obj),
            "shown": found,
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
