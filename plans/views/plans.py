"""Making and changing a plan itself: what it is, who works on it, its stages, its history."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views.access import me, site_of
from areas.current import municipality_or_404
from core.changes import changes_of
from core.pages import answer_form, posted
from core.states import may_move
from plans.forms.plans import (
    STAGE_FORMS,
    AdoptForm,
    DetailsForm,
    LeadPlanForm,
    NewPlanForm,
    PeopleForm,
)
from plans.models import Plan
from plans.views.editing import answer_edit, page_of, plan_or_404, written_or_404

SHOWN = 100  # changes in the history
Stage = Plan.Stage
LEADS_TO = {"openstellen": Stage.PROPOSED, "beeindigen": Stage.ENDED, "intrekken": Stage.WITHDRAWN}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new plan."""
    municipality = municipality_or_404(request, "plans.add_plan")
    form = NewPlanForm(posted(request), municipality=municipality)
    return answer_form(
        request,
        form,
        do=lambda: form.apply(me(request)),
        to=lambda plan: reverse("plans:edit_goals", args=[plan.slug]),
        done=_("The plan is there, in the making. Now its goals and actions."),
        template="plans/edit/form.html",
        title=_("New plan"),
        lead=_("Only colleagues see it until you open it for reading."),
        button=_("Begin the plan"),
        crumbs=[(_("Plans"), reverse("plans:list")), (_("New plan"), "")],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """What a plan is, its period, its areas."""
    plan = plan_or_404(request, slug)
    return answer_edit(
        request,
        DetailsForm,
        plan,
        plan,
        to=plan.get_absolute_url(),
        back=plan.get_absolute_url(),
        **page_of(request, plan, "edit"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works on a plan beside who may anyway."""
    plan = plan_or_404(request, slug, "plans.manage_people")
    return answer_edit(
        request,
        PeopleForm,
        plan,
        plan,
        to=reverse("plans:edit_people", args=[slug]),
        back=plan.get_absolute_url(),
        rows_help=_("Empty a row to take it away. The team that leads the plan works on it anyway."),
        **page_of(request, plan, "edit_people", (str(PeopleForm.title), "")),
    )


@require_safe
def stage(request: HttpRequest, slug: str) -> HttpResponse:
    """Where a plan is, which steps it can take, and its versions."""
    plan = plan_or_404(request, slug, "plans.publish_plan")
    steps = [
        (form.title, form.lead, reverse("plans:stage_step", args=[slug, word]))
        for word, form in STAGE_FORMS.items()
        if _may_go(plan, word)
    ]
    context = {
        "title": _("Stage of the plan"),
        "steps": steps,
        "may_adopt": plan.stage == Stage.ADOPTED or may_move(plan, "stage", Stage.ADOPTED),
        "versions": plan.versions.defer("content").order_by("-number"),
        **page_of(request, plan, "edit_stage", (_("Stage of the plan"), "")),
    }
    return render(request, "plans/edit/stage.html", context)


def _may_go(plan: Plan, word: str) -> bool:
    if word == "heropnemen":
        return plan.stage in {Stage.PROPOSED, Stage.ENDED, Stage.WITHDRAWN}
    return may_move(plan, "stage", LEADS_TO[word])


@require_http_methods(["GET", "HEAD", "POST"])
def stage_step(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """One step of a plan."""
    plan = plan_or_404(request, slug, "plans.publish_plan")
    kind = STAGE_FORMS.get(word)
    if kind is None:
        raise Http404
    back = reverse("plans:edit_stage", args=[slug])
    form = kind(posted(request), plan=plan, by=me(request), row=plan)
    return answer_form(
        request,
        form,
        do=lambda: form.apply(site=site_of(request)),
        to=back,
        done=_("It waits for an answer, and goes out after a yes.") if form.period else form.done,
        again=lambda now: kind(None, plan=now, by=me(request), row=now, may_ask=False),
        title=kind.title,
        lead=kind.lead,
        button=_("Ask first") if form.period else kind.title,
        back=back,
        crumbs=page_of(request, plan, "", (_("Stage of the plan"), back), (str(kind.title), ""))["crumbs"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """A deciding body adopted the plan."""
    plan = plan_or_404(request, slug, "plans.publish_plan")
    back = reverse("plans:edit_stage", args=[slug])
    page: dict[str, Any] = {
        **page_of(request, plan, "", (_("Stage of the plan"), back), (str(AdoptForm.title), "")),
        "tabs": [],
        "lead": _(
            "The plan as it is now is kept as a version, frozen with this decision. You can go on changing the plan itself."
        ),
        "button": _("Keep this version"),
        "back": back,
    }
    return answer_edit(request, AdoptForm, plan, plan, to=lambda version: version, **page)


@require_http_methods(["GET", "HEAD", "POST"])
def leads(request: HttpRequest, slug: str) -> HttpResponse:
    """Which plan took the place of this one."""
    plan = written_or_404(request, slug)
    back = reverse("plans:edit", args=[slug])
    page: dict[str, Any] = {
        **page_of(request, plan, "", (str(LeadPlanForm.title), "")),
        "tabs": [],
        "lead": _("Who comes to the old address is led on to the other plan."),
        "back": back,
    }
    return answer_edit(request, LeadPlanForm, plan, plan, to=back, **page)


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what in a plan, and why."""
    plan = plan_or_404(request, slug)
    context = {
        "title": _("History"),
        "changes": changes_of(plan, limit=SHOWN),
        **page_of(request, plan, "history", (_("History"), "")),
    }
    return render(request, "plans/edit/history.html", context)
