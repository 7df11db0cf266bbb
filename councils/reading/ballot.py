"""The vote that carried an advice, as everybody may read it: how it was counted and, when by name, who chose what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from councils.models import Advice, Meeting, Presence, Vote, Voter


@dataclass(frozen=True)
class Ballot:
    """A closed vote for a page: the rule by which it was counted, and the names under what they chose (empty: not by name)."""

    meeting: Meeting
    rule: str
    names: Sequence[tuple[str, str]]


def ballot_of(advice: Advice) -> Ballot | None:
    """The vote with which an advice was given; None without one, and behind closed doors. Three queries at most."""
    rows = Vote.objects.select_related("item__meeting__council")
    vote = rows.filter(pk=advice.vote_id).first() if advice.vote_id is not None else None
    if vote is None or vote.item.is_closed or not vote.item.meeting.is_public:
        return None
    return Ballot(vote.item.meeting, _rule(vote), _names(vote))


def _rule(vote: Vote) -> str:
    """How it was counted; nothing of what was agreed without a vote."""
    if vote.in_favour is None:
        return ""
    told = {"base": vote.get_base_display(), "majority": vote.get_majority_display()}
    return _("100 %% is: %(base)s; needed: %(majority)s.") % told


def _names(vote: Vote) -> list[tuple[str, str]]:
    if vote.how != Vote.How.NAMES:
        return []
    silent = Voter.Choice.ABSTAINS if vote.silent == Vote.Silent.ABSTAINS else Voter.Choice.APART
    found: dict[str, list[str]] = {}
    for voter in vote.voters.select_related("membership__person", "proxy__holder__person"):
        name = voter.membership.person.name
        if voter.proxy is not None:
            name = _("%(giver)s (by %(holder)s)") % {"giver": name, "holder": voter.proxy.holder.person.name}
        found.setdefault(str(voter.choice or silent), []).append(name)
    sides = (
        ("for", _("For")),
        ("against", _("Against")),
        ("abstains", _("Abstained")),
        ("apart", _("Not taking part")),
    )
    told = [(title, ", ".join(found[choice])) for choice, title in sides if choice in found]
    left = ", ".join(_gone(vote))
    return [*told, (_("Left for a conflict of interest"), left)] if left else told


def _gone(vote: Vote) -> list[str]:
    """Who left for a conflict of interest, and was not back when the vote closed."""
    back = Presence.objects.filter(
        Q(until_at__isnull=True) | Q(until_at__gt=vote.closed_at),
        meeting=OuterRef("meeting"), membership=OuterRef("membership"), from_at__lte=vote.closed_at,
    )  # fmt: skip
    left = Presence.objects.filter(
        ~Exists(back), meeting=vote.item.meeting, left=Presence.Left.CONFLICT, until_at__lte=vote.closed_at
    )
    return list(
        left.values_list(F("membership__person__name"), flat=True)
        .order_by("membership__rank", "pk")
        .distinct()
    )
