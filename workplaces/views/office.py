"""Pages of the office: bringing in a table, and what looks wrong in the data."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.current import municipality_or_404
from areas.views.shared import owner_of
from core.access import permitted
from core.intake import Gone, keep, page_of
from core.intakepages import IntakePage, act, find, gone, show
from core.models import Intake
from workplaces.actions import waive_finding
from workplaces.exchange import NAMES
from workplaces.forms.office import UploadForm, WaiverForm
from workplaces.intake import LOCATIONS
from workplaces.models import WorkLocation
from workplaces.plan import Plan, read_rows
from workplaces.quality import RULES, SEVERITIES, findings
from workplaces.views.shared import crumbs, editable_or_404

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; nothing happens to the locations until the person confirms."""
    municipality = municipality_or_404(request, "workplaces.import_locations")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = keep(
            kind=LOCATIONS,
            upload=form.cleaned_data["file"],
            place=municipality.pk,
            owner=owner_of(request),
            by=request.user,
        )
        return redirect(page_of(kept))
    context = {"form": form, "columns": NAMES, "crumbs": crumbs((_("Bring in a table"), ""))}
    return render(request, "workplaces/import.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the table would do, row by row; then do it, take another file, or throw it away."""
    municipality = municipality_or_404(request, "workplaces.import_locations")
    try:
        kept = find(LOCATIONS, uuid, place=municipality.pk, owner=owner_of(request))
        return act(request, kept, IMPORT) or show(request, kept, IMPORT)
    except Gone:
        return gone(request, IMPORT.start)


def _context(request: HttpRequest, kept: Intake, plan: Plan) -> dict[str, Any]:
    return {
        "refused_rows": plan.refused[:SHOWN],
        "added": plan.added[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "is_faulty": bool(plan.refused),
        "shown": SHOWN,
        "crumbs": crumbs((_("Bring in a table"), "")),
    }


def _done(plan: Plan) -> tuple[str, str]:
    added, changed = len(plan.added), len(plan.changed)
    words = (
        ngettext("%(number)d location added", "%(number)d locations added", added) % {"number": added}
        + ", "
        + ngettext("%(number)d changed.", "%(number)d changed.", changed) % {"number": changed}
    )
    return words, "workplaces:list"


IMPORT = IntakePage(
    template="workplaces/import_check.html",
    start="workplaces:import",
    context=_context,
    done=_done,
    reads=read_rows,
)


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """What looks wrong, the worst first; one rule or all."""
    municipality = municipality_or_404(request, "workplaces.view_quality")
    found = list(findings(municipality))
    counts = {name: sum(1 for finding in found if finding.rule.name == name) for name in RULES}
    rule = request.GET.get("regel", "")
    if rule:
        found = [finding for finding in found if finding.rule.name == rule]
    page = Paginator(found, 100).get_page(request.GET.get("page"))
    here = [finding.location.pk for finding in page]
    mine = permitted(WorkLocation.objects.filter(pk__in=here), request.user, "workplaces.change_location")
    context = {
        "page": page,
        "total": len(found),
        "rules": [(one, counts[one.name]) for one in RULES.values() if counts[one.name]],
        "rule": rule,
        "severities": SEVERITIES,
        "editable": set(mine.values_list("pk", flat=True)),
        "crumbs": crumbs((_("Data quality"), "")),
    }
    return render(request, "workplaces/quality.html", context)


@require_POST
def waive(request: HttpRequest, slug: str, rule: str) -> HttpResponse:
    """Say of a finding that it is right so."""
    location = editable_or_404(request, slug)
    if rule not in RULES:
        raise Http404
    form = WaiverForm(request.POST)
    if form.is_valid():
        waive_finding(location=location, rule=rule, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The finding leaves the list."))
    else:
        messages.error(request, _("Say in a few words why it is right."))
    return redirect("workplaces:quality")
