"""Two who do something in a council at the same moment: each in a thread and a transaction of its own."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from core.digest import digest_of
from core.verbs import Operator
from councils.actions import evening, members, minutes, voting
from councils.models import Approval, Council, Decision, Meeting, Membership, Vote
from councils.reading.record import minutes_of
from tests.conftest import Land
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member, make_person
from tests.plans.conftest import at_once

pytestmark = pytest.mark.django_db(transaction=True)
BY = Operator("test")


@pytest.fixture
def council(land: Land, cast: dict[str, User]) -> Council:
    """Six members with a vote; the first one chairs."""
    council = make_council(land.municipality, land["bergen"])
    make_member(council, user=cast["council_member"], office="chair")
    for _number in range(5):
        make_member(council)
    return council


@pytest.fixture
def people(council: Council) -> list[Membership]:
    return list(council.memberships.order_by("pk"))


@pytest.fixture
def meeting(council: Council, people: list[Membership]) -> Meeting:
    """Going on at its first item; everybody but the last one is there."""
    meeting = make_meeting(council)
    make_item(meeting)
    meeting = evening.open_meeting(meeting=meeting, by=BY, at=EVENING)
    for one in people[:-1]:
        evening.come_in(meeting=meeting, membership=one, by=BY, at=EVENING)
    return meeting


@pytest.fixture
def vote(meeting: Meeting) -> Vote:
    values = {"question": "Nemen we dit aan?"}
    return voting.prepare_vote(item=meeting.items.get(), by=BY, values=values)


def failed(made: list[object]) -> int:
    return sum(isinstance(one, Exception) for one in made)


def test_a_vote_closes_once(meeting: Meeting, vote: Vote) -> None:
    voting.open_vote(vote=vote, by=BY)
    voting.choose_rest(vote=vote, by=BY)
    made = at_once(*[lambda: voting.close_vote(vote=vote, by=BY)] * 2)
    assert failed(made) == 1
    assert Decision.objects.filter(vote=vote).count() == 1


def test_who_leaves_while_a_vote_opens_either_votes_or_is_gone(
    meeting: Meeting, vote: Vote, people: list[Membership]
) -> None:
    at_once(
        lambda: voting.open_vote(vote=vote, by=BY),
        lambda: evening.go_out(meeting=meeting, membership=people[1], by=BY),
    )
    vote.refresh_from_db()
    is_there = meeting.presences.filter(membership=people[1], until_at=None).exists()
    assert vote.voters.filter(membership=people[1]).exists() is is_there
    assert vote.present == vote.voters.count()


def test_two_proxies_at_once_keep_the_cap(meeting: Meeting, people: list[Membership]) -> None:
    evening.go_out(meeting=meeting, membership=people[2], by=BY)
    made = at_once(
        *(
            lambda giver=giver: evening.give_proxy(meeting=meeting, giver=giver, holder=people[1], by=BY)
            for giver in (people[2], people[5])
        )
    )
    assert (failed(made), meeting.proxies.count()) == (1, 1)


def test_one_comes_in_once(meeting: Meeting, people: list[Membership]) -> None:
    asked: dict[str, Any] = {"meeting": meeting, "membership": people[5], "by": BY}
    assert failed(at_once(*[lambda: evening.come_in(**asked)] * 2)) == 1
    assert meeting.presences.filter(membership=people[5]).count() == 1


def test_minutes_are_approved_once_in_a_role(meeting: Meeting, cast: dict[str, User]) -> None:
    meeting = evening.close_meeting(meeting=meeting, by=BY)
    digest = digest_of(minutes_of(meeting))

    def approve(role: str, by: Any) -> Meeting:
        return minutes.approve_minutes(meeting=meeting, by=by, role=role, digest=digest)

    chair, secretary = cast["council_member"], cast["secretary"]
    made = at_once(
        lambda: approve("chair", chair), lambda: approve("chair", chair),
        lambda: approve("secretary", secretary), lambda: approve("secretary", secretary),
    )  # fmt: skip
    assert failed(made) == 2
    assert sorted(Approval.objects.values_list("role", flat=True)) == ["chair", "secretary"]
    assert Meeting.objects.get().is_approved


def test_a_choice_that_two_write_at_once_is_never_lost_unsaid(meeting: Meeting, vote: Vote) -> None:
    voting.open_vote(vote=vote, by=BY)
    voter = vote.voters.order_by("pk")[0]
    made = at_once(
        *(
            lambda choice=choice: voting.choose(voter=voter, by=BY, choice=choice, seen="")
            for choice in ("for", "against")
        )
    )
    assert failed(made) == 1


def test_nobody_gets_two_seats_at_once(council: Council) -> None:
    person, seat = make_person(council.municipality), council.seats.get()
    values = {"person": person, "seat": seat, "first_on": dt.date(2026, 1, 1)}
    made = at_once(
        *[lambda: members.appoint(council=council, values=values, by=BY, without_decision=True)] * 2
    )
    assert failed(made) == 1
    assert council.memberships.filter(person=person).count() == 1


def test_two_decisions_of_two_meetings_get_two_numbers(council: Council) -> None:
    held = [make_meeting(council, state="closed") for _number in range(2)]
    told = {"title": "We doen het", "text": "We doen het."}
    made = at_once(*(lambda one=one: minutes.decide(meeting=one, by=BY, values=told).number for one in held))
    assert sorted(made, key=str) == [1, 2]
