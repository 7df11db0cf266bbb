"""Assignments: the list, one of them with what each side may do now, and the forms for that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from areas.current import municipality_or_404
from core.access import open_to_all
from core.changes import changes_of
from core.pages import answer_form, ordered, posted, show_list, table_file
from core.states import may_move
from core.text import plain
from plans.actions import assignments as verbs
from plans.board import agreement, amount, evaluate_by, with_sides
from plans.forms import assignments as asks
from plans.models import Action, Assignment
from plans.models.assignment import AssignmentQuerySet, Side
from plans.views.agreed import crumbs

State = Assignment.State
FORM = ["GET", "HEAD", "POST"]
FOUND = ngettext_lazy("%(number)d assignment", "%(number)d assignments", "number")
ORDERS = {
    "naam": ("name", "pk"),
    "stand": ("state", "name", "pk"),
    "toestand": ("state", "name", "pk"),  # as addresses that people kept say
    "klaar": ("when", "name", "pk"),
    "opdrachtnemer": ("contractor__name", "name", "pk"),
}


@open_to_all
@require_safe
def assignment_list(request: HttpRequest) -> HttpResponse:
    """Who asked whom for what: for everybody what both sides agreed on, for staff what is still asked too."""
    form, rows = _asked(request)
    return show_list(
        request,
        "plans/assignments.html",
        ordered(request, with_sides(rows).order_by("name", "pk"), ORDERS),
        form=form,
        words=FOUND,
        table="plans:assignment_table",
        title=_("Assignments"),
        crumbs=crumbs((_("Assignments"), "")),
        may_add=_may_add(request),
        sees_teams=request.user.has_perm("plans.change_challenge", municipality_or_404(request)),
    )


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """The same as a file to keep."""
    _form, rows = _asked(request)
    columns = (
        _("name"), _("state"), _("commissioner"), _("on behalf of"), _("contractor"), _("challenge"), _("areas"),
        _("result"), _("effect on society"), _("for whom"), _("ready"), _("days of work"), _("answer by"),
        _("delivered on"),
    )  # fmt: skip
    found = with_sides(rows).order_by("name", "pk")
    return table_file("opdrachten", extension, columns, _rows(found), title=_("Assignments"))


def _rows(found: AssignmentQuerySet) -> Iterator[tuple[object, ...]]:
    for one in found:
        yield (
            one.name, str(one.get_state_display()), one.commissioner.name, one.on_behalf_of, one.contractor.name,
            one.challenge.name if one.challenge else "", ", ".join(area.name for area in one.areas.all()),
            plain(one.result), plain(one.effect), one.for_whom, one.when.words() if one.when else "",
            one.days,  # type: ignore[attr-defined]  # with_days
            one.answer_by, one.delivered_on,
        )  # fmt: skip


def _asked(request: HttpRequest) -> tuple[asks.AssignmentFilter, AssignmentQuerySet]:
    municipality = municipality_or_404(request)
    form = asks.AssignmentFilter(request.GET, municipality=municipality)
    rows = Assignment.objects.of(municipality).visible_to(request.user)
    return form, form.apply(rows)


@open_to_all
@require_safe
def assignment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One assignment: who asks and who does it, result and effect, how both look back; for staff what was said about it."""
    found = _visible(request, uuid)
    is_staff = request.user.has_perm("plans.view_assignment", found)
    return render(
        request,
        "plans/assignment.html",
        {
            "assignment": found,
            "action": _shown_action(request, found),
            "agreement": agreement(found, leads=is_staff),
            "months": [(row.month, amount(row.days)) for row in found.months.all()],
            "days": amount(found.days) if found.days else "",  # type: ignore[attr-defined]
            "evaluate_by": evaluate_by(found) if found.state == State.TO_EVALUATE else None,
            "is_staff": is_staff,
            "remarks": found.remarks.select_related("author") if is_staff else (),
            "steps": [
                (step, reverse("plans:assignment_step", args=[uuid, word]))
                for word, step in _steps(request, found)
            ],
            "may_change": _may_change(request, found),
            "changes": changes_of(found) if is_staff else (),
            "crumbs": crumbs((_("Assignments"), reverse("plans:assignments")), (found.name, "")),
        },
    )


