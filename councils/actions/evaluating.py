"""Evaluating councils: begin with the questions of last year, ask the members, count, and say what will change."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from areas.models import Municipality
from core.history import because
from core.questions.conditions import check_condition
from core.questions.kinds import kind_of
from core.verbs import Actor, Refused, locked, require, same_version, verb
from councils.actions.answering import shuffle_answers
from councils.actions.asking import ask_members
from councils.models import (
    Council,
    Evaluation,
    EvaluationChange,
    EvaluationQuestion,
)

PERMISSION = "councils.keep_evaluation"
COPIED = ("kind", "text", "help", "is_required", "options", "settings", "condition", "place", "origin")
MOST_QUESTIONS = 40


@verb
def begin_evaluation(
    *, municipality: Municipality, year: int, by: Actor, council: Council | None = None
) -> Evaluation:
    """Begin the evaluation of a council over a year, or of all; with the questions of the last one, else with ours."""
    if council is not None:
        require("councils.keep_council", council, by=by)
    else:
        require("councils.manage_council", municipality, by=by)
    made = Evaluation(municipality=municipality, council=council, year=year)
    made.full_clean()
    with because("councils.evaluation_begun", by=by):
        made.save()
        _copy(_questions_before(made), made)
    return made


def _questions_before(made: Evaluation) -> list[EvaluationQuestion]:
    """Those of the last evaluation: of the same council, else of all councils, else those that we propose."""
    earlier = Evaluation.objects.of(made.municipality_id).filter(year__lt=made.year).order_by("-year", "-pk")
    for scope in (Q(council=made.council_id), Q(council=None)):
        last = earlier.filter(scope).first()
        if last is not None and last.questions.exists():
            return list(last.questions.all())
    return proposed()


def _copy(questions: Sequence[EvaluationQuestion], made: Evaluation) -> None:
    """The same questions, with conditions that name the new ones."""
    new = {
        one.uuid: EvaluationQuestion(evaluation=made, **{name: getattr(one, name) for name in COPIED})
        for one in questions
    }
    for question in new.values():
        if question.condition:
            before = new.get(UUID(question.condition["question"]))
            question.condition = {**question.condition, "question": str(before.uuid)} if before else {}
        question.save()


def proposed() -> list[EvaluationQuestion]:
    """The questions with which a first evaluation begins; they can be changed."""
    points = {"points": 5, "low": _("not at all"), "high": _("entirely"), "blank": True}
    statements = (
        _("It is clear to me what the council advises about."),
        _("The agenda and the papers come in time."),
        _("Everybody gets to speak in our meetings."),
        _("The municipality answers our advices with a reason."),
        _("I see what became of our advices."),
    )
    asked = [
        EvaluationQuestion(kind="scale", text=text, settings=points, place=place)
        for place, text in enumerate(statements, start=1)
    ]
    number = len(asked)
    choices = (_("yes"), _("perhaps"), _("no"))
    options = [{"key": key, "label": label} for key, label in zip("abc", choices, strict=True)]
    stays = EvaluationQuestion(
        kind="single", text=_("Do you want to stay in the council?"), options=options, settings={"blank": True}, place=number + 1
    )  # fmt: skip
    why = EvaluationQuestion(
        kind="open", text=_("What would make you stay?"), place=number + 2,
        condition={"question": str(stays.uuid), "any_of": ["b", "c"]},
    )  # fmt: skip
    change = EvaluationQuestion(
        kind="open", text=_("What should the council do differently?"), place=number + 3
    )
    return [*asked, stays, why, change]


def _in_the_making(evaluation: Evaluation, by: Actor) -> Evaluation:
    """The evaluation under its lock, when its questions may still change."""
    found = locked(evaluation)
    require(PERMISSION, found, by=by)
    if found.state != Evaluation.State.CONCEPT:
        raise Refused(_("Members answer already: the questions stay as they are."), "open")
    return found


@verb
def save_question(
    *, question: EvaluationQuestion, by: Actor, place: int | None = None, version: str | None = None
) -> EvaluationQuestion:
    """Add a question, or change one, and put it in its place (1 is the first)."""
    evaluation = _in_the_making(question.evaluation, by)
    is_known = question.pk is not None
    if is_known:
        same_version(EvaluationQuestion.objects.get(pk=question.pk), version)
    others = [one for one in evaluation.questions.all() if one.pk != question.pk]
    if not is_known and len(others) >= MOST_QUESTIONS:
        raise Refused(_("At most %(most)d questions.") % {"most": MOST_QUESTIONS}, "many")
    at = len(others) if place is None else max(0, min(place - 1, len(others)))
    kind_of(question).check(question)
    order = [*others[:at], question, *others[at:]]
    for number, one in enumerate(order):
        check_condition(one, order[:number])
    with because("councils.evaluation_asked", by=by):
        for number, one in enumerate(order, start=1):
            if one is question or one.place != number:
                one.place = number
                one.full_clean()
                one.save()
    return question


@verb
def remove_question(*, question: EvaluationQuestion, by: Actor) -> None:
    """Take a question away; one that is asked after it, is asked of everybody."""
    evaluation = _in_the_making(question.evaluation, by)
    with because("councils.evaluation_asked", by=by):
        for one in evaluation.questions.filter(condition__question=str(question.uuid)):
            one.condition = {}
            one.save()
        locked(question).delete()


@verb
def open_evaluation(*, evaluation: Evaluation, closes_on: dt.date, by: Actor) -> Evaluation:
    """Ask the members by mail, until a day; from now on the questions stay as they are."""
    found = _in_the_making(evaluation, by)
    if closes_on < timezone.localdate():
        raise ValidationError({"closes_on": _("Choose a day that is still to come.")}, code="past")
    if not found.questions.exists():
        raise Refused(_("There is no question yet."), "empty")
    found.state, found.closes_on = Evaluation.State.OPEN, closes_on
    with because("councils.evaluation_opened", by=by):
        found.save()
    ask_members(found)
    return found


@verb
def remind_of_evaluation(*, evaluation: Evaluation, by: Actor) -> Evaluation:
    """Mail all members once more, those too who answered: who did is used for nothing but that nobody does so twice."""
    found = locked(evaluation)
    require(PERMISSION, found, by=by)
    if not found.is_open:
        raise Refused(_("Members do not answer now."), "closed")
    if found.reminded_at is not None:
        raise Refused(_("Members were reminded already: once is enough."), "again")
    found.reminded_at = timezone.now()
    with because("councils.evaluation_reminded", by=by):
        found.save()
    ask_members(found, again=True)
    return found


@verb
def close_evaluation(*, evaluation: Evaluation, by: Actor) -> Evaluation:
    """Close it: it is counted, who answered is forgotten, and answers lose the order in which they came."""
    found = locked(evaluation)
    require(PERMISSION, found, by=by)
    if found.state != Evaluation.State.OPEN:
        raise Refused(_("Members do not answer now."), "closed")
    found.state = Evaluation.State.CLOSED
    found.on_paper = found.turnout.filter(is_paper=True).count()
    with because("councils.evaluation_closed", by=by):
        found.save()
        found.turnout.all().delete()
    shuffle_answers(found)
    return found


@verb
def write_report(
    *, evaluation: Evaluation, learned: str, by: Actor, version: str | None = None
) -> Evaluation:
    """Write what was learned; while the report is public, everybody reads it at once."""
    found = locked(evaluation)
    require(PERMISSION, found, by=by)
    same_version(found, version)
    found.learned = learned
    with because("councils.evaluation_report", by=by):
        found.save()
    return found


@verb
def save_change(*, change: EvaluationChange, by: Actor, version: str | None = None) -> EvaluationChange:
    """Say something that will change, or say it otherwise."""
    require(PERMISSION, change.evaluation, by=by)
    if change.pk is not None:
        locked(change, version=version)
    change.full_clean()
    with because("councils.evaluation_report", by=by):
        change.save()
    return change


@verb
def remove_change(*, change: EvaluationChange, by: Actor) -> None:
    """Take away something that would change."""
    require(PERMISSION, change.evaluation, by=by)
    with because("councils.evaluation_report", by=by):
        locked(change).delete()


@verb
def publish_evaluation(*, evaluation: Evaluation, by: Actor) -> Evaluation:
    """Let everybody read the report: the results, what was learned and what will change."""
    found = locked(evaluation)
    require(PERMISSION, found, by=by)
    if found.state != Evaluation.State.CLOSED:
        raise Refused(_("Close it first: a report comes after the answers."), "open")
    if not found.changes.exists():
        raise Refused(_("Say first what will change, or that nothing will."), "empty")
    if found.published_at is None:
        found.published_at = timezone.now()
        with because("councils.evaluation_published", by=by):
            found.save()
    return found
