"""The public register of advices, the page of one, and what its council and who answers do with it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.competence import named_for
from areas.current import municipality_or_404
from core.access import open_to_all, permitted_or_404
from core.feeds import NewsFeed, feed
from core.pages import answer_form, posted, show_list, table_file
from core.release import look, notice
from councils.advicenews import AdviceFeed
from councils.composition import Verdict
from councils.forms.advices import AdoptForm, AdviceForm, ReceiveForm, RegisterFilter, WithdrawForm
from councils.models import Advice, Council
from councils.reading.answered import answered_of, phases_of
from councils.reading.ballot import ballot_of
from councils.register import AdviceRow, rates_of, rows_of, with_outcome
from plans.models import Plan

FOUND = ngettext_lazy("%(number)d advice", "%(number)d advices", "number")


@open_to_all
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every advice that was given, and what became of it."""
    municipality = municipality_or_404(request)
    form = RegisterFilter(request.GET, municipality=municipality)
    return show_list(
        request,
        "councils/advices.html",
        with_outcome(form.found()).newest_first(),
        form=form,
        words=FOUND,
        table="advices:table",
        per_page=20,
        title=_("Advices"),
        rates=rates_of(municipality),
        beside=lambda advices: {"shown": rows_of(advices)},
    )


COLUMNS = (
    "nummer", "raad", "titel", "aanleiding", "aan", "beleidsdomein", "gegeven op", "stemming", "samenstelling", "ontvangen op",
    "antwoord tegen", "openbaar beantwoord op", "gevolgd", "deels", "niet",
)  # fmt: skip


@open_to_all
@require_safe
def table(request: HttpRequest, extension: str) -> HttpResponseBase:
    """What the register shows as CSV or XLSX; of an answer nothing before it is released."""
    municipality = municipality_or_404(request)
    form = RegisterFilter(request.GET, municipality=municipality)
    if not form.is_valid():
        raise Http404
    rows = rows_of(with_outcome(form.found()).newest_first())
    return table_file("adviezen", extension, COLUMNS, map(_cells, rows), title=_("Advices"))


def _cells(row: AdviceRow) -> list[object]:
    advice = row.advice
    told = row.answered_on is not None
    return [
        advice.code, advice.council.name, advice.title, str(advice.get_origin_display()),
        advice.body_name or str(advice.get_body_display()), str(advice.policy_field or ""), advice.adopted_on, advice.vote_words,
        advice.verdict, advice.received_on, advice.due_on, row.answered_on,
        *((advice.number_followed, advice.number_partly, advice.number_not) if told else (None, None, None)),
    ]  # fmt: skip


@feed
def news(request: HttpRequest) -> HttpResponse:
    """Advices that were given and answers that were released, as RSS."""
    municipality = municipality_or_404(request)
    found: NewsFeed = AdviceFeed(
        request,
        municipality=municipality,
        area=None,
        name=_("the register of advices"),
        link=reverse("advices:list"),
    )
    return found(request)


