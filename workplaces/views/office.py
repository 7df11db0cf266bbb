"""Pages of the office: bringing in a table, and what looks wrong in the data."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from areas.current import municipality_or_404
from core.access import permitted
from core.tables import Row
from core.verbs import Conflict
from workplaces.actions import import_locations, waive_finding
from workplaces.exchange import NAMES
from workplaces.forms.office import UploadForm, WaiverForm
from workplaces.models import LocationImport, WorkLocation
from workplaces.plan import Plan
from workplaces.quality import RULES, SEVERITIES, findings
from workplaces.views.shared import crumbs, editable_or_404

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; nothing is written but the rows themselves, until the person confirms."""
    municipality = municipality_or_404(request, "workplaces.import_locations")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        LocationImport.objects.filter(municipality=municipality, owner_id=request.user.pk).delete()
        kept = LocationImport.objects.create(
            municipality=municipality,
            owner_id=cast(User, request.user).pk,
            file_name=form.cleaned_data["file"].name[-120:],
            rows=[[row.number, row.cells] for row in form.rows],
        )
        return redirect("workplaces:import_check", kept.uuid)
    context = {"form": form, "columns": NAMES, "crumbs": crumbs((_("Bring in a table"), ""))}
    return render(request, "workplaces/import.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, uuid: str) -> HttpResponse:
    """What the table would do, row by row; then do it."""
    municipality = municipality_or_404(request, "workplaces.import_locations")
    kept = get_object_or_404(LocationImport, uuid=uuid, owner_id=request.user.pk, municipality=municipality)
    rows = [Row(number, cells) for number, cells in kept.rows]
    what: dict[str, Any] = {"municipality": municipality, "by": request.user, "rows": rows}
    changed = False
    if request.method == "POST":
        try:
            plan = import_locations(**what, digest=request.POST.get("digest", ""), file_name=kept.file_name)
        except Conflict as other:
            plan, changed = other.current, True
        else:
            kept.delete()
            messages.success(request, _done(plan))
            return redirect("workplaces:list")
    else:
        plan = import_locations(**what, dry_run=True)
    context = {
        "kept": kept,
        "plan": plan,
        "changed_meanwhile": changed,
        "refused": plan.refused[:SHOWN],
        "added": plan.added[:SHOWN],
        "changed": plan.changed[:SHOWN],
        "shown": SHOWN,
        "crumbs": crumbs((_("Bring in a table"), "")),
    }
    return render(request, "workplaces/import_check.html", context)


def _done(plan: Plan) -> str:
    added, changed = len(plan.added), len(plan.changed)
    return (
        ngettext("%(number)d location added", "%(number)d locations added", added) % {"number": added}
        + ", "
        + ngettext("%(number)d changed.", "%(number)d changed.", changed) % {"number": changed}
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
