"""The verbs of a vote: name it beforehand, open, choose, count, close. A vote that closes writes its decision."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.history import because
from core.secrecy import unrecorded
from core.states import move
from core.verbs import Actor, Conflict, Refused, locked, same_version, verb
from councils.actions.deciding import decision_from
from councils.actions.meeting_shared import (
    checked,
    item_of,
    kept_meeting,
    moment,
    running_meeting,
    set_values,
)
from councils.counting import FOR_OR_AGAINST, chosen, count, outcome, papers_of, said, secret_outcome
from councils.models import AgendaItem, Meeting, SecretCount, Vote, Voter
from councils.reading.roll import Roll, roll_of

VOTE = ("question", "how", "base", "majority", "tie", "silent", "options")
State, How = Vote.State, Vote.How
BASES = {"cast": Vote.Base.VALID, "with_abstentions": Vote.Base.PRESENT, "members": Vote.Base.ENTITLED}
MAJORITIES = {"more_than_half": Vote.Majority.HALF, "two_thirds": Vote.Majority.TWO_THIRDS}
SILENT = {"abstention": Vote.Silent.ABSTAINS, "apart": Vote.Silent.APART}


def by_rule(roll: Roll) -> dict[str, str]:
    """How votes are counted in a council, unless it is said otherwise beforehand."""
    return {
        "base": BASES[str(roll.rule("vote_base"))],
        "majority": MAJORITIES[str(roll.rule("majority"))],
        "tie": str(roll.rule("tie")),
        "silent": SILENT[str(roll.rule("present_without_vote"))],
    }


@verb
def prepare_vote(*, item: AgendaItem, by: Actor, values: Mapping[str, Any]) -> Vote:
    """Name a question and how it is counted: by the rules of the council where the values say nothing."""
    meeting = _while_it_lasts(item, by)
    item = item_of(meeting, item)
    vote = Vote(item=item, **by_rule(roll_of(meeting)))
    if values.get("how") == How.SECRET and "tie" not in values and vote.tie == Vote.Tie.CHAIR:
        vote.tie = Vote.Tie.REJECTED  # nobody knows what the chair chose
    set_values(vote, values, VOTE)
    if vote.how == How.SECRET and not vote.options:
        vote.options = list(FOR_OR_AGAINST)
    _is_whole(vote)
    with because("councils.vote_prepared", by=by):
        vote.save()
    return vote


@verb
def change_vote(*, vote: Vote, by: Actor, values: Mapping[str, Any], version: str | None = None) -> Vote:
    """Change what is asked or how it is counted, while it is not open."""
    _while_it_lasts(vote.item, by)
    vote = locked(vote, version=version)
    if vote.state != State.PREPARED:
        raise Refused(_("How a vote is counted stays as it was said before it."), "said")
    set_values(vote, values, VOTE)
    if vote.how != How.SECRET:
        vote.options = []
    elif not vote.options:
        vote.options = list(FOR_OR_AGAINST)
    _is_whole(vote)
    with because("councils.vote_prepared", by=by):
        vote.save()
    return vote


def _is_whole(vote: Vote) -> None:
    if len(set(vote.options)) != len(vote.options):
        raise ValidationError({"options": _("The same choice stands here twice.")})
    checked(vote, leave=("vote_one_open_an_item",))


def _while_it_lasts(item: AgendaItem, by: Actor) -> Meeting:
    found = kept_meeting(item.meeting, by=by)
    if found.is_over or found.state == Meeting.State.CANCELLED:
        raise Refused(_("The meeting is over."), "over")
    return found


@verb
def remove_vote(*, vote: Vote, by: Actor, version: str | None = None) -> None:
    """Take away a vote that was never opened."""
    _while_it_lasts(vote.item, by)
    vote = locked(vote, version=version)
    if vote.state != State.PREPARED:
        raise Refused(_("A vote that was opened stays."), "opened")
    with because("councils.vote_removed", by=by):
        vote.delete()


@verb
def open_vote(*, vote: Vote, by: Actor, at: dt.datetime | None = None, version: str | None = None) -> Vote:
    """Open a vote at the item that goes on: who is entitled and present, and who votes by proxy, is frozen now."""
    meeting = running_meeting(vote.item.meeting, by=by)
    vote = locked(vote, version=version)
    item = item_of(meeting, vote.item)
    if item.state != AgendaItem.State.RUNNING:
        raise Refused(_("Go to the item of this vote first."), "not_now")
    if Vote.objects.filter(item__meeting=meeting, state=State.OPEN).exclude(pk=vote.pk).exists():
        raise Refused(_("Another vote is open. Close it first."), "vote_open")
    if meeting.pauses.filter(until_at=None).exists():
        raise Refused(_("The meeting is adjourned. Go on first."), "paused")
    roll = roll_of(meeting)
    if roll.is_quorate() is False:
        words = _("Only %(there)d of %(all)d members with a vote are there; %(needed)d are needed.")
        told = {"there": len(roll.there), "all": len(roll.entitled), "needed": roll.quorum}
        raise Refused(words % told, "quorum")
    move(vote, "state", State.OPEN, refusal=_("This vote was opened already."))
    vote.opened_at, vote.entitled = moment(at), len(roll.entitled)
    voters = roll.voters(vote)
    vote.present = len(voters)
    if not voters:
        raise Refused(_("Nobody with a vote is there."), "nobody")
    with because("councils.vote_opened", by=by):
        vote.save()
        vote.voters.all().delete()
        Voter.objects.bulk_create(voters)
    return vote


@verb
def take_back_vote(*, vote: Vote, by: Actor) -> Vote:
    """Take an open vote back, so that it can be named otherwise or opened with who is there now; what was chosen goes."""
    running_meeting(vote.item.meeting, by=by)
    vote = locked(vote)
    move(vote, "state", State.PREPARED, refusal=_("Only an open vote can be taken back."))
    vote.opened_at = vote.entitled = vote.present = None
    with because("councils.vote_taken_back", by=by):
        vote.voters.all().delete()
        vote.save()
    with unrecorded():
        vote.secret_counts.all().delete()
    return vote


@verb
def choose(*, voter: Voter, by: Actor, choice: str, seen: str | None = None) -> Voter:
    """Write what a member chooses, as the secretary hears it; `seen` is the choice that stood there, when that matters."""
    running_meeting(voter.vote.item.meeting, by=by)
    vote = locked(voter.vote)
    if not vote.is_open or vote.how != How.NAMES:
        raise Refused(_("This vote takes no names now."), "not_open")
    voter = locked(voter, queryset=Voter.objects.select_related("membership__person"))
    if seen is not None and voter.choice not in (seen, choice):
        words = _("Somebody wrote “%(choice)s” for %(name)s in the meantime.")
        told = {"choice": voter.get_choice_display(), "name": voter.membership.person.name}
        raise Conflict(voter, words % told)
    if choice not in Voter.Choice.values:
        raise Refused(_("This is none of the choices."), "choice")
    voter.choice = choice
    with because("councils.voted", by=by):
        voter.save()
    voter.vote = vote
    return voter


@verb
def choose_rest(*, vote: Vote, by: Actor, choice: str = Voter.Choice.FOR) -> int:
    """Everybody for whom nothing is written yet chooses the same; how many."""
    running_meeting(vote.item.meeting, by=by)
    vote = locked(vote)
    if not vote.is_open or vote.how != How.NAMES:
        raise Refused(_("This vote takes no names now."), "not_open")
    rest = list(vote.voters.select_for_update().filter(choice=""))
    with because("councils.voted", by=by):
        for voter in rest:
            voter.choice = choice
            voter.save()
    return len(rest)


@verb
def close_vote(
    *,
    vote: Vote,
    by: Actor,
    papers: Mapping[int, int] | None = None,
    is_agreed: bool | None = None,
    silent: bool = False,
    at: dt.datetime | None = None,
    version: str | None = None,
) -> Vote:
    """Close an open vote: count it by the rule that was named, and write the decision.

    By name every name has a choice, unless `silent` says that who chose nothing counts as was said. A secret vote closes only with
    as many papers as there are voters: `papers` are the numbers by place of the choice (0 blank, -1 not valid). By general
    agreement `is_agreed` says whether nobody objected.
    """
    meeting = running_meeting(vote.item.meeting, by=by)
    vote = locked(vote, queryset=Vote.objects.select_related("item"))
    same_version(vote, version)
    voters = list(vote.voters.select_for_update())
    now = moment(at)
    counts: Mapping[int, int] = {}
    if not vote.is_open:
        raise Refused(_("This vote is not open."), "not_open")
    if vote.how == How.SECRET:
        counts = _papers(vote, papers or {}, len(voters))
        _secret(vote, counts)
    elif vote.how == How.AGREEMENT:
        _agreed(vote, is_agreed, len(voters))
    else:
        _named(vote, voters, silent=silent)
    move(vote, "state", State.CLOSED)
    vote.closed_at = now
    checked(vote)
    if counts:
        with unrecorded():
            SecretCount.objects.bulk_create(
                SecretCount(vote=vote, option=place, number=number) for place, number in counts.items()
            )
    with because("councils.vote_closed", by=by):
        vote.save()
        decision_from(vote, meeting, now)
    return vote


def _papers(vote: Vote, papers: Mapping[int, int], voters: int) -> dict[int, int]:
    places = [*range(1, len(vote.options) + 1), SecretCount.BLANK, SecretCount.INVALID]
    counts = {place: papers.get(place, 0) for place in places}
    if set(papers) - set(places) or min(counts.values()) < 0:
        raise Refused(_("This is none of the choices."), "choice")
    total = sum(counts.values())
    if total != voters:
        words = _("%(papers)d ballot papers, %(voters)d voters. Count again.")
        raise Refused(words % {"papers": total, "voters": voters}, "papers")
    return counts


def _secret(vote: Vote, counts: Mapping[int, int]) -> None:
    papers = papers_of(counts, len(vote.options))
    rule, entitled = said(vote), vote.entitled or 0
    if list(vote.options) == FOR_OR_AGAINST:
        vote.result = secret_outcome(rule, papers, entitled)
        vote.in_favour, vote.against = papers.choices
        vote.abstained, vote.apart = papers.blank, papers.invalid
        return
    vote.result, place = chosen(rule, papers, entitled)
    vote.chosen = vote.options[place] if place is not None else ""


def _agreed(vote: Vote, is_agreed: bool | None, voters: int) -> None:
    if is_agreed is None:
        raise Refused(_("Say whether everybody agrees."), "agreed")
    vote.result = Vote.Result.ADOPTED if is_agreed else Vote.Result.AGAIN
    if is_agreed:
        vote.in_favour, vote.against, vote.abstained, vote.apart = voters, 0, 0, 0


def _named(vote: Vote, voters: Sequence[Voter], *, silent: bool) -> None:
    open_names = [one for one in voters if not one.choice]
    if open_names and not silent:
        words = _("%(number)d names have no choice yet.")
        raise Refused(words % {"number": len(open_names)}, "names")
    counted = count([one.choice for one in voters], vote.silent, vote.entitled or 0)
    chair = next((one.choice for one in voters if one.is_chair), "")
    vote.result = outcome(said(vote), counted, chair)
    vote.in_favour, vote.against = counted.in_favour, counted.against
    vote.abstained, vote.apart = counted.abstained, counted.apart
