"""The page of a file that came in: what it would do, another file in its place, the yes and the no.

An app hands over an `IntakePage`; its template extends `core/intake.html`. `act` does what a button of the page asked, `show`
makes the page of a plan.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from core.intake import ChangedSince, Gone, confirm, discard, intake_kinds, page_of, plan_of, replace_file
from core.models import Intake
from core.uploads import Reads, ReplaceForm
from core.verbs import Refused


@dataclass(frozen=True, kw_only=True)
class IntakePage:
    """How the page of one kind of files is made.

    `context(request, intake, plan)` is what the template wants besides; `start` names the page where a file is chosen, `done(plan)`
    the words when it came in and where that leads; `choices(POST)` what was chosen beside the yes; `reads` tries to read a file.
    """

    template: str
    start: str
    context: Callable[[HttpRequest, Intake, Any], Mapping[str, Any]]
    done: Callable[[Any], tuple[str, Any]]
    choices: Callable[[QueryDict], Mapping[str, Any]] = field(default=lambda data: {})
    reads: Reads | None = None


def find(kind: str, identifier: UUID, *, place: int, owner: UUID | None = None) -> Intake:
    """The file at this address, with an `owner` only theirs; raises Gone when it is no longer there, Http404 for others."""
    intake = Intake.objects.select_related("file").filter(uuid=identifier).first()
    if intake is None:
        raise Gone
    if (intake.kind, intake.place) != (kind, place) or (owner and intake.file.owner != owner):
        raise Http404
    return intake


def gone(request: HttpRequest, start: str) -> HttpResponse:
    """Back to where a file is chosen, with the words that the other one is no longer there."""
    messages.info(request, " ".join(Gone().messages))
    return redirect(start)


def act(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse | None:
    """Do what a button asked: throw away, replace, bring in; None when it was none of these. Raises Gone."""
    if "discard" in request.POST:
        discard(intake=intake, by=request.user)
        return redirect(page.start)
    if "replace" in request.POST:
        return _replace(request, intake, page)
    if "digest" in request.POST:
        return _confirm(request, intake, page)
    return None


def show(
    request: HttpRequest,
    intake: Intake,
    page: IntakePage,
    *,
    plan: Any = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page; without a plan it is made here, and a file that cannot be read says so."""
    if plan is None:
        try:
            plan = plan_of(intake)
        except Refused as refused:
            more.setdefault("refused", refused)
    context = {
        "intake": intake,
        "plan": plan,
        "replace_form": _replace_form(intake, page),
        **(page.context(request, intake, plan) if plan is not None else {}),
        **more,
    }
    return render(request, page.template, context, status=status)


def _replace(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse:
    form = _replace_form(intake, page, request.POST, request.FILES)
    if not form.is_valid():
        return show(request, intake, page, status=422, replace_form=form)
    return redirect(page_of(replace_file(intake=intake, upload=form.upload, by=request.user)))


def _confirm(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse:
    choices = page.choices(request.POST)
    try:
        done = confirm(intake=intake, digest=request.POST["digest"], by=request.user, choices=choices)
    except Gone:
        raise
    except ChangedSince as changed:
        return show(request, intake, page, plan=changed.current, status=409, conflict=changed, chosen=choices)
    except Refused as refused:
        return show(request, intake, page, status=422, refused=refused, chosen=choices)
    words, leads_to = page.done(done)
    messages.success(request, words)
    return redirect(leads_to)


def _replace_form(intake: Intake, page: IntakePage, *data: Any) -> ReplaceForm:
    return ReplaceForm(*data, kind=intake_kinds[intake.kind].files, reads=page.reads)
