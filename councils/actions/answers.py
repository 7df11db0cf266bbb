"""The verb for the answer to an advice; what brings it to the public are the verbs of `core.release`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.competence import competent_for
from accounts.models import User
from core.history import because
from core.release import open_concept, release_of, require_concept
from core.verbs import Actor, Refused, locked, require, same_version, verb
from councils.models import ANSWERS, Advice, Answer, AnswerLine
from plans.models import Action


@dataclass(frozen=True)
class Said:
    """What is said of one recommendation."""

    verdict: str
    reason: str
    action: Action | None = None


@verb
def write_answer(
    *, advice: Advice, by: Actor, lines: Mapping[int, Said], text: str = "", version: str | None = None
) -> Answer:
    """Write the answer to an advice, a line for each recommendation by its number; only who is named reads it until its release.

    Who writes it first is named, and so is who is competent. What was put to who decides is not changed any more.
    """
    rows = Advice.objects.select_related("council", "municipality", "policy_field")
    advice = locked(advice, queryset=rows.prefetch_related("council__areas"))
    require("councils.answer_advice", advice, by=by)
    if not advice.is_public:
        raise Refused(_("It was not given yet."), "state")
    answer = Answer.objects.select_for_update().filter(advice=advice).first()
    asked = list(advice.recommendations.all())
    if set(lines) - {one.number for one in asked}:
        raise Refused(_("There is no such recommendation."), "recommendation")
    with because("councils.advice_answered", by=by):
        if answer is None:
            answer = Answer(advice=advice)
        else:
            same_version(answer, version)
            if release_of(ANSWERS, answer) is not None:
                require_concept(ANSWERS, answer)
        answer.text = text.strip()
        answer.full_clean()
        answer.save()
        there = {line.recommendation_id: line for line in answer.lines.all()}
        for one in asked:
            line = there.get(one.pk) or AnswerLine(answer=answer, recommendation=one)
            _say(line, one.number, lines.get(one.number))
            line.save()
    if release_of(ANSWERS, answer) is None:
        open_concept(kind=ANSWERS, thing=answer, by=by, readers=_competent(advice), body=body_of(advice))
    return answer


def body_of(advice: Advice) -> str:
    """Who decides on the answer: the body that the advice is addressed to."""
    return advice.body_name or str(advice.get_body_display())


def _say(line: AnswerLine, number: int, said: Said | None) -> None:
    """Set what is said of a recommendation; raises ValidationError at the fields of its number."""
    if said is None or said.verdict not in AnswerLine.Verdict.values:
        raise ValidationError({f"verdict_{number}": _("Say what becomes of it.")}, code="required")
    if not said.reason.strip():
        raise ValidationError({f"reason_{number}": _("Say why: the council reads it.")}, code="required")
    if (
        said.action is not None
        and said.action.plan.municipality_id != line.recommendation.advice.municipality_id
    ):
        raise ValidationError({f"action_{number}": _("This is of another municipality.")})
    line.verdict, line.reason, line.action = said.verdict, said.reason.strip(), said.action
    line.full_clean(exclude=["recommendation"])


def _competent(advice: Advice) -> list[tuple[User, str]]:
    """Who is competent today and has an account, each with the reason to read it."""
    found = competent_for(advice.municipality, advice.policy_field, advice.council.areas.all())
    holders: Any = {one.holder.user: one.holder for one in found if one.holder.user is not None}
    return [(user, holder.title or _("competent")) for user, holder in holders.items()]
