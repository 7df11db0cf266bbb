"""What the page of an area shows of councils: those that speak for it, and their free places."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.panels import Importance, Panel, PanelContent, panels
from councils.makeup import makeup_of, with_makeup
from councils.models import Council, CouncilArea
from councils.reading.seated import Bench

MOST = 8


@dataclass(frozen=True)
class Here:
    """A council of an area, with who sits in it."""

    council: Council
    bench: Bench


def councils_here(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """The councils about the area by name, and by name only those of the whole municipality; one query."""
    if obj.is_residual or obj.retired_by_id:
        return None
    today = timezone.localdate()
    links = CouncilArea.objects.filter(council=OuterRef("pk"))
    seen = Council.objects.of(obj.municipality_id).visible_to(request.user).working(today)
    found = seen.filter(Q(Exists(links.filter(area=obj))) | ~Q(Exists(links)))
    councils: list[Any] = list(with_makeup(found.in_order().annotate(is_own=Exists(links.filter(area=obj)))))
    own = [Here(one, Bench(makeup_of(one), today)) for one in councils if one.is_own]
    wide = [one for one in councils if not one.is_own]
    if not councils:
        return None
    return PanelContent(
        context={"own": own[:MOST], "wide": wide[:MOST], "area": obj},
        url=reverse("councils:list"),
        more=_("All advisory and village councils"),
        is_example=all(one.is_example for one in councils),
    )


panels.register(
    Panel(
        name="councils.here",
        target="areas.area",
        title=gettext_lazy("Who speaks for this area"),
        template="councils/panels/here.html",
        content=councils_here,
        importance=Importance.WHOLE,
        order=25,
    )
)
