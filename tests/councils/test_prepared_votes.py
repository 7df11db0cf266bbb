"""A vote that the secretary prepares before the evening stands ready at its item."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from councils.models import AgendaItem, Meeting, Vote
from tests.conftest import Land, browser_of
from tests.councils.made import make_council, make_item, make_meeting, make_member
from tests.councils.test_meeting_pages import tap

pytestmark = pytest.mark.django_db
ASKED = {
    "question": "Nemen we dit advies aan?", "how": "names", "base": "present", "majority": "two_thirds", "tie": "rejected",
    "silent": "abstains",
}  # fmt: skip


@pytest.fixture
def item(land: Land, cast: dict[str, User]) -> AgendaItem:
    """An item of a meeting that is to come."""
    council = make_council(land.municipality, land["bergen"])
    make_member(council, user=cast["council_member"])
    make_member(council, office="chair")
    return make_item(make_meeting(council, state="convened"), title="Het plein")


@pytest.fixture
def secretary(cast: dict[str, User]) -> Client:
    return browser_of(cast["secretary"])


def address(item: AgendaItem, more: str = "") -> str:
    return f"{item.meeting.get_absolute_url()}punt/{item.pk}/stemming/{more}"


def prepare(secretary: Client, item: AgendaItem, **asked: Any) -> Vote:
    answer = secretary.post(address(item), {**ASKED, **asked})
    assert answer["Location"] == item.get_absolute_url()
    return Vote.objects.get()


def test_it_stands_ready_at_the_evening(item: AgendaItem, secretary: Client) -> None:
    vote = prepare(secretary, item)
    assert (vote.state, vote.base, vote.majority) == ("prepared", "present", "two_thirds")
    for do in ("open", "all_in"):
        shown = tap(secretary, item.meeting, do)
    assert "Nemen we dit advies aan?" in shown
    assert "Nog in te vullen" in tap(secretary, item.meeting, f"vote_open:{vote.pk}")
    # What was said before the first choice stays.
    answer = secretary.post(address(item, f"{vote.pk}/"), {**ASKED, "question": "Toch niet?"})
    assert answer.status_code == 422
    assert Vote.objects.get().question == "Nemen we dit advies aan?"
    secretary.post(address(item, f"{vote.pk}/weg/"))
    assert Vote.objects.exists()


def test_it_is_changed_and_taken_away_before(item: AgendaItem, secretary: Client) -> None:
    vote = prepare(secretary, item, how="secret", options="Lid 1\nLid 2")
    page = secretary.get(address(item, f"{vote.pk}/")).content.decode()
    assert "Lid 1\nLid 2" in page
    changed = {**ASKED, "how": "secret", "options": "Lid 1\nLid 1", "version": vote.version}
    answer = secretary.post(address(item, f"{vote.pk}/"), changed)
    assert answer.status_code == 422
    assert "dezelfde keuze" in answer.content.decode().lower()
    secretary.post(address(item, f"{vote.pk}/"), {**changed, "options": "Lid 1\nLid 3"})
    assert Vote.objects.get().options == ["Lid 1", "Lid 3"]
    assert (
        "Om uit te kiezen: Lid 1, Lid 3." in secretary.get(item.meeting.get_absolute_url()).content.decode()
    )
    secretary.post(address(item, f"{vote.pk}/weg/"))
    assert not Vote.objects.exists()


def test_who_sees_it_and_who_prepares(
    item: AgendaItem, secretary: Client, cast: dict[str, User], client: Client
) -> None:
    prepare(secretary, item)
    member = browser_of(cast["council_member"])
    url = item.meeting.get_absolute_url()
    told = {part: one.get(url).content.decode() for part, one in (("member", member), ("all", client))}
    assert ["Nemen we dit advies aan?" in told[one] for one in ("member", "all")] == [True, False]
    assert member.post(address(item), ASKED).status_code == 404
    other = make_item(make_meeting(item.meeting.council))
    assert secretary.get(address(other, f"{Vote.objects.get().pk}/")).status_code == 404


def test_none_is_prepared_when_the_meeting_is_over(item: AgendaItem, secretary: Client) -> None:
    Meeting.objects.update(state="running", opened_at=item.meeting.starts_at)
    Meeting.objects.update(state="closed", closed_at=item.meeting.starts_at)
    answer = secretary.post(address(item), ASKED)
    assert answer.status_code == 422
    assert "De vergadering is voorbij." in answer.content.decode()
    assert ASKED["question"] in answer.content.decode()
