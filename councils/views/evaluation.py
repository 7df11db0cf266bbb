"""The evaluation of a council or of all: the questions, asking the members, what they said, and what will change."""

from copy import copy
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from areas.current import municipality_or_404
from core.access import open_to_all, permitted, permitted_or_404
from core.pages import answer_button, answer_form, posted
from core.pdf import pdf, pdf_response
from core.questions.answering import QuestionsForm
from core.questions.conditions import in_words
from core.questions.editing import QuestionForm
from councils.actions.answering import answer_evaluation
from councils.actions.evaluating import (
    PERMISSION,
    begin_evaluation,
    close_evaluation,
    open_evaluation,
    publish_evaluation,
    remind_of_evaluation,
    remove_change,
    remove_question,
    save_change,
    save_question,
    write_report,
)
from councils.forms.evaluation import BeginForm, ChangeForm, OpenForm, ReportForm
from councils.models import Council, Evaluation, EvaluationChange, EvaluationQuerySet, EvaluationQuestion
from councils.reading.results import results_of
from councils.reading.yearly import years_of
from councils.rules import sat_in_by
from councils.views.evaluation_paper import on_paper
from councils.views.shared import crumbs

BACK = "councils:evaluations"


def here(request: HttpRequest) -> EvaluationQuerySet:
    """The evaluations of the municipality."""
    return Evaluation.objects.of(municipality_or_404(request)).select_related("council", "municipality")


def name_of(evaluation: Evaluation) -> str:
    """What it is called."""
    whose = evaluation.council.name if evaluation.council else _("all councils")
    return _("Evaluation %(year)d: %(whose)s") % {"year": evaluation.year, "whose": whose}


