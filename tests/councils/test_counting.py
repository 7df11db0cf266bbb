"""What comes of a vote, by the rule that was named before it."""

import pytest

from councils.counting import Counted, Papers, Said, chosen, count, least, outcome, papers_of, secret_outcome
from councils.models import Vote


@pytest.mark.parametrize(
    ("rule", "counted", "result"),
    [
        (Said(), Counted(6, 3, 0, 0, 11), "adopted"),
        (Said(), Counted(1, 0, 8, 0, 11), "adopted"),  # an abstention counts not
        (Said(base="present"), Counted(4, 1, 5, 0, 11), "rejected"),
        (Said(base="present"), Counted(4, 1, 2, 3, 11), "adopted"),  # who stands apart is not in the whole
        (Said(base="entitled"), Counted(5, 0, 0, 0, 11), "rejected"),
        (Said(base="entitled"), Counted(6, 0, 0, 0, 11), "adopted"),
        (Said(majority="two_thirds"), Counted(6, 3, 0, 0, 11), "adopted"),  # exactly two thirds is enough
        (Said(majority="two_thirds"), Counted(5, 3, 0, 0, 11), "rejected"),
        (Said(majority="three_quarters"), Counted(6, 2, 0, 0, 11), "adopted"),
        (Said(majority="three_quarters"), Counted(5, 2, 0, 0, 11), "rejected"),
        (Said(majority="most"), Counted(3, 2, 6, 0, 11), "adopted"),
        (Said(), Counted(4, 4, 1, 0, 11), "rejected"),
        (Said(tie="again"), Counted(4, 4, 1, 0, 11), "again"),
        (Said(tie="again"), Counted(3, 4, 1, 0, 11), "rejected"),
        (Said(tie="again", majority="two_thirds"), Counted(4, 4, 0, 0, 11), "rejected"),
        (Said(tie="again", base="present"), Counted(4, 4, 1, 0, 11), "rejected"),
        (Said(tie="again"), Counted(0, 0, 9, 0, 11), "rejected"),  # nobody was for
    ],
)
def test_what_comes_of_a_vote(rule: Said, counted: Counted, result: str) -> None:
    assert outcome(rule, counted) == result


@pytest.mark.parametrize(
    ("chair", "result"), [("for", "adopted"), ("against", "rejected"), ("abstains", "rejected")]
)
def test_the_chair_decides_by_what_the_chair_chose(chair: str, result: str) -> None:
    assert outcome(Said(tie="chair"), Counted(4, 4, 1, 0, 11), chair) == result
    assert outcome(Said(tie="chair"), Counted(5, 3, 1, 0, 11), chair) == "adopted"


def test_who_chose_nothing_counts_as_was_said() -> None:
    choices = ["for", "for", "against", "", "abstains", ""]
    assert count(choices, Vote.Silent.ABSTAINS, 8) == Counted(2, 1, 3, 0, 8)
    assert count(choices, Vote.Silent.APART, 8) == Counted(2, 1, 1, 2, 8)


@pytest.mark.parametrize(
    ("whole", "majority", "needed"),
    [(9, "half", 5), (10, "half", 6), (9, "two_thirds", 6), (10, "two_thirds", 7), (8, "three_quarters", 6), (9, "most", None)],
)  # fmt: skip
def test_how_many_votes_are_needed(whole: int, majority: str, needed: int | None) -> None:
    assert least(whole, majority) == needed


@pytest.mark.parametrize(
    ("rule", "papers", "result", "place"),
    [
        (Said(), Papers((6, 3), blank=1), "chosen", 0),
        (Said(base="present"), Papers((5, 3), blank=2), "rejected", None),
        (Said(), Papers((3, 4, 3)), "again", None),
        (Said(majority="most"), Papers((3, 4, 3)), "chosen", 1),
        (Said(majority="most"), Papers((4, 4, 3)), "again", None),
        (Said(tie="again"), Papers((4, 4)), "again", None),
        (Said(), Papers((4, 4)), "rejected", None),
        (Said(), Papers((0, 0), blank=8), "rejected", None),
    ],
)
def test_who_is_chosen_in_a_secret_vote(rule: Said, papers: Papers, result: str, place: int | None) -> None:
    assert chosen(rule, papers, 11) == (result, place)


def test_a_secret_vote_about_a_proposal() -> None:
    assert secret_outcome(Said(), Papers((5, 4), blank=2), 11) == "adopted"
    assert secret_outcome(Said(base="present"), Papers((5, 4), blank=2), 11) == "rejected"


def test_counts_become_papers() -> None:
    papers = papers_of({1: 6, 2: 3, 0: 1}, 3)
    assert papers == Papers((6, 3, 0), blank=1)
    assert papers.total == 10
