"""Milestones: the list, one of them, and the forms."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import site_of
from areas.current import municipality_or_404
from areas.models import Area, Municipality
from core.access import open_to_all, permitted, permitted_or_404
from core.attachments import attached
from core.pages import answer_button, answer_form, posted, show_list
from plans.actions.milestones import remove_milestone
from plans.forms.milestone_filter import MilestoneFilter
from plans.forms.milestones import (
    ACTION,
    KIND,
    PLAN,
    MilestoneFields,
    MilestoneForm,
    NewMilestoneForm,
    about_value,
)
from plans.models import Action, Milestone, Plan
from plans.models.milestone import MilestoneQuerySet
from plans.views.agreed import crumbs

FOUND = ngettext_lazy("%(number)d milestone", "%(number)d milestones", "number")


def seen(request: HttpRequest) -> MilestoneQuerySet:
    """The milestones that a person may read."""
    return Milestone.objects.of(municipality_or_404(request)).visible_to(request.user)


@open_to_all
@require_safe
def milestone_list(request: HttpRequest) -> HttpResponse:
    """What succeeded, newest first, with pictures."""
    municipality = municipality_or_404(request)
    form = MilestoneFilter(request.GET, municipality=municipality)
    rows = form.milestones(seen(request)).newest_first().with_picture()
    return show_list(
        request, "plans/milestones.html", rows.select_related("plan", "action__plan").prefetch_related("areas"), form=form,
        words=FOUND, per_page=24, title=_("Milestones"), crumbs=_crumbs(),
        may_add=bool(_areas_to_tell(request, municipality)),
    )  # fmt: skip


@open_to_all
@require_safe
def milestone(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """One milestone, with its pictures."""
    rows = seen(request).select_related("plan", "action__plan", "municipality").prefetch_related("areas")
    found = get_object_or_404(rows, uuid=identifier)
    files = attached(KIND, found, request.user)
    picture = next((one for one in files.files if one.is_picture), None)
    if not files.may_change:  # who may, changes the first picture in the list as well
        files = replace(files, files=[one for one in files.files if one != picture])
    context = {
        "milestone": found,
        "picture": picture,
        "attached": files,
        "crumbs": _crumbs((found.title, "")),
    }
    return render(request, "plans/milestone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Tell what succeeded; the address may say of which action (`actie`), plan (`plan`) or area (`gebied`)."""
    municipality = municipality_or_404(request)
    if not _areas_to_tell(request, municipality):
        raise Http404
    form = NewMilestoneForm(
        posted(request), request.FILES or None, municipality=municipality, user=request.user,
        initial=_asked(request, municipality),
    )  # fmt: skip
    title = _("Celebrate what succeeded")
    return answer_form(
        request, form, do=lambda: form.apply(request.user, site=site_of(request)), to=lambda saved: saved,
        done=_done(form, _("The milestone is there.")),
        title=title, button=_("Ask first") if form.period else _("Put it on the page"),
        back=reverse("plans:milestones"), crumbs=_crumbs((title, "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Tell it otherwise."""
    found = _changeable(request, identifier)
    form = MilestoneForm(posted(request), milestone=found, user=request.user)
    title = _("Change the milestone")
    return answer_form(
        request, form, do=lambda: form.apply(request.user, site=site_of(request)), to=lambda saved: saved,
        done=_done(form, _("Saved.")), button=_("Ask first") if form.period else _("Save"),
        again=lambda now: MilestoneForm(milestone=now, user=request.user, may_ask=False), template="plans/milestone_change.html",
        milestone=found, remove_fields=[("version", found.version)], title=title, lead=found.title, back=found.get_absolute_url(),
        crumbs=_crumbs((found.title, found.get_absolute_url()), (title, "")),
    )  # fmt: skip


@require_POST
def remove(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Take a milestone away, with its pictures."""
    found = _changeable(request, identifier)
    version = request.POST.get("version")
    return answer_button(
        request, do=lambda: remove_milestone(milestone=found, by=request.user, version=version),
        to=reverse("plans:milestones"), done=_("The milestone is taken away."),
    )  # fmt: skip


def _done(form: MilestoneFields, words: str) -> str:
    """What is said afterwards; in a period that asks first that it waits."""
    waits = form.is_bound and form.is_valid() and form.asks
    return _("It waits for an answer, and goes out after a yes.") if waits else words


def _changeable(request: HttpRequest, identifier: UUID) -> Milestone:
    rows = Milestone.objects.of(municipality_or_404(request)).select_related("municipality", "plan", "action")
    return permitted_or_404(rows, request.user, "plans.change_milestone", uuid=identifier)


def _areas_to_tell(request: HttpRequest, municipality: Municipality) -> bool:
    """Whether a person may tell a milestone anywhere."""
    if not request.user.is_authenticated:
        return False
    if request.user.has_perm("plans.change_milestone", municipality):
        return True
    return permitted(Area.objects.of(municipality), request.user, "plans.change_milestone").exists()


def _asked(request: HttpRequest, municipality: Municipality) -> dict[str, Any]:
    """What the address says already: the plan or the action, and the areas."""
    about: Plan | Action | None = None
    if key := _key(request, ACTION):
        actions = Action.objects.of(municipality).visible_to(request.user).select_related("plan")
        about = actions.filter(uuid=key).first()
    elif key := _key(request, PLAN):
        about = Plan.objects.of(municipality).visible_to(request.user).filter(uuid=key).first()
    areas = list(about.areas.all()) if about else []
    if isinstance(about, Action) and not areas:
        areas = list(about.plan.areas.all())
    if slug := request.GET.get("gebied", "").replace("\x00", ""):
        areas = list(Area.objects.of(municipality).filter(slug=slug))
    return {"about": about_value(about), "areas": areas}


def _key(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return crumbs((_("Milestones"), reverse("plans:milestones") if more else ""), *more)