def way(*more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The way to a page of an evaluation."""
    return crumbs((_("Evaluation"), reverse(BACK)), *more)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_new(request: HttpRequest) -> HttpResponse:
    """Begin an evaluation; with the questions of the last one."""
    municipality = municipality_or_404(request)
    form = BeginForm(municipality, posted(request), by=request.user)
    if not form.fields["council"].queryset.exists():  # type: ignore[attr-defined]
        raise Http404
    title = _("Begin an evaluation")
    return answer_form(
        request,
        form,
        do=lambda: begin_evaluation(
            municipality=municipality, year=form.cleaned_data["year"], council=form.cleaned_data["council"], by=request.user
        ),
        to=lambda made: made,
        done=_("The evaluation is begun. Look at the questions, and change what you like."),
        title=title,
        lead=_("The questions are those of the last evaluation, so that years can be compared. The first time we propose some."),
        button=_("Begin"),
        back=reverse(BACK),
        crumbs=way((title, "")),
    )  # fmt: skip


@open_to_all
@require_safe
def evaluation_page(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The report, for everybody once it is published; before that and beside it, for who keeps it, all the rest."""
    evaluation = get_object_or_404(here(request), uuid=identifier)
    keeps = request.user.has_perm(PERMISSION, evaluation)
    if not (keeps or evaluation.published_at):
        raise Http404
    context = {**report_of(request, evaluation), "keeps": keeps, "crumbs": way((name_of(evaluation), ""))}
    if keeps:
        questions = list(evaluation.questions.all())
        context |= {
            "questions": [(one, in_words(one, questions)) for one in questions],
            "open_form": OpenForm() if evaluation.state == Evaluation.State.CONCEPT else None,
            "papers": on_paper(request, evaluation) if evaluation.is_open else [],
            "answered": evaluation.turnout.aggregate(times=Count("pk"))["times"]
            if evaluation.is_open
            else None,
        }
    return render(request, "councils/evaluation.html", context)


def report_of(request: HttpRequest, evaluation: Evaluation) -> dict[str, Any]:
    """What the page and the PDF of a report show: of all councils, or of one that is asked for."""
    councils = list(evaluation.councils().order_by("name"))
    wanted = request.GET.get("raad", "")
    council = next((one for one in councils if one.slug == wanted), None)
    if wanted and council is None:
        raise Http404
    shown = council or evaluation.council
    years = years_of([shown], [evaluation.year - 1, evaluation.year]) if shown else {}
    return {
        "evaluation": evaluation,
        "title": name_of(evaluation),
        "councils": councils if evaluation.council is None else [],
        "council": council,
        "results": results_of(evaluation, council),
        "years": list(years.values()),
        "changes": list(evaluation.changes.all()),
    }


@open_to_all
@require_safe
def evaluation_pdf(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """The report as PDF."""
    evaluation = get_object_or_404(here(request), uuid=identifier)
    if not (evaluation.published_at or request.user.has_perm(PERMISSION, evaluation)):
        raise Http404
    content = pdf(
        "councils/pdf/evaluation.html", report_of(request, evaluation), municipality=evaluation.municipality
    )
    return pdf_response(content, name=name_of(evaluation))


def kept(request: HttpRequest, identifier: UUID) -> Evaluation:
    """An evaluation that the person keeps; for others it is as if the page were not there."""
    return permitted_or_404(here(request), request.user, PERMISSION, uuid=identifier)


@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, identifier: UUID, question: UUID | None = None) -> HttpResponse:
    """Add a question, or change one."""
    evaluation = kept(request, identifier)
    every = list(evaluation.questions.all())
    asked = EvaluationQuestion(evaluation=evaluation, kind="scale", place=len(every) + 1)
    if question is not None:
        asked = get_object_or_404(evaluation.questions.all(), uuid=question)
    before = [one for one in every if question is None or one.place < asked.place]
    form = QuestionForm(asked, before, posted(request))
    title = _("Add a question") if question is None else asked.text
    return answer_form(
        request,
        form,
        do=lambda: save_question(
            question=form.apply(),  # type: ignore[arg-type]  # it is ours
            by=request.user, place=form.cleaned_data["place"], version=form.cleaned_data["version"] or None,
        ),
        to=evaluation,
        done=_("Saved."),
        title=title,
        back=evaluation.get_absolute_url(),
        crumbs=way((name_of(evaluation), evaluation.get_absolute_url()), (title, "")),
    )  # fmt: skip


@require_POST
def question_remove(request: HttpRequest, identifier: UUID, question: UUID) -> HttpResponse:
    """Take a question away."""
    evaluation = kept(request, identifier)
    asked = get_object_or_404(evaluation.questions.all(), uuid=question)
    return answer_button(
        request, do=lambda: remove_question(question=asked, by=request.user), to=evaluation, done=_("The question is taken away.")
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_open(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Ask the members, until a day."""
    evaluation = kept(request, identifier)
    form = OpenForm(posted(request))
    title = _("Ask the members")
    return answer_form(
        request,
        form,
        do=lambda: open_evaluation(evaluation=evaluation, closes_on=form.cleaned_data["closes_on"], by=request.user),
        to=evaluation,
        done=_("Members are asked now: it stands under “Voor jou”."),
        title=title,
        lead=_("From now on the questions stay as they are. Nobody sees an answer before it is closed."),
        button=title,
        back=evaluation.get_absolute_url(),
        crumbs=way((name_of(evaluation), evaluation.get_absolute_url()), (title, "")),
    )  # fmt: skip


@require_POST
def evaluation_close(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Close it, and count."""
    evaluation = kept(request, identifier)
    return answer_button(
        request,
        do=lambda: close_evaluation(evaluation=evaluation, by=request.user),
        to=evaluation,
        done=_("It is closed and counted."),
    )


@require_POST
def evaluation_remind(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Mail all members once more."""
    evaluation = kept(request, identifier)
    return answer_button(
        request,
        do=lambda: remind_of_evaluation(evaluation=evaluation, by=request.user),
        to=evaluation,
        done=_("Every member with an e-mail address gets a mail."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_answer(request: HttpRequest, identifier: UUID, slug: str) -> HttpResponse:
    """The questions, for a member of the council; answered once."""
    evaluation = permitted_or_404(here(request), request.user, "councils.answer_evaluation", uuid=identifier)
    council = get_object_or_404(sat_in_by(request.user).filter(pk__in=evaluation.councils()), slug=slug)
    if evaluation.state == Evaluation.State.CONCEPT:
        raise Http404
    has_answered = evaluation.turnout.filter(council=council, person__user=request.user.pk).exists()
    if has_answered or not evaluation.is_open:
        context = {
            "title": name_of(evaluation),
            "council": council,
            "has_answered": has_answered,
            "evaluation": evaluation,
        }
        return render(request, "councils/evaluation_answered.html", context)
    form = QuestionsForm(list(evaluation.questions.all()), posted(request), participant=str(request.user.pk))
    return answer_form(
        request,
        form,
        do=lambda: answer_evaluation(evaluation=evaluation, council=council, answers=form.answers, by=request.user),
        to=reverse("councils:evaluation_answer", args=[identifier, slug]),
        done=_("Thank you: your answers are kept."),
        template="councils/evaluation_answer.html",
        title=_("How did %(council)s do in %(year)d?") % {"council": council.name, "year": evaluation.year},
        button=_("Send my answers"),
        evaluation=evaluation,
        crumbs=crumbs((council.name, council.get_absolute_url()), (_("Evaluation"), "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Write what was learned."""
    evaluation = kept(request, identifier)
    form = ReportForm(posted(request), instance=copy(evaluation))
    title = _("What we learned")
    return answer_form(
        request,
        form,
        do=lambda: write_report(
            evaluation=evaluation, learned=form.cleaned_data["learned"], by=request.user, version=form.cleaned_data["version"]
        ),
        to=evaluation,
        done=_("Saved."),
        again=lambda now: ReportForm(instance=now),
        title=title,
        back=evaluation.get_absolute_url(),
        crumbs=way((name_of(evaluation), evaluation.get_absolute_url()), (title, "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def change_edit(request: HttpRequest, identifier: UUID, change: UUID | None = None) -> HttpResponse:
    """Say something that will change."""
    evaluation = kept(request, identifier)
    said = EvaluationChange(evaluation=evaluation)
    if change is not None:
        said = get_object_or_404(evaluation.changes.select_related("evaluation"), uuid=change)
    form = ChangeForm(posted(request), instance=said)
    title = _("What will change")
    return answer_form(
        request,
        form,
        do=lambda: save_change(
            change=form.instance, by=request.user, version=form.cleaned_data["version"] or None
        ),
        to=evaluation,
        done=_("Saved."),
        again=lambda now: ChangeForm(instance=now),
        title=title,
        back=evaluation.get_absolute_url(),
        crumbs=way((name_of(evaluation), evaluation.get_absolute_url()), (title, "")),
    )


@require_POST
def change_remove(request: HttpRequest, identifier: UUID, change: UUID) -> HttpResponse:
    """Take it away."""
    evaluation = kept(request, identifier)
    said = get_object_or_404(evaluation.changes.all(), uuid=change)
    return answer_button(
        request,
        do=lambda: remove_change(change=said, by=request.user),
        to=evaluation,
        done=_("It is taken away."),
    )


@require_POST
def evaluation_publish(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """Let everybody read the report."""
    evaluation = kept(request, identifier)
    return answer_button(
        request,
        do=lambda: publish_evaluation(evaluation=evaluation, by=request.user),
        to=evaluation,
        done=_("Everybody reads the report now."),
    )


def may_begin(request: HttpRequest) -> bool:
    """Whether a person begins evaluations here."""
    councils = Council.objects.of(municipality_or_404(request))
    return permitted(councils, request.user, "councils.keep_council").exists()
