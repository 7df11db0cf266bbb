"""What looks wrong in the data, as a list and as a table, and saying of a finding that it is right so."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from areas.current import municipality_or_404
from core.access import permitted
from core.navigation import Tab
from core.pages import answer_form, posted, show_list, table_file
from workplaces.actions import waive_finding
from workplaces.forms.office import WaiverForm
from workplaces.models import WorkLocation
from workplaces.quality import RULES, SEVERITIES, Finding, findings
from workplaces.views.shared import crumbs, editable_or_404

FOUND = ngettext_lazy("%(number)d thing to look at", "%(number)d things to look at", "number")
COLUMNS = ("locatie", "adres", "regel", "ernst", "bevinding")


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """What looks wrong, the worst first; one rule or all."""
    found = list(findings(municipality_or_404(request, "workplaces.view_quality")))
    counts = Counter(finding.rule.name for finding in found)

    def editable(shown: list[Finding]) -> dict[str, Any]:
        here = WorkLocation.objects.filter(pk__in=[finding.location.pk for finding in shown])
        mine = permitted(here, request.user, "workplaces.change_location")
        return {"editable": set(mine.values_list("pk", flat=True))}

    return show_list(
        request,
        "workplaces/quality.html",
        _of_rule(request, found),
        words=FOUND,
        table="workplaces:quality_table",
        per_page=100,
        beside=editable,
        title=_("Data quality"),
        tabs=_tabs(counts, request.GET.get("regel", "")),
        crumbs=crumbs((_("Data quality"), "")),
    )


def _tabs(counts: Counter[str], chosen: str) -> list[Tab]:
    """All, and each rule that found something."""
    url = reverse("workplaces:quality")
    everything = Tab(title=_("All"), url=url, count=counts.total(), is_current=not chosen)
    rules = (
        Tab(
            title=one.title,
            url=f"{url}?regel={one.name}",
            count=counts[one.name],
            is_current=chosen == one.name,
        )
        for one in RULES.values()
        if counts[one.name]
    )
    return [everything, *rules]


@require_safe
def quality_table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the list shows as CSV or XLSX."""
    found = _of_rule(request, list(findings(municipality_or_404(request, "workplaces.view_quality"))))
    rows = (
        (one.location.name, one.location.full_address, one.rule.title, SEVERITIES[one.severity], one.sentence)
        for one in found
    )
    return table_file("bevindingen", extension, COLUMNS, rows, title=_("Data quality"))


def _of_rule(request: HttpRequest, found: list[Finding]) -> list[Finding]:
    rule = request.GET.get("regel", "")
    return [finding for finding in found if finding.rule.name == rule] if rule in RULES else found


@require_POST
def waive(request: HttpRequest, slug: str, rule: str) -> HttpResponse:
    """Say of a finding that it is right so."""
    location = editable_or_404(request, slug)
    if rule not in RULES:
        raise Http404
    form = WaiverForm(posted(request))
    return answer_form(
        request,
        form,
        do=lambda: waive_finding(location=location, rule=rule, by=request.user, **form.cleaned_data),
        to="workplaces:quality",
        done=_("The finding leaves the list."),
        title=_("It is right so"),
        lead=f"{location.name}: {RULES[rule].title}",
        button=_("Take it off the list"),
        back=reverse("workplaces:quality"),
        crumbs=crumbs((_("Data quality"), reverse("workplaces:quality")), (location.name, "")),
    )