@open_to_all
@require_safe
def detail(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """An advice that was given, with what became of it; who is named reads the answer before, and each look is kept."""
    municipality = municipality_or_404(request)
    asked = (
        with_outcome(Advice.objects.of(municipality).adopted())
        .select_related("plan")
        .prefetch_related("council__areas")
    )
    return _show(request, get_object_or_404(asked, year=year, number=number))


@require_safe
def draft(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """An advice in the making, or withdrawn before it was given, for the council."""
    municipality = municipality_or_404(request)
    drafts = with_outcome(Advice.objects.of(municipality).filter(number=None)).select_related("plan")
    return _show(request, permitted_or_404(drafts, request.user, "councils.view_advice", uuid=identifier))


def _show(request: HttpRequest, advice: Any) -> HttpResponse:
    user = request.user
    told = answered_of(advice, user)
    if told.before is not None:
        look(release=told.before, by=user)
    row = rows_of([advice])[0]
    areas = [area.pk for area in advice.council.areas.all()]
    is_open = advice.is_public and row.answered_on is None
    may_answer = advice.is_public and user.has_perm("councils.answer_advice", advice)
    context = {
        "advice": advice,
        "plan": _plan_told(advice, user),
        "row": row,
        "answer": told.answer,
        "earlier": told.earlier,
        "release": notice(told.before, user),
        "decision": told.release,
        "pairs": told.pairs(advice),
        "ballot": ballot_of(advice),
        "verdict_words": Verdict(advice.verdict).words,
        "phases": phases_of(row, told) if advice.is_public else [],
        "competent": named_for(advice.municipality, advice.policy_field_id, areas),
        "may_write": advice.is_draft and user.has_perm("councils.write_advice", advice),
        "may_receive": is_open and (may_answer or user.has_perm("councils.receive_advice", advice)),
        "may_answer": may_answer and is_open,
        "may_correct": may_answer and not is_open,
        "crumbs": crumbs_of(
            (_("Advice %(code)s") % {"code": advice.code} if advice.code else _("Advice in the making"), "")
        ),
    }
    response = render(request, "councils/advice.html", context)
    if told.before is not None:
        response["Cache-Control"] = "private, no-store"
    return response


def _plan_told(advice: Advice, user: Any) -> Plan | None:
    """The plan that it is about: of one in the making not even the name, once everybody reads the advice."""
    plan = advice.plan
    if plan is None or plan.is_public or not advice.is_public or user.has_perm("plans.view_plan", plan):
        return plan
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an advice of a council."""
    here = Council.objects.of(municipality_or_404(request)).select_related("municipality")
    council = permitted_or_404(here, request.user, "councils.keep_council", slug=slug)
    form = AdviceForm(posted(request), council=council, by=request.user, initial=_decided(request, council))
    return answer_form(
        request, form, do=lambda: form.apply(by=request.user), to=lambda advice: advice, done=_("The advice is begun."),
        title=_("Begin an advice"), lead=council.name, button=_("Begin"), back=reverse("advices:list"),
        crumbs=crumbs_of((_("Begin an advice"), "")),
    )  # fmt: skip


def _decided(request: HttpRequest, council: Council) -> dict[str, str]:
    """What an advice begins with when a meeting decided it already: `?besluit=2026-3`, by its year and number."""
    year, _dash, number = request.GET.get("besluit", "").partition("-")
    if not (
        year.isascii() and year.isdigit() and number.isascii() and number.isdigit() and len(year + number) < 9
    ):
        return {}
    found = council.decisions.filter(year=int(year), number=int(number)).first()
    return {"title": found.title[:160], "recommendations": found.text} if found is not None else {}


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Change an advice that was not given yet."""
    advice = _writable(request, identifier)
    asker: dict[str, Any] = {"council": advice.council, "by": request.user}
    form = AdviceForm(posted(request), instance=advice, **asker)
    return answer_form(
        request, form, do=lambda: form.apply(by=request.user), to=advice, done=_("Saved."),
        again=lambda now: AdviceForm(instance=now, **asker), title=_("Change the advice"), lead=advice.title,
        back=advice.get_absolute_url(),
        crumbs=crumbs_of((_("Change the advice"), "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Note that the council gave it."""
    advice = _writable(request, identifier)
    form = AdoptForm(posted(request), advice=advice)
    return answer_form(
        request, form, do=lambda: form.apply(advice=advice, by=request.user), to=lambda found: found,
        done=_("The advice is given, and everybody can read it."), title=_("The council gave this advice"), lead=advice.title,
        button=_("Note it"), back=advice.get_absolute_url(), again=lambda now: AdoptForm(advice=now),
        crumbs=crumbs_of((_("The council gave this advice"), "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Stop an advice before it is given; it stays to be read by the council, with the reason."""
    advice = _writable(request, identifier)
    form = WithdrawForm(posted(request), initial={"version": advice.version})
    return answer_form(
        request, form, do=lambda: form.apply(advice=advice, by=request.user), to=advice, done=_("The advice is withdrawn."),
        title=_("Withdraw the advice"), lead=advice.title, button=_("Withdraw"), is_danger=True, back=advice.get_absolute_url(),
        again=lambda now: WithdrawForm(initial={"version": now.version}), crumbs=crumbs_of((_("Withdraw the advice"), "")),
        shown_at={"withdrawn_why": "why"},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Note when an advice was received."""
    advice = given_or_404(request, year, number, "councils.receive_advice")
    form = ReceiveForm(posted(request), initial={"version": advice.version})
    return answer_form(
        request, form, do=lambda: form.apply(advice=advice, by=request.user), to=advice, done=_("The term begins."),
        title=_("When was this advice received?"), lead=advice.title, button=_("Note it"), back=advice.get_absolute_url(),
        again=lambda now: ReceiveForm(initial={"version": now.version}), crumbs=crumbs_of((_("Received"), "")),
    )  # fmt: skip


def _writable(request: HttpRequest, identifier: UUID) -> Advice:
    drafts = Advice.objects.of(municipality_or_404(request)).filter(state=Advice.State.DRAFT)
    drafts = drafts.select_related("council__municipality", "municipality")
    return permitted_or_404(drafts, request.user, "councils.write_advice", uuid=identifier)


def given_or_404(request: HttpRequest, year: int, number: int, permission: str) -> Advice:
    """An advice that was given, for who may do something with it."""
    given = Advice.objects.of(municipality_or_404(request)).adopted()
    given = given.select_related("council__municipality", "municipality", "policy_field")
    given = given.prefetch_related("council__areas", "recommendations")
    return permitted_or_404(given, request.user, permission, year=year, number=number)


def crumbs_of(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way to a page of an advice."""
    return [(_("Advices"), reverse("advices:list")), *more]
