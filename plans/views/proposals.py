"""Proposals: one's own with what became of them, and those on which one decides."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me, site_of
from areas.current import municipality_or_404
from core.access import permitted_or_404
from core.changes import changes_since
from core.pages import answer_button, answer_form, posted, show_list
from plans.actions import withdraw_proposal
from plans.forms.base import proposable
from plans.forms.proposals import DeclineForm, accept, as_now, old_and_new, proposed_form
from plans.models import Proposal

WORDS = ngettext_lazy("%(number)d proposal", "%(number)d proposals", "number")


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The own proposals and those on which the person decides; those that wait first."""
    municipality = municipality_or_404(request)
    proposals = (
        Proposal.objects.filter(plan__municipality=municipality)
        .visible_to(me(request))
        .select_related("plan", "goal", "action", "author")
        .order_by("-state", "-made_at")
    )
    return show_list(
        request,
        "plans/proposals.html",
        proposals,
        words=WORDS,
        title=_("Proposals"),
        crumbs=[(_("Proposals"), "")],
        titles={name: form.title for name, form in proposable.items()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A proposal: old and new side by side; who decides accepts it here, as it is or with a last touch."""
    found = _find(request, uuid, "plans.view_proposal")
    by = me(request)
    decides = found.state == Proposal.State.WAITING and by.has_perm("plans.decide_proposal", found)
    page = _page(found, by)
    form = proposed_form(found, by=by, data=posted(request)) if decides else None
    if form is None:
        return render(request, "plans/proposal.html", page)
    done, button = _("The proposal is accepted and carried out."), _("Accept")
    if form.period:
        done, button = _("It waits for an answer, and goes out after a yes."), _("Ask first")
    return answer_form(
        request,
        form,
        do=lambda: accept(form, found, site=site_of(request)),
        to=reverse("plans:proposals"),
        done=done,
        again=lambda now: as_now(form, found, now),
        template="plans/proposal_decide.html",
        button=button,
        **page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say no, and why."""
    found = _find(request, uuid, "plans.decide_proposal")
    form = DeclineForm(posted(request), proposal=found)
    return answer_form(
        request,
        form,
        do=lambda: form.apply(me(request)),
        to=reverse("plans:proposals"),
        done=_("The proposal is declined. Who made it reads your answer."),
        again=lambda now: DeclineForm(proposal=now),
        title=_("Decline the proposal"),
        lead=found.reason,
        button=_("Decline"),
        back=reverse("plans:proposal", args=[uuid]),
        crumbs=[(_("Proposals"), reverse("plans:proposals")), (_("Decline"), "")],
    )


@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    found = _find(request, uuid, "plans.withdraw_proposal")
    return answer_button(
        request,
        do=lambda: withdraw_proposal(proposal=found, by=me(request), version=None),
        to=reverse("plans:proposals"),
        done=_("Your proposal is taken back."),
    )


def _find(request: HttpRequest, uuid: UUID, permission: str) -> Proposal:
    proposals = Proposal.objects.filter(plan__municipality=municipality_or_404(request)).select_related(
        "plan__municipality", "goal", "action", "author"
    )
    return permitted_or_404(proposals, request.user, permission, uuid=uuid)


def _page(found: Proposal, by: Any) -> dict[str, Any]:
    about = found.action or found.goal or found.plan
    kind = proposable.get(str(found.changes.get("form")))
    is_new = found.changes.get("row") is None
    waits = found.state == Proposal.State.WAITING
    return {
        "title": _("Proposal: %(what)s") % {"what": str(kind.title) if kind else ""},
        "proposal": found,
        "about": about,
        "is_new": is_new,
        "both": old_and_new(found, by=by) if waits else [],
        "changed_since": [] if is_new or not waits else changes_since(about, found.seen_version),
        "may_withdraw": waits and by.has_perm("plans.withdraw_proposal", found),
        "crumbs": [(_("Proposals"), reverse("plans:proposals")), (found.plan.name, "")],
    }
