"""What the pages on which a plan is changed share: who may, the tabs, and a form that is done at once or becomes a proposal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Consent
from accounts.views.access import me, site_of
from areas.current import municipality_or_404
from core.access import permitted, permitted_or_404
from core.navigation import Tab
from core.pages import answer_form, posted
from plans.forms.base import EditForm
from plans.models import Action, Plan, Proposal
from plans.rules import may_write


def plan_or_404(request: HttpRequest, slug: str, permission: str = "plans.propose_change") -> Plan:
    """A plan that the person may change, or propose changes of."""
    plans = Plan.objects.of(municipality_or_404(request)).select_related(
        "municipality", "owner_team", "policy_field"
    )
    return permitted_or_404(plans, request.user, permission, slug=slug)


def written_or_404(request: HttpRequest, slug: str) -> Plan:
    """A plan that the person may change at once."""
    return plan_or_404(request, slug, "plans.write_plan")


def crumbs(plan: Plan, *more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way back: the plan, how it is changed, and what lies between."""
    return [
        (_("Plans"), reverse("plans:list")),
        (plan.name, plan.get_absolute_url()),
        (_("Change"), reverse("plans:edit", args=[plan.slug])),
        *more,
    ]


def tabs(plan: Plan, user: Any, current: str) -> list[Tab]:
    """The parts of a plan that are changed apart; who publishes has some more."""
    words = [
        ("edit", _("Name, period and areas")),
        ("edit_texts", _("Text")),
        ("edit_goals", _("Goals and actions")),
        ("edit_impacts", _("For whom")),
        ("edit_direction", _("Direction")),
        ("edit_touchstones", _("Touchstones")),
    ]
    if user.has_perm("plans.manage_people", plan):
        words.append(("edit_people", _("People")))
    if user.has_perm("plans.publish_plan", plan):
        words.append(("edit_stage", _("Stage")))
    words.append(("history", _("History")))
    return [
        Tab(title=title, url=reverse(f"plans:{word}", args=[plan.slug]), is_current=word == current)
        for word, title in words
    ]


def page_of(request: HttpRequest, plan: Plan, current: str, *more: tuple[str, str]) -> dict[str, Any]:
    """What every page of editing shows around its own part."""
    return {
        "plan": plan,
        "lead": plan.name,
        "tabs": tabs(plan, request.user, current),
        "writes": may_write(request.user, plan),
        "crumbs": crumbs(plan, *more),
        "waiting": permitted(Proposal.objects.waiting(), request.user, "plans.view_proposal")
        .filter(plan=plan)
        .count(),
    }


def answer_edit(
    request: HttpRequest,
    kind: type[EditForm],
    plan: Plan,
    row: Any,
    /,
    *,
    to: Any,
    start: dict[str, Any] | None = None,
    **page: Any,
) -> HttpResponse:
    """Show a form about a plan, or do what it asks: at once for who may write, as a proposal for others."""
    by = me(request)
    is_proposal = not may_write(by, plan)

    def fresh(now: Any) -> EditForm:
        there = now if isinstance(now, Plan) else plan
        return kind(None, plan=there, by=by, row=now, is_proposal=is_proposal, may_ask=False)

    form = kind(posted(request), plan=plan, by=by, row=row, is_proposal=is_proposal)
    form.initial.update(start or {})
    return answer_form(
        request,
        form,
        do=lambda: form.apply(site=site_of(request)),
        to=lambda done: _after(done, to),
        done=_done(form),
        again=fresh,
        **{
            "template": "plans/edit/form.html",
            "title": kind.title,
            "button": _("Propose this") if is_proposal else "",
            "is_proposal": is_proposal,
            **page,
            **({"button": _("Ask first")} if form.period else {}),
        },
    )


def _done(form: EditForm) -> str:
    if form.is_proposal:
        return _("Your proposal waits for who may publish the plan.")
    return _("It waits for an answer, and goes out after a yes.") if form.period else _("Saved.")


def _after(done: Any, to: Any) -> Any:
    """A proposal and what is asked first have their own page; what was done at once leads where the page says."""
    if isinstance(done, Proposal):
        return reverse("plans:proposal", args=[done.uuid])
    if isinstance(done, Consent):
        return done.get_absolute_url()
    return to(done) if callable(to) else to


def action_or_404(request: HttpRequest, slug: str, number: int) -> Action:
    """An action of a plan that the person may change, or propose changes of."""
    plan = plan_or_404(request, slug)
    actions = Action.objects.filter(plan=plan).select_related(
        "goal", "team", "carries_out__plan", "leads_to__plan"
    )
    action = get_object_or_404(actions, number=number)
    action.plan = plan
    return action
