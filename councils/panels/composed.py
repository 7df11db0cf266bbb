"""Who sits in a council, whether it is composed as it must be, and how to reach it."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.attachments import attached
from core.panels import Importance, Panel, PanelContent, panels
from councils.attachments import FILES
from councils.composition import judged, periods_of, told_apart
from councils.makeup import makeup_once
from councils.panels import COUNCIL, ORDER
from councils.reading.seated import Bench
from councils.reading.told import told

LOOKED_BACK = dt.timedelta(days=365)


def members(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """Who sits in it today, and which places are free."""
    bench = Bench(makeup_once(obj), timezone.localdate())
    keeps = request.user.has_perm("councils.keep_council", obj)
    return PanelContent(context={"bench": bench, "council": obj, "keeps": keeps}, is_example=obj.is_example)


def composition(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """Whether it is composed as it must be, today and in the last year; the secretary sees numbers, others the verdict."""
    makeup, today = makeup_once(obj), timezone.localdate()
    if not makeup.members:
        return None
    first = max(today - LOOKED_BACK, min(one.first_on for one in makeup.members))
    judgement, before = judged(makeup, today), periods_of(makeup, first, today)
    is_secretary = request.user.has_perm("councils.see_gender", obj)
    if not is_secretary:
        judgement, before = judgement.for_others(), list(told_apart(before))
    return PanelContent(
        context={"told": told(judgement, before, today=today), "today": today, "sees_gender": is_secretary}
    )


def contact(*, request: HttpRequest, obj: Any) -> PanelContent | None:
    """How to reach it, on what it rests, and its papers."""
    bench = Bench(makeup_once(obj), timezone.localdate())
    files = attached(FILES, obj, request.user)
    return PanelContent(context={"council": obj, "secretary": bench.secretary, "files": files})


for name, title, show in (
    ("members", gettext_lazy("Who sits in the council"), members),
    ("composition", gettext_lazy("Is the council composed as it must be?"), composition),
    ("contact", gettext_lazy("Ask the council something"), contact),
):
    panels.register(
        Panel(
            name=f"councils.{name}",
            target=COUNCIL,
            title=title,
            template=f"councils/panels/{name}.html",
            content=show,
            importance=Importance.WHOLE,
            order=ORDER[name],
        )
    )
