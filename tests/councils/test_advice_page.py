"""The page of an advice and its paper: who voted how as far as that was in the open, and of an answer nothing too early."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.release import release_now
from core.verbs import Refused
from councils.actions.advices import adopt_advice
from councils.actions.deciding import numbered
from councils.models import Advice, AgendaItem, Council, Decision, Proxy, Vote, Voter
from councils.reading.ballot import ballot_of
from tests.conftest import OPERATOR, Land, browser_of
from tests.councils.advised import SECRET, make_decided, make_draft, make_given
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member
from tests.councils.test_meeting_pages import text_of_docx

BEFORE = EVENING - dt.timedelta(days=365)


@pytest.fixture
def council(land: Land) -> Council:
    return make_council(land.municipality, land["bergen"], name="Dorpsraad Bergen")


def voted(council: Council, *, how: str = "names", is_public: bool = True, is_closed: bool = False) -> Advice:
    """An advice out of a vote: one for, one by proxy against, one who chose nothing; somebody left for a conflict of interest."""
    anna, bert, carla, dirk = (make_member(council) for _number in range(4))
    for member, name in ((anna, "Anna"), (bert, "Bert"), (carla, "Carla"), (dirk, "Dirk")):
        member.person.name = name
        member.person.save()
    meeting = make_meeting(council, state="closed", starts_at=BEFORE, is_public=is_public)
    item = make_item(meeting, is_closed=is_closed)
    at = BEFORE + dt.timedelta(minutes=30)
    vote = Vote.objects.create(
        item=item, question="Geven we dit advies?", how=how, options=["for", "against"] if how == "secret" else [], state="open",
        opened_at=at, entitled=4, present=3,
    )  # fmt: skip
    proxy = Proxy.objects.create(meeting=meeting, giver=bert, holder=anna, given_at=BEFORE)
    if how == "names":
        Voter.objects.create(vote=vote, membership=anna, choice="for")
        Voter.objects.create(vote=vote, membership=bert, choice="against", proxy=proxy)
        Voter.objects.create(vote=vote, membership=carla)
    vote.state, vote.closed_at, vote.result = "closed", at, "adopted"
    vote.in_favour, vote.against, vote.abstained, vote.apart = 1, 1, 1, 0
    vote.save()
    gone = BEFORE + dt.timedelta(minutes=20)
    meeting.presences.create(membership=dirk, from_at=BEFORE, until_at=gone, left="conflict", item=item)
    return adopt_advice(advice=make_draft(council), by=OPERATOR, on=meeting.day, vote=vote, at=at)


def test_who_voted_how(council: Council, client: Client) -> None:
    advice = voted(council)
    ballot = ballot_of(advice)
    assert ballot is not None
    assert ballot.names == [
        ("Voor", "Anna"), ("Tegen", "Bert (via Anna)"), ("Onthouden", "Carla"),
        ("Ging weg wegens een belangenconflict", "Dirk"),
    ]  # fmt: skip
    html = client.get(advice.get_absolute_url()).content.decode()
    for words in (
        "Toon de namen",
        "Bert (via Anna)",
        "meer dan de helft",
        ballot.meeting.get_absolute_url(),
    ):
        assert words in html


def test_from_its_meeting_and_its_decision_one_finds_what_became_of_it(
    council: Council, client: Client
) -> None:
    advice = voted(council)
    assert advice.meeting is not None
    assert advice.vote is not None
    at = BEFORE + dt.timedelta(minutes=30)
    said: dict[str, Any] = {
        "meeting": advice.meeting,
        "kind": "advice",
        "text": "De raad adviseert.",
        "at": at,
    }
    noted = numbered(Decision(title="Het advies", item=advice.vote.item, vote=advice.vote, **said))
    other = numbered(Decision(title="Iets anders", **said))
    link = f'href="{advice.get_absolute_url()}"'
    assert link in client.get(advice.meeting.get_absolute_url()).content.decode()
    assert link in client.get(noted.get_absolute_url()).content.decode()
    assert link not in client.get(other.get_absolute_url()).content.decode()
    AgendaItem.objects.update(is_closed=True)
    assert link not in client.get(advice.meeting.get_absolute_url()).content.decode()


def test_an_advice_of_a_light_meeting_goes_into_the_register_without_typing_it_again(
    council: Council, cast: dict[str, User]
) -> None:
    meeting = make_meeting(council, state="closed", works="light", starts_at=BEFORE)
    words: dict[str, Any] = {"kind": "advice", "title": "Een bank", "text": "Zet er een bank.", "at": BEFORE}
    noted = numbered(Decision(meeting=meeting, **words))
    keeper = browser_of(cast["secretary"])
    begin = f"/adviezen/nieuw/{council.slug}/?besluit={noted.year}-{noted.number}"
    assert begin in keeper.get(meeting.get_absolute_url()).content.decode()
    keeper.cookies["django_language"] = "en"
    assert "Advice to the municipality" in keeper.get(meeting.get_absolute_url()).content.decode()
    keeper.cookies["django_language"] = "nl"
    form = keeper.get(begin).content.decode()
    assert 'value="Een bank"' in form
    assert "Zet er een bank." in form
    assert keeper.get(f"/adviezen/nieuw/{council.slug}/?besluit=2026-x").status_code == 200
    adopt_advice(advice=make_draft(council), by=OPERATOR, on=meeting.day, vote_words="allen voor")
    assert begin not in keeper.get(meeting.get_absolute_url()).content.decode()


def test_without_a_vote_of_the_evening_an_advice_is_of_the_meeting_of_its_day(council: Council) -> None:
    meeting = make_meeting(council, state="closed", starts_at=BEFORE)
    given = adopt_advice(advice=make_draft(council), by=OPERATOR, on=meeting.day, vote_words="allen voor")
    adopt_advice(
        advice=make_draft(council),
        by=OPERATOR,
        on=meeting.day - dt.timedelta(days=1),
        vote_words="allen voor",
    )
    assert list(Advice.objects.given_in(meeting)) == [given]


@pytest.mark.parametrize(
    ("more", "is_there"),
    [({"how": "secret"}, True), ({"is_public": False}, False), ({"is_closed": True}, False)],
)
def test_no_names_of_what_was_not_in_the_open(
    council: Council, client: Client, more: dict[str, object], is_there: bool
) -> None:
    advice = voted(council, **more)  # type: ignore[arg-type]
    ballot = ballot_of(advice)
    assert (ballot is not None) is is_there
    assert ballot is None or not [names for title, names in ballot.names if "Anna" in names]
    html = client.get(advice.get_absolute_url()).content.decode()
    assert "Anna" not in html
    assert "1 voor, 1 tegen" in html


def test_it_was_frozen_when_it_was_noted(council: Council) -> None:
    assert voted(council).frozen_at == BEFORE + dt.timedelta(minutes=30)
    today = timezone.localdate()
    for days in (-1, 1):  # before it was given, and still to come
        with pytest.raises(Refused):
            adopt_advice(
                advice=make_draft(council), by=OPERATOR, on=today, vote_words="8 voor",
                at=timezone.now() + dt.timedelta(days=days),
            )  # fmt: skip


def test_on_paper(council: Council, client: Client, cast: dict[str, User]) -> None:
    advice = make_given(council, "Geef het plein terug", text="Het **plein** staat vol.")
    url = advice.get_absolute_url()
    release = make_decided(advice)
    before = text_of_docx(client.get(f"{url}advies.docx").content)
    assert "Laat de bomen staan." in before
    assert "Het plein staat vol." in before
    assert SECRET not in before
    assert "2026/CBS/0412" not in before
    release_now(release=release, by=OPERATOR)
    after = text_of_docx(client.get(f"{url}advies.docx").content)
    assert SECRET in after
    assert "2026/CBS/0412" in after
    assert client.get(f"{url}advies.pdf").content.startswith(b"%PDF")
    assert client.get("/adviezen/2026-99999/advies.pdf").status_code == 404
