"""The page of a file that came in: what it would do, another file in its place, the yes and the no.

An app hands over an `IntakePage`; its template extends `core/intake.html`. What is read in the request is shown by `show` and done
by `act`; what the worker reads is shown by `show_checked`, and each button has an address and a function of its own here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from core.access import owner_of
from core.intake import (
    ChangedSince,
    Gone,
    confirm,
    discard,
    intake_kinds,
    page_of,
    plan_of,
    replace_file,
)
from core.models import Intake
from core.tasks import start_check, start_confirm
from core.uploads import Reads, ReplaceForm
from core.verbs import Refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def nothing_chosen(data: QueryDict) -> Mapping[str, Any]:
    """The default of what was chosen beside the yes."""
    return {}


def nothing_said(plan: Any) -> tuple[str, Any]:
    """The default of what is said when it came in, where the worker leads to what came of it."""
    return "", "/"


def here(intake: Intake) -> Mapping[str, str]:
    """The default of where the buttons lead: to the page itself."""
    return {}


@dataclass(frozen=True, kw_only=True)
class IntakePage:
    """How the page of one kind of files is made.

    `context(request, intake, found)` is what the template wants besides of a plan or a report; `start` names the page where a file
    is chosen. `done(plan)` are the words when it came in and where that leads; `choices(POST)` is what was chosen beside the yes;
    `reads` tries to read a file, `replace` is the verb that takes another one; `urls` are the addresses of the buttons (confirm,
    discard, check, replace).
    """

    template: str
    start: str
    context: Callable[[HttpRequest, Intake, Any], Mapping[str, Any]]
    done: Callable[[Any], tuple[str, Any]] = nothing_said
    choices: Callable[[QueryDict], Mapping[str, Any]] = nothing_chosen
    urls: Callable[[Intake], Mapping[str, str]] = here
    reads: Reads | None = None
    replace: Callable[..., Intake] = replace_file


def find(kind: str, identifier: UUID, *, place: int, owner: UUID | None = None) -> Intake:
    """The file at this address, with an `owner` only theirs; raises Gone when it is no longer there, Http404 for others."""
    intake = Intake.objects.select_related("file").filter(uuid=identifier).first()
    if intake is None:
        raise Gone
    if (intake.kind, intake.place) != (kind, place) or (owner and intake.file.owner != owner):
        raise Http404
    return intake


def back_when_gone(start: str) -> Callable[[View[P]], View[P]]:
    """Lead back to where a file is chosen when this one is no longer there: it came in, or was thrown away in another window."""

    def wrap(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Gone as gone:
                messages.info(request, " ".join(gone.messages))
                return redirect(start)

        return answer

    return wrap


def act(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse | None:
    """Do what a button asked: throw away, replace, bring in; None when it was none of these. Raises Gone."""
    if "discard" in request.POST:
        return throw_away(request, intake, page)
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
    """The page of what a file would do now; without a plan it is made here, and a file that cannot be read says so."""
    if plan is None:
        try:
            plan = plan_of(intake)
        except Refused as refused:
            more.setdefault("refused", refused)
    if plan is not None:
        more = {"plan": plan, "digest": plan.digest, **page.context(request, intake, plan), **more}
    return _page(request, intake, page, status, is_checked=True, **more)


def show_checked(
    request: HttpRequest, intake: Intake, page: IntakePage, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of what the worker found, or of a file that nobody looked into yet."""
    report = intake.report or {}
    if intake.refused:
        more.setdefault("refused", Refused(intake.refused, "file"))
    more = {"digest": report.get("digest", ""), **page.context(request, intake, report), **more}
    return _page(request, intake, page, status, is_checked=bool(report), **more)


def throw_away(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse:
    """Throw the file away."""
    discard(intake=intake, by=request.user)
    return redirect(page.start)


def look(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Have the worker look what is in a file, and follow that."""
    return redirect(start_check(intake, owner=owner_of(request)))


def replace_and_look(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse:
    """Take another file, and have the worker look what is in it."""
    form = _replace_form(intake, page, request.POST, request.FILES)
    if not form.is_valid():
        return show_checked(request, intake, page, status=422, replace_form=form)
    return look(request, page.replace(intake=intake, upload=form.upload, by=request.user))


def bring_by_worker(
    request: HttpRequest, intake: Intake, page: IntakePage, choices: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Have the worker bring a file in as it was shown, and follow that; `choices` are those of a form of the page."""
    digest = request.POST.get("digest", "")
    if not digest or digest != (intake.report or {}).get("digest"):
        return show_checked(request, intake, page, status=409, conflict=True)
    choices = page.choices(request.POST) if choices is None else choices
    return redirect(start_confirm(intake, owner=owner_of(request), digest=digest, choices=choices))


def _page(request: HttpRequest, intake: Intake, page: IntakePage, status: int, **more: Any) -> HttpResponse:
    context = {
        "intake": intake,
        "replace_form": _replace_form(intake, page),
        "urls": page.urls(intake),
        **more,
    }
    return render(request, page.template, context, status=status)


def _replace(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse:
    form = _replace_form(intake, page, request.POST, request.FILES)
    if not form.is_valid():
        return show(request, intake, page, status=422, replace_form=form)
    return redirect(page_of(page.replace(intake=intake, upload=form.upload, by=request.user)))


def _confirm(request: HttpRequest, intake: Intake, page: IntakePage) -> HttpResponse:
    choices = page.choices(request.POST)
    try:
        done = confirm(intake=intake, digest=request.POST["digest"], by=request.user, choices=choices)
    except ChangedSince as changed:
        return show(request, intake, page, plan=changed.current, status=409, conflict=changed, chosen=choices)
    except Gone:
        raise
    except Refused as refused:
        return show(request, intake, page, status=422, refused=refused, chosen=choices)
    words, leads_to = page.done(done)
    messages.success(request, words)
    return redirect(leads_to)


def _replace_form(intake: Intake, page: IntakePage, *data: Any) -> ReplaceForm:
    return ReplaceForm(*data, kind=intake_kinds[intake.kind].files, reads=page.reads)
