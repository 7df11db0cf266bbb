"""The page of a plan, of an action, and of a version as it was adopted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.competence import named_for
from areas.current import municipality_or_404
from core.access import open_to_all
from core.attachments import attached
from core.panels import panels_for
from plans.models import PlanVersion
from plans.reading.action import ActionPage, actions_for_reading
from plans.reading.gather import for_reading, gather
from plans.reading.page import PlanPage
from plans.reading.version import VersionPage
from plans.views.shared import crumbs, plan_crumbs, plan_or_404


@open_to_all
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A plan, with what it promises and what became of it."""
    municipality = municipality_or_404(request)
    plan = get_object_or_404(for_reading(municipality, request.user), slug=slug)
    page = PlanPage(gather(plan, request.user, timezone.localdate()))
    context = {
        "plan": plan,
        "page": page,
        "files": attached("plans.plan", plan, request.user),
        "competent": named_for(municipality, plan.policy_field_id, [area.pk for area in plan.areas.all()]),
        "may_change": request.user.has_perm("plans.propose_change", plan),
        "may_import": request.user.has_perm("plans.import_plan", municipality),
        "panels": panels_for(request, plan),
        "crumbs": crumbs((plan.name, "")),
    }
    return render(request, "plans/detail.html", context)


@open_to_all
@require_safe
def action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An action: what is heard of it, what follows, who does it."""
    found = get_object_or_404(
        actions_for_reading(municipality_or_404(request), request.user), plan__slug=slug, number=number
    )
    page = ActionPage(found, request.user, timezone.localdate())
    label = _("Action %(number)d") % {"number": number}
    here = [area.pk for area in page.areas]
    context = {
        "action": found,
        "plan": found.plan,
        "page": page,
        "competent": named_for(found.plan.municipality, found.plan.policy_field_id, here),
        "may_change": request.user.has_perm("plans.propose_change", found.plan),
        "crumbs": plan_crumbs(found.plan, (label, "")),
    }
    return render(request, "plans/action.html", context)


@open_to_all
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A plan as it was adopted: frozen, with who decided."""
    plan = plan_or_404(request, slug)
    found = get_object_or_404(PlanVersion, plan=plan, number=number)
    title = _("Version %(number)d") % {"number": number}
    context = {
        "plan": plan,
        "version": found,
        "page": VersionPage(found),
        "title": title,
        "crumbs": plan_crumbs(plan, (title, "")),
    }
    return render(request, "plans/version.html", context)
