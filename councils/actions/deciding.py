"""How a decision gets its number, and its words from the vote that made it."""

import datetime as dt

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.verbs import locked
from councils.actions.meeting_shared import checked
from councils.models import Council, Decision, Meeting, Vote
from councils.models.minutes import number_in

TITLE = 200


def decision_from(vote: Vote, meeting: Meeting, at: dt.datetime) -> Decision | None:
    """The decision of a vote that closed; none when it is undecided. It is written in the language of the municipality."""
    if vote.result == Vote.Result.AGAIN:
        return None
    with translation.override(settings.LANGUAGE_CODE):
        decision = Decision(
            meeting=meeting, item=vote.item, vote=vote, at=at, title=vote.question[:TITLE], text=words_of(vote),
            how=Decision.How.AGREEMENT if vote.how == Vote.How.AGREEMENT else Decision.How.VOTE,
            kind=kind_of(vote),
        )  # fmt: skip
    return numbered(decision)


def kind_of(vote: Vote) -> str:
    """An advice that was adopted, or a decision."""
    is_advice = vote.item.kind == "advice" and vote.result == Vote.Result.ADOPTED
    return Decision.Kind.ADVICE if is_advice else Decision.Kind.DECISION


def words_of(vote: Vote) -> str:
    """What was decided, as a sentence."""
    if vote.result == Vote.Result.CHOSEN:
        return _("The council chooses %(name)s.") % {"name": vote.chosen}
    if vote.result == Vote.Result.ADOPTED:
        return _("The council adopts: %(question)s") % {"question": vote.question}
    return _("The council does not adopt: %(question)s") % {"question": vote.question}


def numbered(decision: Decision) -> Decision:
    """Write a decision with the next number of its council in the year of the meeting."""
    council = locked(decision.meeting.council, queryset=Council.objects.all())
    decision.council = council
    decision.year = timezone.localtime(decision.meeting.starts_at).year
    decision.number = number_in(council, decision.year)
    checked(decision)
    decision.save()
    return decision
