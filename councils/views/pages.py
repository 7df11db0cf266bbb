"""The page of one council: what it is, and a section for each subject (councils/panels)."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from areas.around import active_shapes
from areas.models import Area
from core.access import open_to_all
from core.panels import panels_for
from councils.composition import judged
from councils.makeup import makeup_once, with_makeup
from councils.models import Council
from councils.reading.meets import meetings_once, next_of
from councils.reading.seated import Bench
from councils.reading.told import FORMS
from councils.views.shared import crumbs, seen


@open_to_all
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits in a council, how it is composed, when it meets and what it advised."""
    areas = Prefetch("areas", Area.objects.prefetch_related(active_shapes()).order_by("name"))
    found = with_makeup(seen(request).select_related("municipality")).prefetch_related(areas)
    council: Any = get_object_or_404(found, slug=slug)
    shapes = [shape for area in council.areas.all() for shape in area.shown_shapes]
    keeps = request.user.has_perm("councils.keep_council", council)
    context = {
        "council": council,
        "table": Bench(makeup_once(council), timezone.localdate()).table,
        "judged": _judged(council),
        "next": next_of(meetings_once(council, keeps=keeps)),
        "portrait": shapes[0] if len(shapes) == 1 else None,
        "panels": panels_for(request, council),
        "keeps": keeps,
        "works": council.works_on(),
        "crumbs": crumbs((council.name, "")),
    }
    return render(request, "councils/detail.html", context)


def _judged(council: Council) -> dict[str, str]:
    """What anybody reads of how it is composed today; nothing while nobody sits in it."""
    today, makeup = timezone.localdate(), makeup_once(council)
    if not makeup.members or not council.works_on(today):
        return {}
    verdict = judged(makeup, today).for_others().verdict
    return {"form": FORMS[verdict], "words": verdict.words}
