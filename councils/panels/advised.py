"""Advices on other pages: of a council on its own page, of its councils on that of an area; of a plan on the plan's."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.panels import Importance, Panel, PanelContent, panels
from councils.models import Advice, AdviceQuerySet
from councils.panels import COUNCIL, ORDER
from councils.register import rows_of, with_outcome

MOST = 5
MOST_DRAFTS = 20


def _content(advices: AdviceQuerySet, url: str) -> PanelContent | None:
    found = list(with_outcome(advices).newest_first()[: MOST + 1])
    if not found:
        return None
    shown = found[:MOST]
    return PanelContent(
        context={"shown": rows_of(shown)},
        url=url if len(found) > MOST else "",
        more=_("All advices") if len(found) > MOST else "",
        is_example=all(one.is_example for one in shown),
    )


def of_council(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """What the council advised, and what was answered; those in the making for who works for it and its members. One query."""
    keeps = request.user.has_perm("councils.keep_council", obj)
    sees = keeps or request.user.has_perm("councils.attend", obj)
    states = (Advice.State.ADOPTED, Advice.State.DRAFT) if sees else (Advice.State.ADOPTED,)
    asked = with_outcome(Advice.objects.filter(council=obj, state__in=states))
    found = list(asked.newest_first()[: MOST + MOST_DRAFTS + 1])
    drafts = [one for one in found if not one.is_public]
    given = [one for one in found if one.is_public]
    if not found and not keeps:
        return None
    is_more = len(given) > MOST
    return PanelContent(
        context={
            "shown": rows_of(given[:MOST]),
            "drafts": drafts,
            "begin": reverse("advices:begin", args=[obj.slug]) if keeps else "",
        },
        url=f"{reverse('advices:list')}?raad={obj.slug}" if is_more else "",
        more=_("All advices") if is_more else "",
        is_example=bool(found) and all(one.is_example for one in found),
    )


def in_area(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """What councils of the area advised, and what was answered. One query."""
    url = f"{reverse('advices:list')}?gebied={obj.slug}"
    return _content(Advice.objects.of(obj.municipality_id).adopted().in_area(obj), url)


def about_plan(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """What councils advised about a plan. One query."""
    return _content(Advice.objects.adopted().filter(plan=obj), reverse("advices:list"))


for panel in (
    Panel(
        name="councils.about_plan", target="plans.plan", title=gettext_lazy("What councils advised"),
        template="councils/panels/advices.html", content=about_plan, importance=Importance.WHOLE, order=20,
    ),
    Panel(
        name="councils.advices", target=COUNCIL, title=gettext_lazy("Advices, and what was answered"),
        template="councils/panels/advices.html", content=of_council, importance=Importance.WHOLE, order=ORDER["advice"],
    ),
    Panel(
        name="councils.advised", target="areas.area", title=gettext_lazy("What councils advised"),
        template="councils/panels/advices.html", content=in_area, importance=Importance.WHOLE, order=26,
    ),
):  # fmt: skip
    panels.register(panel)
