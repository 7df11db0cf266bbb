"""Plans as tables: bringing one in after a look at what it would do, and taking one along."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from areas.models import Municipality
from core.access import open_to_all, owner_of, permitted
from core.intake import keep, page_of
from core.intakepages import IntakePage, act, back_when_gone, find, show
from core.models import Intake
from core.pages import answer_form, posted, table_file
from plans.exchange.columns import heads, money_of, rows_of
from plans.exchange.difference import Difference, in_order, read_rows, things_of
from plans.exchange.linked import linked_data
from plans.forms.exchange import UploadForm
from plans.intake import PLANS
from plans.models import Plan, PlanQuerySet

SHOWN = 200
LINKED = "application/ld+json"


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file and the plan that it is for; nothing happens to the plan until the person confirms."""
    municipality = municipality_or_404(request, "plans.import_plan")
    form = UploadForm(
        posted(request),
        request.FILES or None,
        plans=_writable(request, municipality),
        initial={"plan": request.GET.get("plan", "")},
    )
    return answer_form(
        request,
        form,
        do=lambda: keep(
            kind=PLANS,
            upload=form.cleaned_data["file"],
            place=municipality.pk,
            owner=owner_of(request),
            by=request.user,
            reading=form.reading(),
        ),
        to=page_of,
        template="plans/import.html",
        crumbs=[(_("Bring in a plan"), "")],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@back_when_gone("plans:import")
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the table would do, row by row; then do it, take another file, or throw it away."""
    municipality = municipality_or_404(request, "plans.import_plan")
    kept = find(PLANS, uuid, place=municipality.pk, owner=owner_of(request))
    return act(request, kept, IMPORT) or show(request, kept, IMPORT)


@open_to_all
@require_safe
def table(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """The goals and actions of a plan as CSV or XLSX: what goes out comes in unchanged."""
    plan = _visible_or_404(request, slug)
    goals, actions = things_of(plan, request.user)
    money = money_of(actions)
    rows = rows_of(in_order(goals, actions), money)
    return table_file(f"plan-{plan.slug}", extension, heads(money), rows, title=plan.name)


@open_to_all
@require_safe
def linked(request: HttpRequest, slug: str) -> HttpResponse:
    """All of a plan as JSON-LD, in the words of the Flemish local decisions (ELI) and of schema.org."""
    plan = _visible_or_404(request, slug)
    response = HttpResponse(
        linked_data(plan, request.build_absolute_uri("/"), request.user), content_type=LINKED
    )
    response["Content-Disposition"] = f'attachment; filename="plan-{plan.slug}.jsonld"'
    return response


def _writable(request: HttpRequest, municipality: Municipality) -> PlanQuerySet:
    """The plans that this person may write in, those that were withdrawn or led on apart."""
    plans = Plan.objects.of(municipality).filter(leads_to__isnull=True).exclude(stage=Plan.Stage.WITHDRAWN)
    return permitted(plans, request.user, "plans.publish_plan")


def _visible_or_404(request: HttpRequest, slug: str) -> Plan:
    plans = Plan.objects.of(municipality_or_404(request)).visible_to(request.user)
    return get_object_or_404(plans.select_related("municipality"), slug=slug)


def _context(request: HttpRequest, kept: Intake, found: Difference) -> dict[str, Any]:
    return {
        "refused_rows": found.refused[:SHOWN],
        "added": found.added[:SHOWN],
        "changed": found.changed[:SHOWN],
        "told": found.told[:SHOWN],
        "missing": found.missing[:SHOWN],
        "is_faulty": bool(found.refused),
        "shown": SHOWN,
        "crumbs": [(_("Bring in a plan"), reverse("plans:import")), (_("Check the table"), "")],
    }


def _done(found: Difference) -> tuple[str, Any]:
    added, changed = len(found.added), len(found.changed)
    words = (
        ngettext("%(number)d row added", "%(number)d rows added", added) % {"number": added}
        + ", "
        + ngettext("%(number)d changed.", "%(number)d changed.", changed) % {"number": changed}
    )
    return words, found.plan.get_absolute_url()


IMPORT = IntakePage(
    template="plans/import_check.html",
    start="plans:import",
    context=_context,
    done=_done,
    reads=read_rows,
)
