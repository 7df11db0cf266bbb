"""What of the answer to an advice somebody reads: the version that counts for them, those before it, and what happened when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.models import Release
from councils.models import ANSWERS, Advice, Answer, AnswerLine, Recommendation
from councils.register import AdviceRow


@dataclass(frozen=True)
class Told:
    """The versions of an answer that one person reads, the first one first, each with its release."""

    versions: Sequence[tuple[Answer, Release]]

    @property
    def answer(self) -> Answer | None:
        """The last of them."""
        return self.versions[-1][0] if self.versions else None

    @property
    def release(self) -> Release | None:
        """The release of the last."""
        return self.versions[-1][1] if self.versions else None

    @property
    def first(self) -> Release | None:
        """The release of the first: that is when the advice was answered."""
        return self.versions[0][1] if self.versions else None

    @property
    def before(self) -> Release | None:
        """The release of the last when that is not public yet: the look of who is named is kept."""
        return self.release if self.release is not None and not self.release.is_public else None

    @property
    def earlier(self) -> Sequence[tuple[Answer, Release]]:
        """What everybody could read before the last."""
        return self.versions[:-1]

    def pairs(self, advice: Advice) -> list[tuple[Recommendation, AnswerLine | None]]:
        """Each recommendation with what the last says of it."""
        return pairs_of(advice, self.answer)


def answered_of(advice: Advice, user: Any) -> Told:
    """What a person reads of the answer to an advice; two queries. What was withdrawn before it was public counts nowhere."""
    answers = list(Answer.objects.visible_to(user).filter(advice=advice).order_by("number"))
    if not answers:
        return Told([])
    current = Release.objects.of_kind(ANSWERS).current().filter(subject__in=[one.uuid for one in answers])
    releases = {one.subject: one for one in current}
    return Told([(one, releases[one.uuid]) for one in answers if one.uuid in releases])


def pairs_of(advice: Advice, answer: Answer | None) -> list[tuple[Recommendation, AnswerLine | None]]:
    """Each recommendation with what a version of the answer says of it."""
    lines = answer.lines.select_related("action__plan") if answer is not None else []
    said = {line.recommendation_id: line for line in lines}
    return [(one, said.get(one.pk)) for one in advice.recommendations.all()]


def phases_of(row: AdviceRow, told: Told) -> list[dict[str, str]]:
    """What happened when; the decision stands in it for who may read it."""
    advice = row.advice
    steps: list[tuple[str, str, bool]] = [
        (_("Given"), f"{_day(advice.adopted_on)}, {advice.vote_words}", True),
        (_("Received"), _("%(day)s, the term begins") % {"day": _day(advice.received_on)} if advice.received_on else "",
         advice.received_on is not None),
    ]  # fmt: skip
    release = told.first
    if release is not None and release.decided_on:
        steps.append((_("Decided"), f"{_day(release.decided_on)}, {release.body}", True))
    if release is not None and release.release_at:
        local = timezone.localtime(release.release_at)
        words = f"{_day(local.date())}, {time_format(local, 'H.i')}"
        steps.append((_("Released"), words, release.is_public))
    elif row.answered_on is None:
        steps.append(
            (_("Answer"), _("due on %(day)s") % {"day": _day(advice.due_on)} if advice.due_on else "", False)
        )
    if row.corrected_on is not None:
        steps.append((_("Corrected"), _day(row.corrected_on), True))
    first = next((place for place, one in enumerate(steps) if not one[2]), len(steps))
    states = [
        "done" if place < first else "now" if place == first else "coming" for place in range(len(steps))
    ]
    return [
        {"title": title, "dates": dates, "state": state}
        for (title, dates, _done), state in zip(steps, states, strict=True)
    ]


def _day(day: Any) -> str:
    return date_format(day, "j F Y")
