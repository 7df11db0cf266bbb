"""`/cijfers/inlezen/`: a table of figures, what it would change, and the yes; for those who bring figures, 404 for others."""

import uuid
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from areas.actions import (
    FiguresRefused,
    confirm_upload,
    plan_upload,
    read_upload,
    upload_figures,
)
from areas.current import municipality_or_404
from areas.figures.periods import period_words
from areas.figures.plan import Plan, PlannedValue
from areas.figures.wording import kept_words, missing_words
from areas.forms.figures import FiguresForm, ReadingForm
from areas.models import Area, FigureImport, Indicator
from areas.views.figures import PERMISSION, crumbs
from areas.views.shared import owner_of
from core.verbs import Conflict

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a table; nothing is written but the table itself, until the person confirms."""
    municipality = municipality_or_404(request, PERMISSION)
    form = FiguresForm(municipality, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        kept = upload_figures(
            kind=values["kind"],
            indicator=values["indicator"],
            data=values["file"],
            file_name=form.file_name,
            reading=form.reading,
            owner=owner_of(request),
            by=request.user,
        )
        return redirect(kept)
    chosen = form.fields["indicator"].queryset.filter(slug=_asked(request))  # type: ignore[attr-defined]
    form.initial["indicator"] = chosen.first()
    context = {"form": form, "crumbs": crumbs((_("Bring figures in"), ""))}
    return render(request, "areas/figures/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """What the table would change, and what is not clear; then bring it in, read it otherwise, or throw it away."""
    municipality = municipality_or_404(request, PERMISSION)
    kept = get_object_or_404(
        FigureImport.objects.select_related("kind__municipality", "indicator", "municipality"),
        uuid=identifier,
        owner=owner_of(request),
        municipality=municipality,
    )
    if request.method == "POST" and "discard" in request.POST:
        kept.delete()
        return redirect("areas:figures_import")
    if request.method == "POST" and "confirm" in request.POST:
        return _confirm(request, kept)
    plan = plan_upload(upload=kept)
    form = ReadingForm(kept, plan, _areas(kept), request.POST or None)
    if request.method == "POST" and form.is_valid():
        read_upload(upload=kept, by=request.user, reading=form.reading, matches=form.matches(kept.matches))
        return redirect(kept)
    return _show(request, kept, plan, form, status=422 if form.errors else 200)


def _confirm(request: HttpRequest, kept: FigureImport) -> HttpResponse:
    try:
        plan = confirm_upload(
            upload=kept,
            by=request.user,
            digest=request.POST.get("digest", ""),
            without_faulty="without_faulty" in request.POST,
        )
    except FigureImport.DoesNotExist:  # sent twice, or thrown away in another window
        messages.info(request, _("This table is no longer there: it came in already, or was thrown away."))
        return redirect("areas:figures")
    except Conflict as conflict:
        form = ReadingForm(kept, conflict.current, _areas(kept))
        return _show(request, kept, conflict.current, form, status=409, refused=conflict)
    except FiguresRefused as refused:
        form = ReadingForm(kept, refused.plan, _areas(kept))
        return _show(request, kept, refused.plan, form, status=422, refused=refused)
    messages.success(request, _done(plan))
    if kept.indicator:
        return redirect(kept.indicator)
    return redirect("areas:figures")


def _show(
    request: HttpRequest, kept: FigureImport, plan: Plan, form: ReadingForm, **more: Any
) -> HttpResponse:
    refused = more.get("refused")
    context = {
        "kept": kept,
        "plan": plan,
        "form": form,
        "refused": refused,
        "is_changed_meanwhile": isinstance(refused, Conflict),
        "matched": [match for match in plan.matches if match.area][:SHOWN],
        "left_out": [match for match in plan.matches if not match.area and not match.is_open],
        "faults": plan.faults[:SHOWN],
        "tables": [
            (_told(plan.changed), len(plan.changed), _("What changes"), "changed"),
            (_told(plan.missing), len(plan.missing), _("Without a number, and why"), "missing"),
            (_told(plan.added), len(plan.added), _("What comes in"), "added"),
        ],
        "shown": SHOWN,
        "crumbs": crumbs((_("Bring figures in"), "")),
    }
    return render(request, "areas/figures/check.html", context, status=more.get("status", 200))


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


def _areas(kept: FigureImport) -> list[Area]:
    """The areas that a person may choose from."""
    return list(Area.objects.active().filter(kind=kept.kind, is_residual=False).order_by("name"))


def _done(plan: Plan) -> str:
    added, changed = len(plan.added), len(plan.changed)
    return (
        ngettext("%(number)d figure came in", "%(number)d figures came in", added) % {"number": added}
        + ", "
        + ngettext("%(number)d changed.", "%(number)d changed.", changed) % {"number": changed}
    )


def _asked(request: HttpRequest) -> str:
    return request.GET.get("cijfer", "").replace("\x00", "")
