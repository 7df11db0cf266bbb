"""The public register of advices, the page of one, and what its council and who answers do with it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.competence import named_for
from areas.current import municipality_or_404
from core.access import open_to_all, permitted_or_404
from core.feeds import NewsFeed, feed
from core.pages import answer_form, posted, show_list, table_file
from core.release import look, notice, release_of
from councils.advicenews import AdviceFeed
from councils.composition import Verdict
from councils.forms.advices import AdoptForm, AdviceForm, ReceiveForm, RegisterFilter
from councils.forms.answers import AnswerForm
from councils.models import ANSWERS, Advice, Answer, Council
from councils.reading.ballot import ballot_of
from councils.register import AdviceRow, rates_of, rows_of, with_outcome

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
    """An advice in the making, for the council."""
    municipality = municipality_or_404(request)
    drafts = with_outcome(Advice.objects.of(municipality).filter(state=Advice.State.DRAFT)).select_related(
        "plan"
    )
    return _show(request, permitted_or_404(drafts, request.user, "councils.view_advice", uuid=identifier))


def _show(request: HttpRequest, advice: Any) -> HttpResponse:
    user = request.user
    answer = Answer.objects.visible_to(user).filter(advice=advice).first()
    release = release_of(ANSWERS, answer) if answer is not None else None
    if release is not None and not release.is_public:
        look(release=release, by=user)
    lines: dict[int, Any] = {}
    if answer is not None:
        lines = {line.recommendation_id: line for line in answer.lines.select_related("action__plan")}
    row = rows_of([advice])[0]
    areas = [area.pk for area in advice.council.areas.all()]
    is_open = advice.is_public and row.answered_on is None
    may_answer = is_open and user.has_perm("councils.answer_advice", advice)
    context = {
        "advice": advice,
        "row": row,
        "answer": answer,
        "release": notice(release, user),
        "decision": release if answer is not None else None,
        "pairs": [(one, lines.get(one.pk)) for one in advice.recommendations.all()],
        "ballot": ballot_of(advice),
        "verdict_words": Verdict(advice.verdict).words,
        "phases": _phases(row, release) if advice.is_public else [],
        "competent": named_for(advice.municipality, advice.policy_field_id, areas),
        "may_write": not advice.is_public and user.has_perm("councils.write_advice", advice),
        "may_receive": is_open and (may_answer or user.has_perm("councils.receive_advice", advice)),
        "may_answer": may_answer,
        "crumbs": _crumbs(
            (_("Advice %(code)s") % {"code": advice.code} if advice.code else _("Advice in the making"), "")
        ),
    }
    response = render(request, "councils/advice.html", context)
    if release is not None and not release.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


def _phases(row: AdviceRow, release: Any) -> list[dict[str, str]]:
    """What happened when; the decision stands in it for who may read it."""
    advice = row.advice
    told: list[tuple[str, str, bool]] = [
        (_("Given"), f"{_day(advice.adopted_on)}, {advice.vote_words}", True),
        (_("Received"), _("%(day)s, the term begins") % {"day": _day(advice.received_on)} if advice.received_on else "",
         advice.received_on is not None),
    ]  # fmt: skip
    if release is not None and release.decided_on:
        told.append((_("Decided"), f"{_day(release.decided_on)}, {release.body}", True))
    if release is not None and release.release_at:
        local = timezone.localtime(release.release_at)
        words = f"{_day(local.date())}, {time_format(local, 'H.i')}"
        told.append((_("Released"), words, release.is_public))
    elif row.answered_on is None:
        told.append(
            (_("Answer"), _("due on %(day)s") % {"day": _day(advice.due_on)} if advice.due_on else "", False)
        )
    first = next((place for place, one in enumerate(told) if not one[2]), len(told))
    states = [
        "done" if place < first else "now" if place == first else "coming" for place in range(len(told))
    ]
    return [
        {"title": title, "dates": dates, "state": state}
        for (title, dates, _done), state in zip(told, states, strict=True)
    ]


def _day(day: Any) -> str:
    return date_format(day, "j F Y")


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an advice of a council."""
    here = Council.objects.of(municipality_or_404(request)).select_related("municipality")
    council = permitted_or_404(here, request.user, "councils.keep_council", slug=slug)
    form = AdviceForm(posted(request), council=council, by=request.user)
    return answer_form(
        request, form, do=lambda: form.apply(by=request.user), to=lambda advice: advice, done=_("The advice is begun."),
        title=_("Begin an advice"), lead=council.name, button=_("Begin"), back=reverse("advices:list"),
        crumbs=_crumbs((_("Begin an advice"), "")),
    )  # fmt: skip


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
        crumbs=_crumbs((_("Change the advice"), "")),
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
        crumbs=_crumbs((_("The council gave this advice"), "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Note when an advice was received."""
    advice = _given(request, year, number, "councils.receive_advice")
    form = ReceiveForm(posted(request), initial={"version": advice.version})
    return answer_form(
        request, form, do=lambda: form.apply(advice=advice, by=request.user), to=advice, done=_("The term begins."),
        title=_("When was this advice received?"), lead=advice.title, button=_("Note it"), back=advice.get_absolute_url(),
        again=lambda now: ReceiveForm(initial={"version": now.version}), crumbs=_crumbs((_("Received"), "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The form of the answer, for who is competent; what stands in it already is shown to who is named, and the look is kept."""
    advice = _given(request, year, number, "councils.answer_advice")
    there = Answer.objects.visible_to(request.user).filter(advice=advice).first()
    if there is None and Answer.objects.filter(advice=advice).exists():
        raise Http404
    release = release_of(ANSWERS, there) if there is not None else None
    if release is not None:
        if release.state != release.State.CONCEPT and request.method != "POST":
            return redirect(advice)
        look(release=release, by=request.user)
    form = AnswerForm(posted(request), advice=advice, answer=there)
    return answer_form(
        request, form, do=lambda: form.apply(by=request.user), to=advice,
        done=_("Saved. Only who is named reads it, until it is decided and released."),
        again=lambda now: AnswerForm(advice=advice, answer=now), template="councils/answer.html", advice=advice,
        release=notice(release, request.user),
        title=_("Answer the advice"), lead=advice.title, button=_("Save the answer"), back=advice.get_absolute_url(),
        crumbs=_crumbs((_("Advice %(code)s") % {"code": advice.code}, advice.get_absolute_url()), (_("Answer"), "")),
    )  # fmt: skip


def _writable(request: HttpRequest, identifier: UUID) -> Advice:
    drafts = Advice.objects.of(municipality_or_404(request)).filter(state=Advice.State.DRAFT)
    drafts = drafts.select_related("council__municipality", "municipality")
    return permitted_or_404(drafts, request.user, "councils.write_advice", uuid=identifier)


def _given(request: HttpRequest, year: int, number: int, permission: str) -> Advice:
    given = Advice.objects.of(municipality_or_404(request)).adopted()
    given = given.select_related("council__municipality", "municipality", "policy_field")
    given = given.prefetch_related("council__areas", "recommendations")
    return permitted_or_404(given, request.user, permission, year=year, number=number)


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Advices"), reverse("advices:list")), *more]
