"""Answers that came in on paper, of members without an account: typed over one by one, and not seen again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from areas.current import municipality_or_404
from core.access import permitted
from core.pages import answer_form, posted
from councils.actions.answering import answer_on_paper, without_account
from councils.forms.evaluation import PaperForm
from councils.models import Council, Evaluation, Person
from councils.views.shared import crumbs, kept_or_404


def on_paper(request: HttpRequest, evaluation: Evaluation) -> list[tuple[Council, int]]:
    """The councils of an evaluation that a person keeps, with how many members could still hand in a paper."""
    councils = permitted(evaluation.councils(), request.user, "councils.keep_council").order_by("name")
    waiting = [(one, len(_still(evaluation, one))) for one in councils]
    return [(council, number) for council, number in waiting if number]


def _still(evaluation: Evaluation, council: Council) -> list[Person]:
    done = set(evaluation.turnout.filter(council=council).values_list("person", flat=True))
    return [one for one in without_account(evaluation, council) if one.pk not in done]


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_paper(request: HttpRequest, identifier: UUID, slug: str) -> HttpResponse:
    """A paper of a member without an account, for who keeps the council; then the next one."""
    council = kept_or_404(request, slug)
    here = Evaluation.objects.of(municipality_or_404(request)).select_related("council", "municipality")
    evaluation = get_object_or_404(here, uuid=identifier)
    if not evaluation.is_open or not evaluation.councils().filter(pk=council.pk).exists():
        raise Http404
    form = PaperForm(list(evaluation.questions.all()), posted(request), people=_still(evaluation, council))
    return answer_form(
        request,
        form,
        do=lambda: answer_on_paper(
            evaluation=evaluation, council=council, person=form.cleaned_data["person"], answers=form.answers, by=request.user
        ),
        to=reverse("councils:evaluation_paper", args=[identifier, slug]),
        done=_("The paper is kept. You do not see it again."),
        template="councils/evaluation_paper.html",
        title=_("Answers on paper: %(council)s") % {"council": council.name},
        button=_("Keep this paper"),
        evaluation=evaluation,
        back=_back(request, evaluation, council),
        crumbs=crumbs((council.name, council.get_absolute_url()), (_("Answers on paper"), "")),
    )  # fmt: skip


def _back(request: HttpRequest, evaluation: Evaluation, council: Council) -> str:
    """The evaluation for who keeps it, else the council."""
    keeps = request.user.has_perm("councils.keep_evaluation", evaluation)
    return evaluation.get_absolute_url() if keeps else council.get_absolute_url()
