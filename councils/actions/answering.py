"""What members say in an evaluation: once each, themselves or on paper, and kept so that nobody can tell whose it is."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils.translation import gettext as _

from core.questions.answering import validate_all
from core.secrecy import unrecorded
from core.verbs import Actor, Refused, locked, require, verb
from councils.models import Council, Evaluation, EvaluationAnswer, EvaluationTurnout, Person


@verb
def answer_evaluation(
    *, evaluation: Evaluation, council: Council, answers: Mapping[UUID, Any], by: Actor
) -> None:
    """What a member of a council says, once. Who answered is kept until it closes; what they said never with it."""
    found = locked(evaluation)
    person = _member(found, council, by)
    if person is None:
        raise PermissionDenied("councils.answer_evaluation")
    _keep(found, council, person, answers)


@verb
def answer_on_paper(
    *, evaluation: Evaluation, council: Council, person: Person, answers: Mapping[UUID, Any], by: Actor
) -> None:
    """What a member without an account wrote on paper, typed over by who keeps the council; the report says how many came so."""
    found = locked(evaluation)
    require("councils.keep_council", council, by=by)
    if person not in without_account(found, council):
        raise Refused({"person": _("Only a member without an account answers on paper.")}, "account")
    _keep(found, council, person, answers, is_paper=True)


def without_account(evaluation: Evaluation, council: Council) -> list[Person]:
    """Who sits today in a council that is evaluated and has no account, by name."""
    if not evaluation.councils().filter(pk=council.pk).exists():
        return []
    seats = council.memberships.current().filter(person__user=None).values("person")
    return list(Person.objects.filter(pk__in=seats).order_by("name", "pk"))


def _keep(
    evaluation: Evaluation,
    council: Council,
    person: Person,
    answers: Mapping[UUID, Any],
    *,
    is_paper: bool = False,
) -> None:
    if not evaluation.is_open:
        raise Refused(_("It is closed: nothing can be answered any more."), "closed")
    questions = list(evaluation.questions.all())
    values = validate_all(questions, answers)
    _turnout, is_new = EvaluationTurnout.objects.get_or_create(
        evaluation=evaluation, council=council, person=person, defaults={"is_paper": is_paper}
    )
    if not is_new:
        raise Refused(_("This member answered already.") if is_paper else _("You answered already."), "again")
    known, key = {one.uuid: one for one in questions}, secrets.token_hex(16)
    with unrecorded():
        EvaluationAnswer.objects.bulk_create(
            EvaluationAnswer(question=known[one], council=council, participant=key, value=value)
            for one, value in values.items()
        )
    shuffle_answers(evaluation)
    _write_anew(EvaluationTurnout.objects.filter(evaluation=evaluation))


def shuffle_answers(evaluation: Evaluation) -> None:
    """Write the answers anew in an order that tells nothing, all in one go: neither keys nor rows say when one came."""
    with unrecorded():
        _write_anew(EvaluationAnswer.objects.filter(question__evaluation=evaluation))


def _write_anew(rows: Any) -> None:
    """The same rows with other keys, in another order."""
    kept: list[Model] = list(rows)
    secrets.SystemRandom().shuffle(kept)
    rows.delete()
    rows.model.objects.bulk_create(_copies(kept))


def _copies(rows: Iterable[Any]) -> Iterable[Any]:
    for row in rows:
        row.pk = None
        row._state.adding = True
        yield row


def _member(evaluation: Evaluation, council: Council, by: Actor) -> Person | None:
    """Who sits today, as this account, in a council that is evaluated."""
    if not evaluation.councils().filter(pk=council.pk).exists():
        return None
    account = getattr(by, "pk", None)
    if account is None or not getattr(by, "is_active", False):
        return None
    member = council.memberships.current().filter(person__user=account).select_related("person").first()
    return member.person if member else None
