"""Changing a plan in words: its text in parts, what changes for whom, its direction, its touchstones."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me
from core.pages import answer_button
from plans.actions import remove_direction, remove_impact, remove_text
from plans.forms.texts import DirectionQuestions, ImpactForm, TextForm, TouchstonesForm
from plans.models import Direction, Impact, Plan, PlanText
from plans.views.editing import answer_edit, page_of, plan_or_404, written_or_404


@require_safe
def texts(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of the text."""
    plan = plan_or_404(request, slug)
    context = {
        "title": _("Text"),
        "parts": plan.texts.all(),
        **page_of(request, plan, "edit_texts", (_("Text"), "")),
    }
    return render(request, "plans/edit/texts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, slug: str, key: int | None = None) -> HttpResponse:
    """A part of the text: a new one, or one that there is."""
    plan = plan_or_404(request, slug)
    row = _of(plan, PlanText, key)
    return _answer(request, TextForm, plan, row, "edit_texts", _("Text"))


@require_POST
def text_remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Remove a part of the text."""
    plan = written_or_404(request, slug)
    row = _of(plan, PlanText, key)
    return answer_button(
        request,
        do=lambda: remove_text(text=row, by=me(request), version=request.POST.get("version")),
        to=reverse("plans:edit_texts", args=[slug]),
        done=_("This part is removed."),
    )


@require_safe
def impacts(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes for whom."""
    plan = plan_or_404(request, slug)
    context = {
        "title": _("For whom"),
        "impacts": plan.impacts.all(),
        **page_of(request, plan, "edit_impacts", (_("For whom"), "")),
    }
    return render(request, "plans/edit/impacts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def impact(request: HttpRequest, slug: str, key: int | None = None) -> HttpResponse:
    """What changes for one group."""
    plan = plan_or_404(request, slug)
    row = _of(plan, Impact, key)
    return _answer(request, ImpactForm, plan, row, "edit_impacts", _("For whom"))


@require_POST
def impact_remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Say no more that it changes something for a group."""
    plan = written_or_404(request, slug)
    row = _of(plan, Impact, key)
    return answer_button(
        request,
        do=lambda: remove_impact(impact=row, by=me(request), version=request.POST.get("version")),
        to=reverse("plans:edit_impacts", args=[slug]),
        done=_("This is removed."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def direction(request: HttpRequest, slug: str) -> HttpResponse:
    """The two questions, and what was answered before."""
    plan = plan_or_404(request, slug)
    return answer_edit(
        request,
        DirectionQuestions,
        plan,
        plan,
        to=reverse("plans:edit_direction", args=[slug]),
        back=plan.get_absolute_url(),
        directions=plan.directions.all(),
        **{
            **page_of(request, plan, "edit_direction", (_("Direction"), "")),
            "template": "plans/edit/direction.html",
        },
    )


@require_POST
def direction_remove(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take back what was chosen for a day."""
    plan = written_or_404(request, slug)
    row = get_object_or_404(Direction, plan=plan, pk=key)
    row.plan = plan
    return answer_button(
        request,
        do=lambda: remove_direction(direction=row, by=me(request)),
        to=reverse("plans:edit_direction", args=[slug]),
        done=_("This choice is taken back."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def touchstones(request: HttpRequest, slug: str) -> HttpResponse:
    """What the plan does for each principle."""
    plan = plan_or_404(request, slug)
    return answer_edit(
        request,
        TouchstonesForm,
        plan,
        plan,
        to=reverse("plans:edit_touchstones", args=[slug]),
        back=plan.get_absolute_url(),
        may_manage=request.user.has_perm("plans.change_principle", plan.municipality),
        **{
            **page_of(request, plan, "edit_touchstones", (_("Touchstones"), "")),
            "template": "plans/edit/touchstones.html",
        },
    )


def _of(plan: Plan, model: type[Any], key: int | None) -> Any:
    if key is None:
        return None
    row = get_object_or_404(model, plan=plan, pk=key)
    row.plan = plan
    return row


def _answer(request: HttpRequest, kind: Any, plan: Plan, row: Any, current: str, words: str) -> HttpResponse:
    back = reverse(f"plans:{current}", args=[plan.slug])
    page = page_of(request, plan, current, (words, back), (str(row) if row else _("New"), ""))
    return answer_edit(request, kind, plan, row, to=back, back=back, **page)
