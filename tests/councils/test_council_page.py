"""The page of a council: what its head says, and its meetings as rows."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from councils.models import Council
from tests.conftest import Land, browser_of
from tests.councils.made import make_council, make_item, make_meeting, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(land: Land) -> Council:
    council = make_council(land.municipality, land["bergen"], slug="dorpsraad")
    make_member(council, office="chair")
    return council


def head_of(page: str) -> str:
    """The head of the page."""
    return page.split('class="council-head__next"')[1].split("</section>")[0]


def test_the_head_says_when_and_where_members_meet_next(council: Council) -> None:
    soon = timezone.localtime(timezone.now()).replace(hour=20, minute=15, second=0, microsecond=0)
    later, sooner = soon + dt.timedelta(days=40), soon + dt.timedelta(days=12)
    make_meeting(council, state="convened", starts_at=later, place="De school")
    first = make_meeting(council, state="convened", starts_at=sooner, place="Het Zand")
    make_item(first, title="Het vorige verslag", kind="minutes")
    make_item(first, title="De bank aan de kerk")
    make_item(first, title="Iets geheims", is_closed=True)
    page = browser_of(None).get("/raden/dorpsraad/").content.decode()
    head = head_of(page)
    assert "20.15 uur" in head
    assert "Het Zand" in head
    assert "De bank aan de kerk" in head
    assert "De school" not in head
    assert "Het vorige verslag" not in head
    assert "Hele agenda, 2 punten" in head
    assert "Over 12 dagen." in page
    assert "Iets geheims" not in page
    assert "Samenstelling vandaag" in page


def test_what_is_only_planned_is_not_said(council: Council, cast: dict[str, User]) -> None:
    make_meeting(council, starts_at=timezone.now() + dt.timedelta(days=3), place="Het Zand")
    page = browser_of(None).get("/raden/dorpsraad/").content.decode()
    assert "Het Zand" not in page
    assert "Het Zand" in browser_of(cast["secretary"]).get("/raden/dorpsraad/").content.decode()


def test_a_council_that_ended_meets_no_more(council: Council) -> None:
    Council.objects.filter(pk=council.pk).update(ended_on=timezone.localdate() - dt.timedelta(days=1))
    page = browser_of(None).get("/raden/dorpsraad/").content.decode()
    assert 'id="next-meeting"' not in page
