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
from core.verbs import Actor, Operator, Refused, locked, require, same_version, verb
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
    advice = _locked(advice, by=by)
    answer = _last(advice, by=by)
    if answer is None:
        answer = Answer(advice=advice)
    else:
        same_version(answer, version)
    return _written(answer, advice, by=by, lines=lines, text=text)


@verb
def correct_answer(
    *,
    advice: Advice,
    by: Actor,
    why: str,
    lines: Mapping[int, Said],
    text: str = "",
    version: str | None = None,
) -> Answer:
    """Write a correction of an answer that everybody reads, with the reason; that one stays, this goes the same way.

    Nothing of it is public before its own release. One that is not public yet is written on; `version` is that of the last version.
    """
    advice = _locked(advice, by=by)
    last = _last(advice, by=by)
    if last is None or not Answer.objects.released().filter(advice=advice).exists():
        raise Refused(_("Only an answer that everybody reads is corrected."), "state")
    same_version(last, version)
    if not why.strip():
        raise ValidationError({"correction": _("Say why the answer is corrected.")}, code="required")
    is_public = Answer.objects.released().filter(pk=last.pk).exists()
    answer = Answer(advice=advice, number=last.number + 1) if is_public else last
    answer.correction = why.strip()
    return _written(answer, advice, by=by, lines=lines, text=text)


def _locked(advice: Advice, *, by: Actor) -> Advice:
    """The advice under a lock, with what its permission asks; refused before it was given."""
    rows = Advice.objects.select_related("council", "municipality", "policy_field")
    found = locked(advice, queryset=rows.prefetch_related("council__areas"))
    require("councils.answer_advice", found, by=by)
    if not found.is_public:
        raise Refused(_("It was not given yet."), "state")
    return found


def _last(advice: Advice, *, by: Actor) -> Answer | None:
    """The last version under a lock; who is not named to read it is not shown it by what would be a conflict."""
    found = Answer.objects.select_for_update().filter(advice=advice).order_by("-number").first()
    is_read = (
        found is None
        or isinstance(by, Operator)
        or Answer.objects.visible_to(by).filter(pk=found.pk).exists()
    )
    if not is_read:
        raise Refused(_("Somebody is at work on this. Only who is named reads it."), "open")
    return found


def _written(answer: Answer, advice: Advice, *, by: Actor, lines: Mapping[int, Said], text: str) -> Answer:
    """A version of the answer, while it may be changed, with its release begun."""
    asked = list(advice.recommendations.all())
    if set(lines) - {one.number for one in asked}:
        raise Refused(_("There is no such recommendation."), "recommendation")
    if not answer._state.adding and release_of(ANSWERS, answer) is not None:
        require_concept(ANSWERS, answer)
    reason = (
        because("councils.answer_corrected", by=by)
        if answer.is_correction
        else because("councils.advice_answered", by=by)
    )
    with reason:
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
