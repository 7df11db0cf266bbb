"""Aimed for? Done? In a period: what is written of a plan, its goals and its actions."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me, site_of
from areas.current import municipality_or_404
from core.access import permitted_or_404
from core.pages import answer_button, answer_form, posted, show_list
from plans.actions import progress
from plans.forms.following import ProgressForm
from plans.models import Action, Goal, Plan, ProgressEntry
from plans.views.shared import plan_crumbs

PERMISSION = "plans.report_progress"
FOUND = ngettext_lazy("%(number)d entry", "%(number)d entries", "number")
Of = Plan | Goal | Action


@require_safe
def entries(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was written of a plan, the newest period first."""
    plan = _plan(request, slug)
    found = plan.progress.select_related("goal", "action").order_by(
        "-first_on", "goal__code", "action__number", "pk"
    )
    goals = plan.goals.order_by("code", "order", "pk")
    return show_list(
        request, "plans/following/progress.html", found, words=FOUND, title=_("Progress"), plan=plan, goals=goals,
        crumbs=_crumbs(plan),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def of_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the progress of a plan."""
    plan = _plan(request, slug)
    return _answer(request, plan, plan)


@require_http_methods(["GET", "HEAD", "POST"])
def of_goal(request: HttpRequest, slug: str, identifier: UUID) -> HttpResponse:
    """Write the progress of a goal."""
    plan = _plan(request, slug)
    goal = get_object_or_404(Goal, plan=plan, uuid=identifier)
    goal.plan = plan
    return _answer(request, plan, goal)


@require_http_methods(["GET", "HEAD", "POST"])
def of_action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write the progress of an action."""
    known = Action.objects.of(municipality_or_404(request)).select_related("plan__municipality")
    action = permitted_or_404(known, request.user, PERMISSION, plan__slug=slug, number=number)
    return _answer(request, action.plan, action)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Write it better, or go on with it."""
    entry = _entry(request, slug, key)
    return _answer(request, entry.plan, entry.of, entry)


@require_POST
def remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take it away."""
    entry = _entry(request, slug, key)
    return answer_button(
        request,
        do=lambda: progress.remove_progress(entry=entry, by=me(request)),
        to=_back(entry.of),
        done=_("It is taken away."),
    )


def _answer(request: HttpRequest, plan: Plan, of: Of, row: ProgressEntry | None = None) -> HttpResponse:
    form = ProgressForm(posted(request), about=of, by=me(request), row=row)
    asks = form.period is not None
    title = _("Aimed for? Done?")
    return answer_form(
        request,
        form,
        do=lambda: form.apply(site=site_of(request)),
        to=_back(of),
        done=_("It waits for an answer, and goes out after a yes.") if asks else _("Saved."),
        again=lambda now: ProgressForm(about=of, by=me(request), row=now),
        title=title,
        lead=str(of),
        button=_("Ask first") if asks else _("Save"),
        back=_back(of),
        crumbs=_crumbs(plan, (title, "")),
    )


def _back(of: Of) -> str:
    if isinstance(of, Action):
        return reverse("plans:following", args=[of.plan.slug, of.number])
    plan = of if isinstance(of, Plan) else of.plan
    return reverse("plans:progress", args=[plan.slug])


def _plan(request: HttpRequest, slug: str) -> Plan:
    known = Plan.objects.of(municipality_or_404(request)).select_related("municipality")
    return permitted_or_404(known, request.user, PERMISSION, slug=slug)


def _entry(request: HttpRequest, slug: str, key: int) -> ProgressEntry:
    known = ProgressEntry.objects.select_related("plan__municipality", "goal__plan", "action__plan")
    entry = get_object_or_404(known, plan__municipality=municipality_or_404(request), plan__slug=slug, pk=key)
    if not request.user.has_perm(PERMISSION, entry.of):
        raise Http404
    return entry


def _crumbs(plan: Plan, *more: tuple[str, str]) -> list[tuple[str, str]]:
    here = (_("Progress"), reverse("plans:progress", args=[plan.slug]) if more else "")
    return plan_crumbs(plan, here, *more)
