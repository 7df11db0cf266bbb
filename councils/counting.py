"""What comes of a vote: exact fractions of what counts as the whole, by the rule that was named before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from councils.models import SecretCount, Vote, Voter

Result = Vote.Result
# Of the whole, how much is needed; None: more than any other. Half must be passed, the others reached.
NEEDED: Mapping[str, Fraction | None] = {
    Vote.Majority.HALF: Fraction(1, 2),
    Vote.Majority.TWO_THIRDS: Fraction(2, 3),
    Vote.Majority.THREE_QUARTERS: Fraction(3, 4),
    Vote.Majority.MOST: None,
}
# The choices of a secret vote about a proposal, as they are kept.
FOR_OR_AGAINST = [str(Voter.Choice.FOR), str(Voter.Choice.AGAINST)]


@dataclass(frozen=True)
class Said:
    """How a vote is counted, as it was named beforehand."""

    base: str = Vote.Base.VALID
    majority: str = Vote.Majority.HALF
    tie: str = Vote.Tie.REJECTED
    silent: str = Vote.Silent.ABSTAINS


@dataclass(frozen=True)
class Counted:
    """Votes for and against, abstentions, and who was counted apart; `entitled` is every member with a vote, there or not."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    apart: int = 0
    entitled: int = 0

    def whole(self, base: str) -> int:
        """What counts as 100 %."""
        valid = self.in_favour + self.against
        return {
            Vote.Base.VALID: valid,
            Vote.Base.PRESENT: valid + self.abstained,
            Vote.Base.ENTITLED: self.entitled,
        }[Vote.Base(base)]


def said(vote: Vote) -> Said:
    """How a vote is counted."""
    return Said(vote.base, vote.majority, vote.tie, vote.silent)


def named_options(vote: Vote) -> list[str]:
    """The names that a secret vote chooses from; none when it is for or against."""
    return [] if list(vote.options) == FOR_OR_AGAINST else list(vote.options)


def count(choices: Sequence[str], silent: str, entitled: int) -> Counted:
    """Choices as counts; who chose nothing abstains, or stands apart, as was said."""
    nothing = Voter.Choice.ABSTAINS if silent == Vote.Silent.ABSTAINS else Voter.Choice.APART
    told = [one or nothing for one in choices]
    return Counted(
        told.count(Voter.Choice.FOR),
        told.count(Voter.Choice.AGAINST),
        told.count(Voter.Choice.ABSTAINS),
        told.count(Voter.Choice.APART),
        entitled,
    )


def is_carried(votes: int, others: int, whole: int, majority: str) -> bool:
    """Whether so many votes are enough, when the nearest other choice has `others`."""
    needed = NEEDED[majority]
    if not whole or not votes:
        return False
    if needed is None:
        return votes > others
    share = Fraction(votes, whole)
    return share > needed if majority == Vote.Majority.HALF else share >= needed


def is_tie(votes: int, others: int, whole: int, majority: str) -> bool:
    """Whether it could have gone either way: exactly half where more is needed, or as many as the nearest other choice."""
    if not whole or not votes:
        return False
    return votes == others if majority == Vote.Majority.MOST else (
        majority == Vote.Majority.HALF and votes == others and 2 * votes == whole
    )  # fmt: skip


def least(whole: int, majority: str) -> int | None:
    """How many votes are needed of a whole; None when it depends on the others."""
    needed = NEEDED[majority]
    if needed is None:
        return None
    votes = whole * needed
    return int(votes) + 1 if majority == Vote.Majority.HALF else -int(-votes // 1)


def outcome(rule: Said, counted: Counted, chair: str = "") -> Result:
    """What comes of a vote about a proposal; `chair` is what the chair chose."""
    whole = counted.whole(rule.base)
    votes, others = counted.in_favour, counted.against
    if is_carried(votes, others, whole, rule.majority):
        return Result.ADOPTED
    if not is_tie(votes, others, whole, rule.majority):
        return Result.REJECTED
    if rule.tie == Vote.Tie.AGAIN:
        return Result.AGAIN
    by_chair = rule.tie == Vote.Tie.CHAIR and chair == Voter.Choice.FOR
    return Result.ADOPTED if by_chair else Result.REJECTED


@dataclass(frozen=True)
class Papers:
    """The ballot papers of a secret vote: one number for each choice, in its order, with blank and invalid ones."""

    choices: tuple[int, ...]
    blank: int = 0
    invalid: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.choices) + self.blank + self.invalid

    def whole(self, base: str, entitled: int) -> int:
        """What counts as 100 %: a blank paper is an abstention, one that is not valid counts nowhere but among all members."""
        valid = sum(self.choices)
        return {
            Vote.Base.VALID: valid,
            Vote.Base.PRESENT: valid + self.blank,
            Vote.Base.ENTITLED: entitled,
        }[Vote.Base(base)]


def papers_of(counts: Mapping[int, int], options: int) -> Papers:
    """Rows of `SecretCount` as papers."""
    return Papers(
        tuple(counts.get(place, 0) for place in range(1, options + 1)),
        counts.get(SecretCount.BLANK, 0),
        counts.get(SecretCount.INVALID, 0),
    )


def chosen(rule: Said, papers: Papers, entitled: int) -> tuple[Result, int | None]:
    """What comes of a secret vote between names, and which of them by its place from 0; None when nobody is chosen."""
    whole = papers.whole(rule.base, entitled)
    ranked = sorted(range(len(papers.choices)), key=lambda place: -papers.choices[place])
    first, second = ranked[0], ranked[1]
    votes, others = papers.choices[first], papers.choices[second]
    if votes > others and is_carried(votes, others, whole, rule.majority):
        return Result.CHOSEN, first
    # Between more than two, nobody may have enough yet: then there is another vote between the first two, if the rule says so.
    return (Result.AGAIN if rule.tie == Vote.Tie.AGAIN or len(papers.choices) > 2 else Result.REJECTED), None


def secret_outcome(rule: Said, papers: Papers, entitled: int) -> Result:
    """What comes of a secret vote about a proposal: the first choice is for, the second against."""
    counted = Counted(papers.choices[0], papers.choices[1], papers.blank, papers.invalid, entitled)
    return outcome(rule, counted)
