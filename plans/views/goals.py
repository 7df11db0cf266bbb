"""Changing the goals of a plan: their tree, with the actions in it, and the figures by which they are known."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me
from core.pages import answer_button
from plans.actions import remove_figure, remove_goal
from plans.forms.goals import FigureForm, GoalForm, MoveGoalForm, in_tree
from plans.models import Goal, GoalIndicator, Plan
from plans.views.editing import answer_edit, page_of, plan_or_404, written_or_404
from plans.weight import progress_of


@require_safe
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    """The goals of a plan in their tree, each with its actions and how far it is."""
    plan = plan_or_404(request, slug)
    rows = list(plan.goals.all())
    actions = list(plan.actions.all())
    progress = progress_of(rows, actions)
    tree = [
        {
            "goal": goal,
            "depth": depth,
            "progress": progress[goal.pk],
            "actions": [action for action in actions if action.goal_id == goal.pk],
        }
        for depth, goal in in_tree(rows)
    ]
    context = {
        "title": _("Goals and actions"),
        "tree": tree,
        "loose": [action for action in actions if action.goal_id is None],
        **page_of(request, plan, "edit_goals", (_("Goals and actions"), "")),
    }
    return render(request, "plans/edit/goals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new goal, under the one that the address names (`onder`)."""
    plan = plan_or_404(request, slug)
    under = asked_goal(request, plan)
    return answer_edit(
        request,
        GoalForm,
        plan,
        None,
        start={"parent": under.pk} if under else None,
        **_page(request, plan, _("New goal")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, identifier: UUID) -> HttpResponse:
    """A goal, with its figures."""
    plan, goal = _goal(plan_or_404(request, slug), identifier)
    figures = goal.indicators.select_related("indicator", "area")
    page = _page(request, plan, goal.name)
    return answer_edit(
        request,
        GoalForm,
        plan,
        goal,
        **{**page, "template": "plans/edit/goal.html"},
        goal=goal,
        figures=figures,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str, identifier: UUID) -> HttpResponse:
    """Where a goal stands."""
    plan, goal = _goal(written_or_404(request, slug), identifier)
    page = {**_page(request, plan, goal.name), "lead": goal.name, "button": _("Move the goal")}
    return answer_edit(request, MoveGoalForm, plan, goal, **page)


@require_POST
def remove(request: HttpRequest, slug: str, identifier: UUID) -> HttpResponse:
    """Remove a goal on which nothing hangs."""
    plan, goal = _goal(written_or_404(request, slug), identifier)
    return answer_button(
        request,
        do=lambda: remove_goal(goal=goal, by=me(request), version=request.POST.get("version")),
        to=reverse("plans:edit_goals", args=[plan.slug]),
        done=_("The goal is removed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def figure_new(request: HttpRequest, slug: str, identifier: UUID) -> HttpResponse:
    """A figure by which a goal is known."""
    plan, goal = _goal(plan_or_404(request, slug), identifier)
    return answer_edit(
        request, FigureForm, plan, None, start={"of_goal": goal.pk}, **_figure_page(request, plan, goal)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, slug: str, identifier: UUID, key: int) -> HttpResponse:
    """A figure that a goal has."""
    plan, goal = _goal(plan_or_404(request, slug), identifier)
    return answer_edit(request, FigureForm, plan, _figure(goal, key), **_figure_page(request, plan, goal))


@require_POST
def figure_remove(request: HttpRequest, slug: str, identifier: UUID, key: int) -> HttpResponse:
    """Know a goal no longer by a figure."""
    plan, goal = _goal(written_or_404(request, slug), identifier)
    row = _figure(goal, key)
    return answer_button(
        request,
        do=lambda: remove_figure(figure=row, by=me(request), version=request.POST.get("version")),
        to=reverse("plans:goal_edit", args=[plan.slug, goal.uuid]),
        done=_("The figure is removed from this goal."),
    )


def _goal(plan: Plan, identifier: UUID) -> tuple[Plan, Goal]:
    goal = get_object_or_404(Goal, plan=plan, uuid=identifier)
    goal.plan = plan
    return plan, goal


def _figure(goal: Goal, key: int) -> GoalIndicator:
    row = get_object_or_404(GoalIndicator.objects.select_related("indicator", "area"), goal=goal, pk=key)
    row.goal = goal
    return row


def asked_goal(request: HttpRequest, plan: Plan) -> Goal | None:
    """The goal of the plan that the address names, if it names one."""
    try:
        identifier = UUID(request.GET.get("onder", ""))
    except ValueError:
        return None
    return get_object_or_404(Goal, plan=plan, uuid=identifier)


def _page(request: HttpRequest, plan: Plan, words: str) -> dict[str, Any]:
    back = reverse("plans:edit_goals", args=[plan.slug])
    page = page_of(request, plan, "edit_goals", (_("Goals and actions"), back), (words, ""))
    return {**page, "to": back, "back": back}


def _figure_page(request: HttpRequest, plan: Plan, goal: Goal) -> dict[str, Any]:
    back = reverse("plans:goal_edit", args=[plan.slug, goal.uuid])
    goals_url = reverse("plans:edit_goals", args=[plan.slug])
    page = page_of(
        request, plan, "edit_goals", (_("Goals and actions"), goals_url), (goal.name, back), (_("Figure"), "")
    )
    return {**page, "lead": goal.name, "to": back, "back": back}
