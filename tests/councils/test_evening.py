"""An evening of a council from opening to approved minutes, and what is refused on the way."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from core.digest import digest_of
from core.verbs import Conflict, Operator, Refused
from councils.actions import evening, meetings, minutes, voting
from councils.frozen import is_whole
from councils.models import (
    AgendaItem,
    Council,
    Decision,
    Meeting,
    Membership,
    Office,
    Person,
    SecretCount,
    Vote,
)
from councils.reading.record import minutes_of, public_part
from councils.reading.roll import roll_of
from tests.conftest import Land
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member, told_of

pytestmark = pytest.mark.django_db
BY = Operator("test")
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def council(land: Land) -> Council:
    """Five members with a vote (the first one chairs, the second one writes), an observer."""
    council = make_council(land.municipality)
    for office in ("chair", "secretary", "", "", ""):
        make_member(council, office=office)
    make_member(council, mandate="observer")
    return council


@pytest.fixture
def people(council: Council) -> list[Membership]:
    return list(council.memberships.order_by("pk"))


@pytest.fixture
def meeting(council: Council) -> Meeting:
    """Going on since EVENING, at the first of three items; nobody is there yet."""
    meeting = make_meeting(council)
    for _number in range(3):
        make_item(meeting)
    return evening.open_meeting(meeting=meeting, by=BY, at=EVENING)


def at(minutes_after: int) -> dt.datetime:
    return EVENING + minutes_after * MINUTE


def refused(code: str, verb: object, **asked: object) -> None:
    with pytest.raises(Refused) as told:
        verb(**{"by": BY, **asked})  # type: ignore[operator]
    assert told.value.code == code


def come(meeting: Meeting, *people: Membership, minute: int = 0) -> None:
    for one in people:
        evening.come_in(meeting=meeting, membership=one, by=BY, at=at(minute))


def open_vote(meeting: Meeting, number: int = 1, **values: object) -> Vote:
    item = meeting.items.get(order=number)
    vote = voting.prepare_vote(item=item, by=BY, values={"question": "Nemen we dit aan?", **values})
    return voting.open_vote(vote=vote, by=BY)


def text_of(meeting: Meeting) -> str:
    content = minutes_of(Meeting.objects.get(pk=meeting.pk))
    return "\n".join(line["text"] for section in content["sections"] for line in section["lines"])


def test_opening_freezes_the_quorum_and_goes_to_the_first_item(meeting: Meeting) -> None:
    assert (meeting.entitled, meeting.quorum) == (5, 3)
    assert meeting.items.get(order=1).state == AgendaItem.State.RUNNING


def test_without_quorum_no_vote_opens(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, people[0], people[1], people[5])  # an observer is no member with a vote
    vote = voting.prepare_vote(item=meeting.items.get(order=1), by=BY, values={"question": "Ja?"})
    refused("quorum", voting.open_vote, vote=vote)
    come(meeting, people[2])
    assert voting.open_vote(vote=vote, by=BY).present == 3


def test_an_open_vote_holds_back_the_next_item(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:4])
    vote = open_vote(meeting)
    second = meeting.items.get(order=2)
    refused("vote_open", evening.go_to, item=second)
    refused("vote_open", evening.go_out, meeting=meeting, membership=people[0])
    refused("vote_open", evening.close_meeting, meeting=meeting)
    voting.choose_rest(vote=vote, by=BY)
    voting.close_vote(vote=vote, by=BY)
    assert evening.go_to(item=second, by=BY).state == AgendaItem.State.RUNNING
    assert meeting.items.get(order=1).state == AgendaItem.State.DONE


def test_a_vote_closes_when_every_name_has_a_choice(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:4])
    vote = open_vote(meeting)
    first = vote.voters.get(membership=people[0])
    voting.choose(voter=first, by=BY, choice="against", seen="")
    refused("names", voting.close_vote, vote=vote)
    voting.choose_rest(vote=vote, by=BY)
    closed = voting.close_vote(vote=vote, by=BY)
    assert (closed.result, closed.in_favour, closed.against) == ("adopted", 3, 1)
    refused("not_open", voting.choose, voter=first, choice="for")
    assert meeting.decisions.get().vote == closed


def test_who_chose_nothing_counts_as_was_said(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:4])
    vote = open_vote(meeting, silent="apart")
    voting.choose(voter=vote.voters.all()[0], by=BY, choice="for")
    closed = voting.close_vote(vote=vote, by=BY, silent=True)
    assert (closed.in_favour, closed.abstained, closed.apart) == (1, 0, 3)


def test_two_who_write_for_one_name_are_told(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:4])
    voter = open_vote(meeting).voters.all()[0]
    voting.choose(voter=voter, by=BY, choice="against", seen="")
    with pytest.raises(Conflict) as told:
        voting.choose(voter=voter, by=BY, choice="for", seen="")
    assert told.value.current.choice == "against"
    assert voting.choose(voter=voter, by=BY, choice="for", seen="against").choice == "for"


def test_a_proxy_counts_only_while_the_holder_is_there_and_the_giver_is_not(
    meeting: Meeting, people: list[Membership]
) -> None:
    giver, holder = people[4], people[3]
    evening.give_proxy(meeting=meeting, giver=giver, holder=holder, by=BY)
    come(meeting, *people[:3])
    assert roll_of(meeting).proxies() == []
    come(meeting, holder)
    vote = open_vote(meeting)
    assert vote.voters.get(membership=giver).proxy.holder == holder  # type: ignore[union-attr]
    refused("vote_open", evening.go_out, meeting=meeting, membership=holder)
    voting.take_back_vote(vote=vote, by=BY)
    come(meeting, giver)
    assert roll_of(meeting).proxies() == []


def test_proxies_have_a_cap_and_a_history(meeting: Meeting, people: list[Membership]) -> None:
    first = evening.give_proxy(meeting=meeting, giver=people[4], holder=people[3], by=BY)
    refused("many", evening.give_proxy, meeting=meeting, giver=people[2], holder=people[3])
    refused("no_vote", evening.give_proxy, meeting=meeting, giver=people[5], holder=people[1])
    evening.withdraw_proxy(proxy=first, by=BY)
    evening.give_proxy(meeting=meeting, giver=people[2], holder=people[3], by=BY)
    assert meeting.proxies.count() == 2


def test_a_secret_vote_needs_as_many_papers_as_voters(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:5])
    vote = open_vote(meeting, how="secret", options=["Lid 4", "Lid 6"])
    with pytest.raises(Refused, match="6 briefjes, 5 stemmers") as told:
        voting.close_vote(vote=vote, by=BY, papers={1: 4, 2: 2})
    assert told.value.code == "papers"
    closed = voting.close_vote(vote=vote, by=BY, papers={1: 3, 2: 1, SecretCount.BLANK: 1})
    assert (closed.result, closed.chosen) == ("chosen", "Lid 4")
    assert set(closed.voters.values_list("choice", flat=True)) == {""}
    assert dict(closed.secret_counts.values_list("option", "number")) == {1: 3, 2: 1, 0: 1, -1: 0}


def test_a_conflict_of_interest_is_noted_at_its_item(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:5])
    gone = evening.go_out(meeting=meeting, membership=people[2], by=BY, why="conflict", at=at(10))
    assert gone.item == meeting.items.get(order=1)
    assert roll_of(meeting).by_key[people[2].pk].has_conflict
    vote = open_vote(meeting)
    assert not vote.voters.filter(membership=people[2]).exists()


def test_a_pause_holds_items_and_votes_back(meeting: Meeting, people: list[Membership]) -> None:
    come(meeting, *people[:5])
    evening.adjourn(meeting=meeting, by=BY, at=at(5))
    refused("paused", evening.go_to, item=meeting.items.get(order=2))
    evening.resume(meeting=meeting, by=BY, at=at(15))
    evening.go_to(item=meeting.items.get(order=2), by=BY)


def test_only_members_of_the_day_come_in_and_once(meeting: Meeting, people: list[Membership]) -> None:
    Membership.objects.filter(pk=people[4].pk).update(last_on="2026-06-30")
    refused("no_seat", evening.come_in, meeting=meeting, membership=people[4])
    come(meeting, people[0])
    with pytest.raises(Exception, match="Dit lid is er al"):
        come(meeting, people[0])


def test_only_the_chair_of_that_day_approves_as_chair(
    council: Council, meeting: Meeting, cast: dict[str, User]
) -> None:
    """Who holds another office, held it before, or sits without one approves nothing for the chair."""
    office = council.offices.get(kind="chair")
    Person.objects.filter(memberships__offices=office).update(user=cast["council_member"])
    member = User.objects.get(pk=cast["council_member"].pk)
    for kind, last_on, may in (
        ("chair", None, True), ("vice_chair", None, False), ("chair", timezone.localdate() - MINUTE * 1440, False),
    ):  # fmt: skip
        Office.objects.filter(pk=office.pk).update(kind=kind, last_on=last_on)
        assert member.has_perm("councils.chair_meeting", meeting) is may, (kind, last_on)
    office.delete()
    assert not member.has_perm("councils.chair_meeting", meeting)


def test_minutes_write_themselves_and_are_approved_by_two(
    meeting: Meeting, people: list[Membership], land: Land, cast: dict[str, User]
) -> None:
    evening.excuse(meeting=meeting, membership=people[4], by=BY)
    assert evening.all_come_in(meeting=meeting, by=BY, at=at(1)) == 5
    minutes.add_line(meeting=meeting, by=BY, values={"text": "Iemand vertelt iets."}, at=at(3))
    evening.go_out(meeting=meeting, membership=people[3], by=BY, at=at(8))
    evening.go_to(item=meeting.items.get(order=2), by=BY, at=at(10))
    vote = voting.prepare_vote(item=meeting.items.get(order=2), by=BY, values={"question": "Een bank erbij?"})
    voting.open_vote(vote=vote, by=BY, at=at(11))
    voting.choose_rest(vote=vote, by=BY)
    voting.close_vote(vote=vote, by=BY, at=at(12))
    minutes.agree_on(meeting=meeting, by=BY, values={"who": people[0], "what": "schrijft de stad"}, at=at(13))
    evening.close_meeting(meeting=meeting, by=BY, at=at(60))
    text = text_of(meeting)
    for words in (
        "4 van de 5", "quorum van 3 is gehaald", "liet weten niet te komen", "Iemand vertelt iets.", "gaat weg",
        "Een bank erbij?", "Voor: 3", "Besluit 2026/1", "schrijft de stad", "sluit de vergadering",
    ):  # fmt: skip
        assert words in text, words
    meeting.refresh_from_db()
    digest = digest_of(minutes_of(meeting))
    with pytest.raises(PermissionDenied):
        minutes.approve_minutes(meeting=meeting, by=cast["resident"], role="chair", digest=digest)
    refused("conflict", minutes.approve_minutes, meeting=meeting, role="chair", digest="0" * 64)
    minutes.approve_minutes(meeting=meeting, by=BY, role="chair", digest=digest)
    assert not Meeting.objects.get(pk=meeting.pk).is_approved
    approved = minutes.approve_minutes(meeting=meeting, by=BY, role="secretary", digest=digest)
    assert approved.is_approved
    assert is_whole(approved.approved_minutes)
    refused("approved", minutes.add_line, meeting=meeting, values={"text": "Nog iets"})


def test_what_is_behind_closed_doors_is_in_no_public_minutes(
    meeting: Meeting, people: list[Membership]
) -> None:
    meeting.items.filter(order=1).update(is_closed=True, title="Over een persoon")
    come(meeting, *people[:5])
    vote = open_vote(meeting)
    voting.choose_rest(vote=vote, by=BY)
    voting.close_vote(vote=vote, by=BY)
    content = minutes_of(meeting)
    assert len(told_of(content, "vote")) == len(told_of(content, "decision")) == 1
    public = public_part(content)
    assert told_of(public, "vote") == told_of(public, "decision") == []
    assert "Over een persoon" not in str(public)


def test_an_agenda_is_sent_in_versions(
    council: Council, people: list[Membership], mailoutbox: list[object]
) -> None:
    meeting = make_meeting(council)
    refused("empty", meetings.convene, meeting=meeting)
    item = meetings.add_item(meeting=meeting, by=BY, values={"title": "Het plein"})
    first = meetings.convene(meeting=meeting, by=BY)
    refused("same", meetings.convene, meeting=meeting)
    meetings.change_item(item=item, by=BY, values={"title": "Het kerkplein"})
    last = meetings.convene(meeting=meeting, by=BY, kind="final")
    assert (first.number, last.number) == (1, 2)
    assert first.content["items"][0]["title"] == "Het plein"
    refused("final", meetings.convene, meeting=meeting, kind="draft")


def test_items_are_put_in_another_order(council: Council) -> None:
    meeting = make_meeting(council)
    items = [make_item(meeting) for _number in range(3)]
    keys = [items[2].pk, items[0].pk, items[1].pk]
    meetings.order_items(meeting=meeting, by=BY, keys=keys)
    assert list(meeting.items.values_list("pk", flat=True)) == keys
    refused("conflict", meetings.order_items, meeting=meeting, keys=keys[:2])
    meetings.remove_item(item=items[0], by=BY)
    assert list(meeting.items.values_list("order", flat=True)) == [1, 2]


def test_a_decision_noted_after_the_last_item_behind_closed_doors_is_behind_them_too(
    meeting: Meeting, people: list[Membership]
) -> None:
    """No item is named and none goes on: the minutes show it at the last one, and so does who may read it."""
    AgendaItem.objects.filter(meeting=meeting).update(is_closed=True)
    meeting = evening.close_meeting(meeting=meeting, by=BY, at=at(30))
    told = {"title": "We ontslaan iemand", "text": "We ontslaan iemand."}
    decision = minutes.decide(meeting=meeting, by=BY, values=told)
    assert decision.item == meeting.items.get(order=1)
    assert not Decision.objects.public().exists()
    assert not told_of(public_part(minutes_of(meeting)), "decision")