@require_http_methods(FORM)
def assignment_add(request: HttpRequest) -> HttpResponse:
    """Write an assignment."""
    municipality, by = municipality_or_404(request), request.user
    if not _may_add(request):
        raise Http404
    form = asks.AssignmentForm(posted(request), municipality=municipality, by=by)
    return answer_form(
        request,
        form,
        do=lambda: verbs.draft_assignment(
            municipality=municipality, by=by, values=form.values,
            areas=form.cleaned_data["areas"], months=form.months,
        ),
        to=lambda made: made,
        done=_("Written. Ask it when the text is right."),
        template="plans/assignment_form.html",
        title=_("Give an assignment"),
        lead=_("Say which result and which effect you ask for. The contractor decides how, and it begins when both sides agree."),
        button=_("Save"),
        back=reverse("plans:assignments"),
        crumbs=crumbs((_("Assignments"), reverse("plans:assignments")), (_("New"), "")),
    )  # fmt: skip


@require_http_methods(FORM)
def assignment_change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change an assignment while it is written, or while a change is asked."""
    found, by = _visible(request, uuid), request.user
    if not by.has_perm("plans.commission", found):
        raise Http404

    def begin(now: Assignment) -> asks.AssignmentForm:
        return asks.AssignmentForm(municipality=now.municipality, by=by, assignment=now)

    form = (
        asks.AssignmentForm(request.POST, municipality=found.municipality, by=by, assignment=found)
        if request.method == "POST"
        else begin(found)
    )
    return answer_form(
        request,
        form,
        do=lambda: verbs.change_assignment(
            assignment=found, by=by, version=form.cleaned_data["version"], values=form.values,
            areas=form.cleaned_data["areas"], months=form.months,
        ),
        to=found,
        done=_("Saved. Ask it again when the text is right."),
        again=begin,
        template="plans/assignment_form.html",
        title=_("Change an assignment"),
        back=found.get_absolute_url(),
        crumbs=crumbs((_("Assignments"), reverse("plans:assignments")), (found.name, found.get_absolute_url()), (_("Change"), "")),
    )  # fmt: skip


# ---- what each side may do now


Make = Callable[..., forms.Form]


@dataclass(frozen=True)
class Step:
    """Something that a side may do with an assignment: which sides, where it leads, the form and the verb."""

    title: str | Promise
    done: str | Promise
    sides: tuple[Side, ...]
    to: str
    form: Make
    verb: Callable[..., Any]
    lead: str | Promise = ""
    is_first: bool = False
    is_danger: bool = False

    def is_open(self, assignment: Assignment, sides: Iterable[Side]) -> list[Side]:
        """For which sides it can be done now; none when it cannot."""
        if self.verb is verbs.evaluate_assignment:
            if assignment.state != State.TO_EVALUATE:
                return []
            written = {one.side for one in assignment.evaluations.all()}
            return [side for side in sides if side not in written]
        if not may_move(assignment, "state", self.to):
            return []
        if self.verb is verbs.resume_assignment and (
            assignment.state != State.TO_EVALUATE or list(assignment.evaluations.all())
        ):
            return []
        if self.verb is verbs.accept_assignment and assignment.state != State.ASKED:
            return []
        return [side for side in self.sides if side in sides]


BOTH, ASKS, DOES = tuple(Side), (Side.COMMISSIONER,), (Side.CONTRACTOR,)
STEPS: dict[str, Step] = {
    "aanvaarden": Step(
        gettext_lazy("Accept"), gettext_lazy("It runs from now on."), DOES, State.RUNNING, asks.VersionForm,
        verbs.accept_assignment, gettext_lazy("Your team agrees with this result and this effect; how, it decides itself."),
        is_first=True,
    ),
    "vragen": Step(
        gettext_lazy("Ask the contractor"), gettext_lazy("It is asked."), ASKS, State.ASKED, asks.AskForm,
        verbs.ask_assignment, gettext_lazy("You agree with the text as it stands. It begins when the contractor agrees too."),
        is_first=True,
    ),
    "opleveren": Step(
        gettext_lazy("The result is there"), gettext_lazy("Now both sides look back at it."), DOES, State.TO_EVALUATE,
        asks.DeliverForm, verbs.deliver_assignment, is_first=True,
    ),
    "evalueren": Step(
        gettext_lazy("Evaluate"), gettext_lazy("Thank you. Your part is there."), BOTH, State.CLOSED,
        asks.EvaluateForm, verbs.evaluate_assignment, gettext_lazy("Everybody may read this beside the assignment."), is_first=True,
    ),
    "wijziging": Step(
        gettext_lazy("Ask for a change"), gettext_lazy("The change is asked for."), BOTH, State.CHANGE_ASKED, asks.SaySideForm,
        verbs.ask_change,
        gettext_lazy("Say what should be different. The commissioner changes the text and asks again; until then it stands still."),
    ),
    "hervatten": Step(
        gettext_lazy("Not finished after all"), gettext_lazy("It runs again."), BOTH, State.RUNNING, asks.SaySideForm,
        verbs.resume_assignment, gettext_lazy("Say what is missing."),
    ),
    "weigeren": Step(
        gettext_lazy("Say no"), gettext_lazy("The commissioner reads why."), DOES, State.REFUSED, asks.SayForm,
        verbs.refuse_assignment, gettext_lazy("Say why your team does not do this."), is_danger=True,
    ),
    "intrekken": Step(
        gettext_lazy("Withdraw"), gettext_lazy("It is withdrawn."), ASKS, State.WITHDRAWN, asks.SayForm,
        verbs.withdraw_assignment, gettext_lazy("Say why it is asked no longer."), is_danger=True,
    ),
}  # fmt: skip


@require_http_methods(FORM)
def step(request: HttpRequest, uuid: UUID, word: str) -> HttpResponse:
    """Do one of the steps as a side of the assignment; who speaks for neither side finds no page."""
    found, asked = _visible(request, uuid), STEPS.get(word)
    mine = [side for side in sides_of(request, found) if asked and side in asked.sides]
    if asked is None or not mine:
        raise Http404
    ready = asked.is_open(found, mine)
    if request.method != "POST" and not ready:
        messages.info(request, _("This is not possible any more: somebody went on with it."))
        return redirect(found)
    given: dict[str, Any] = {"initial": {"version": found.version}}
    if issubclass(asked.form, asks.SideForm):  # type: ignore[arg-type]  # every form here is a class
        given["sides"] = ready or mine
    form = asked.form(posted(request), **given)
    return answer_form(
        request,
        form,
        do=lambda: asked.verb(assignment=found, by=request.user, **_told(form)),
        to=found,
        done=asked.done,
        title=f"{asked.title}: {found.name}",
        lead=asked.lead,
        button=asked.title,
        is_danger=asked.is_danger,
        back=found.get_absolute_url(),
        crumbs=crumbs(
            (_("Assignments"), reverse("plans:assignments")), (found.name, found.get_absolute_url()), (str(asked.title), "")
        ),
    )  # fmt: skip


def _told(form: forms.Form) -> dict[str, Any]:
    """What a verb gets of what was filled in."""
    told = dict(form.cleaned_data)
    if isinstance(form, asks.EvaluateForm):
        told["values"] = {name: told.pop(name) for name in ("result", "effect", "next_time")}
    return told


def sides_of(request: HttpRequest, found: Assignment) -> list[Side]:
    """The sides for which a person speaks."""
    return [side for side in Side if request.user.has_perm(verbs.SPEAKS[side], found)]


def _steps(request: HttpRequest, found: Assignment) -> Iterator[tuple[str, Step]]:
    mine = sides_of(request, found)
    for word, one in STEPS.items():
        if mine and one.is_open(found, mine):
            yield word, one


def _shown_action(request: HttpRequest, found: Assignment) -> Action | None:
    """The action that it is about; a plan in the making is not told by an assignment that anybody may read."""
    action = found.action
    if action is None or action.plan.is_public or request.user.has_perm("plans.view_plan", action.plan):
        return action
    return None


def _may_change(request: HttpRequest, found: Assignment) -> bool:
    return found.state in (State.DRAFT, State.CHANGE_ASKED) and request.user.has_perm(
        "plans.commission", found
    )


def _may_add(request: HttpRequest) -> bool:
    return request.user.has_perm("plans.add_assignment", municipality_or_404(request))


def _visible(request: HttpRequest, uuid: UUID) -> Assignment:
    rows = Assignment.objects.of(municipality_or_404(request)).visible_to(request.user)
    rows = with_sides(rows).select_related("municipality", "action__plan").prefetch_related("months")
    return get_object_or_404(rows, uuid=uuid)
