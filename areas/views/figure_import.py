"""`/cijfers/inlezen/`: a table of figures, what it would change, and the yes; for those who bring figures, 404 for others."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from areas.current import municipality_or_404
from areas.figures.periods import period_words
from areas.figures.plan import Plan, PlannedValue
from areas.figures.tables import rows_in
from areas.figures.wording import kept_words, missing_words
from areas.filekinds import FIGURES
from areas.forms.figures import FiguresForm, ReadingForm
from areas.intake import about_figures
from areas.models import Area, Indicator
from areas.views.figures import PERMISSION, crumbs
from core.access import owner_of
from core.intake import answer, keep, page_of, plan_of
from core.intakepages import IntakePage, act, back_when_gone, find, show
from core.models import Intake
from core.pages import answer_form, posted
from core.verbs import Refused

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a table; nothing happens to the figures until the person confirms."""
    municipality = municipality_or_404(request, PERMISSION)
    form = FiguresForm(municipality, posted(request), request.FILES or None)
    chosen = form.fields["indicator"].queryset.filter(slug=_asked(request))  # type: ignore[attr-defined]
    form.initial["indicator"] = chosen.first()
    return answer_form(
        request,
        form,
        do=lambda: keep(
            kind=FIGURES,
            upload=form.cleaned_data["file"],
            place=municipality.pk,
            owner=owner_of(request),
            reading=form.reading,
            by=request.user,
        ),
        to=page_of,
        template="areas/figures/import.html",
        crumbs=crumbs((_("Bring figures in"), "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@back_when_gone("areas:figures_import")
def check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """What the table would change, and what is not clear; then bring it in, read it otherwise, or throw it away."""
    municipality = municipality_or_404(request, PERMISSION)
    kept = find(FIGURES, identifier, place=municipality.pk, owner=owner_of(request))
    return act(request, kept, IMPORT) or _read(request, kept)


def _read(request: HttpRequest, kept: Intake) -> HttpResponse:
    """The page, with what was answered about the table."""
    try:
        plan = plan_of(kept)
    except Refused as refused:
        return show(request, kept, IMPORT, refused=refused)
    form = _form(kept, plan, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer(intake=kept, reading=form.reading, answers=form.matches(kept.answers), by=request.user)
        return redirect(page_of(kept))
    return show(request, kept, IMPORT, plan=plan, form=form, status=422 if form.errors else 200)


def _form(kept: Intake, plan: Plan, data: Any = None) -> ReadingForm:
    areas = Area.objects.active().filter(kind=kept.reading["kind"], is_residual=False)
    return ReadingForm(kept, plan, areas.order_by("name"), data)


def _context(request: HttpRequest, kept: Intake, plan: Plan) -> dict[str, Any]:
    kind, indicator = about_figures(kept)
    return {
        "kind": kind,
        "indicator": indicator,
        "form": _form(kept, plan),
        "matched": [match for match in plan.matches if match.area][:SHOWN],
        "left_out": [match for match in plan.matches if not match.area and not match.is_open],
        "faults": plan.faults[:SHOWN],
        "is_faulty": bool(plan.faults),
        "tables": [
            (_told(plan.changed), len(plan.changed), _("What changes"), "changed"),
            (_told(plan.missing), len(plan.missing), _("Without a number, and why"), "missing"),
            (_told(plan.added), len(plan.added), _("What comes in"), "added"),
        ],
        "shown": SHOWN,
        "crumbs": crumbs((_("Bring figures in"), "")),
    }


def _told(values: list[PlannedValue]) -> list[dict[str, Any]]:
    """The first of these figures, in words."""
    return [
        {
            "one": one,
            "period": period_words(one.period),
            "before": _known_words(one.indicator, one.before.value, one.before.reason) if one.before else "",
            "after": _known_words(one.indicator, one.value, one.reason),
        }
        for one in values[:SHOWN]
    ]


def _known_words(indicator: Indicator, value: Decimal | None, reason: str) -> str:
    return missing_words(reason) if value is None else kept_words(indicator, value)


def _done(plan: Plan) -> tuple[str, Any]:
    added, changed = len(plan.added), len(plan.changed)
    words = (
        ngettext("%(number)d figure came in", "%(number)d figures came in", added) % {"number": added}
        + ", "
        + ngettext("%(number)d changed.", "%(number)d changed.", changed) % {"number": changed}
    )
    told = {value.indicator for value in plan.layout.values}
    return words, told.pop() if len(told) == 1 else "areas:figures"


IMPORT = IntakePage(
    template="areas/figures/check.html",
    start="areas:figures_import",
    context=_context,
    done=_done,
    choices=lambda data: {"without_faulty": "without_faulty" in data},
    reads=rows_in,
)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("cijfer", "").replace("\x00", "")
