"""Making and changing actions, section by section."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.access import me
from core.navigation import Tab
from core.pages import answer_button
from plans.actions import remove_action
from plans.forms.actions import SECTIONS, ActionDetailsForm, LeadActionForm
from plans.models import Action
from plans.rules import may_write
from plans.views.editing import action_or_404, answer_edit, crumbs, plan_or_404
from plans.views.goals import asked_goal

TEMPLATES = {
    "gegevens": "plans/edit/action.html",
    "plaats": "plans/edit/place.html",
    "samenhang": "plans/edit/links.html",
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new action, for the goal that the address names (`onder`)."""
    plan = plan_or_404(request, slug)
    goal = asked_goal(request, plan)
    back = reverse("plans:edit_goals", args=[slug])
    return answer_edit(
        request,
        ActionDetailsForm,
        plan,
        None,
        start={"goal": goal.pk} if goal else None,
        to=lambda action: reverse("plans:action_section", args=[slug, action.number, "plaats"]),
        title=_("New action"),
        lead=plan.name,
        back=back,
        writes=may_write(request.user, plan),
        plan=plan,
        crumbs=crumbs(plan, (_("Goals and actions"), back), (_("New action"), "")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, slug: str, number: int, word: str = "gegevens") -> HttpResponse:
    """One section of an action."""
    action = action_or_404(request, slug, number)
    kind = SECTIONS.get(word)
    if kind is None:
        raise Http404
    url = reverse("plans:action_section", args=[slug, number, word])
    return answer_edit(
        request,
        kind,
        action.plan,
        action,
        to=url,
        template=TEMPLATES.get(word, "plans/edit/form.html"),
        rows_help=_("Empty a row to take it away."),
        **_page(request, action, word, str(kind.title)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def leads(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Which action took the place of this one."""
    action = action_or_404(request, slug, number)
    if not may_write(request.user, action.plan):
        raise Http404
    page = _page(request, action, "", str(LeadActionForm.title))
    page |= {"lead": _("Who comes to the old address is led on to the other action."), "tabs": []}
    back = reverse("plans:action_edit", args=[slug, number])
    return answer_edit(
        request, LeadActionForm, action.plan, action, to=back, **{**page, "template": "plans/edit/links.html"}
    )


@require_POST
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Remove an action of a plan that nobody read yet."""
    action = action_or_404(request, slug, number)
    if not may_write(request.user, action.plan):
        raise Http404
    return answer_button(
        request,
        do=lambda: remove_action(action=action, by=me(request), version=request.POST.get("version")),
        to=reverse("plans:edit_goals", args=[slug]),
        done=_("The action is removed."),
    )


def _page(request: HttpRequest, action: Action, word: str, words: str) -> dict[str, Any]:
    plan = action.plan
    goals = reverse("plans:edit_goals", args=[plan.slug])
    url = reverse("plans:action_edit", args=[plan.slug, action.number])
    return {
        "lead": action.name,
        "action": action,
        "plan": plan,
        "writes": may_write(request.user, plan),
        "back": goals,
        "tabs": [
            Tab(
                title=kind.title,
                url=reverse("plans:action_section", args=[plan.slug, action.number, one]),
                is_current=one == word,
            )
            for one, kind in SECTIONS.items()
        ],
        "crumbs": crumbs(plan, (_("Goals and actions"), goals), (action.name, url), (words, "")),
    }
