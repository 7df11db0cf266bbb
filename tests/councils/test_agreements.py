"""What a council agreed: its page, who ticks it off, and what waits."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from councils.models import AgendaItem, Agreement, Council
from councils.waiting.agreements import late_agreements, own_agreements
from tests.conftest import Land, browser_of
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def council(land: Land) -> Council:
    return make_council(land.municipality, land["bergen"], slug="dorpsraad", name="Dorpsraad Bergen")


def agreed(council: Council, what: str, *, user: User | None = None, **fields: Any) -> Agreement:
    """Something agreed in a meeting that was held, by a member with this account or by a service."""
    meeting = council.meetings.first() or make_meeting(council, state="closed")
    item = meeting.items.first() or make_item(meeting, title="Het plein", state="done", started_at=EVENING)
    member = council.memberships.filter(person__user=user).first() or make_member(council, user=user)
    who = {"who": member} if user else {"who_else": "De dienst wegen"}
    return Agreement.objects.create(meeting=meeting, item=item, what=what, at=EVENING, **who, **fields)


@pytest.fixture
def rows(council: Council, cast: dict[str, User]) -> dict[str, Agreement]:
    today = timezone.localdate()
    return {
        "done": agreed(council, "Sleutel halen", done_on=today),
        "whenever": agreed(council, "Koffie kopen"),
        "soon": agreed(council, "Zaal vragen", due_on=today + DAY),
        "late": agreed(council, "Brief schrijven", user=cast["resident"], due_on=today - DAY),
    }


def test_late_comes_first_and_done_last(
    council: Council, rows: dict[str, Agreement], cast: dict[str, User]
) -> None:
    page = browser_of(cast["secretary"]).get("/raden/dorpsraad/afspraken/").content.decode()
    words = [
        "Te laat",
        "Brief schrijven",
        "Nog te doen",
        "Zaal vragen",
        "Koffie kopen",
        "Gedaan</h3>",
        "Sleutel halen",
    ]
    places = [page.index(word, page.index('id="results"')) for word in words]
    assert places == sorted(places)
    assert "De dienst wegen" in page
    assert "punt 1: Het plein" in page


def test_who_does_it_and_who_keeps_the_council_tick_off_and_nobody_else(
    council: Council, rows: dict[str, Agreement], cast: dict[str, User]
) -> None:
    def tick(part: str, name: str, do: str) -> int:
        url = f"/raden/dorpsraad/afspraken/{rows[name].uuid}/"
        return browser_of(cast[part]).post(url, {"do": do, "version": rows[name].version}).status_code

    def done(name: str) -> bool:
        rows[name].refresh_from_db()
        return rows[name].done_on is not None

    assert (tick("resident", "late", "done"), done("late")) == (302, True)
    assert (tick("secretary", "late", "undo"), done("late")) == (302, False)
    assert (tick("resident", "soon", "done"), done("soon")) == (404, False)
    assert (tick("worker_elsewhere", "soon", "done"), done("soon")) == (404, False)
    seen = rows["soon"].version
    rows["soon"].save()
    answer = browser_of(cast["secretary"]).post(
        f"/raden/dorpsraad/afspraken/{rows['soon'].uuid}/", {"do": "done", "version": seen}, follow=True
    )
    assert "intussen" in answer.content.decode()
    assert not done("soon")


def test_who_left_the_council_sees_their_own_alone(
    council: Council, rows: dict[str, Agreement], cast: dict[str, User], client: Client
) -> None:
    council.memberships.filter(person__user=cast["resident"]).update(last_on=dt.date(2026, 1, 31))
    page = browser_of(cast["resident"]).get("/raden/dorpsraad/afspraken/").content.decode()
    assert "Brief schrijven" in page
    assert "Zaal vragen" not in page
    assert "punt 1: Het plein" in page
    AgendaItem.objects.update(is_closed=True)
    titles = [
        browser_of(cast[part]).get("/raden/dorpsraad/afspraken/").content.decode()
        for part in ("resident", "secretary")
    ]
    assert ["Het plein" in one for one in titles] == [False, True]
    assert browser_of(cast["neighbour"]).get("/raden/dorpsraad/afspraken/").status_code == 404
    assert client.get("/raden/dorpsraad/afspraken/").status_code == 302


def test_it_waits_for_who_does_it_and_for_the_secretary_once_it_is_late(
    council: Council, rows: dict[str, Agreement], cast: dict[str, User], land: Land
) -> None:
    def waits(source: Any, part: str) -> list[str]:
        asked = {"municipality": land.municipality, "today": timezone.localdate()}
        return [one.title for one in source(user=cast[part], **asked)]

    assert waits(own_agreements, "resident") == ["Brief schrijven"]
    assert waits(own_agreements, "secretary") == []
    assert waits(late_agreements, "secretary") == ["Vraag hoe het staat: 1 afspraak is te laat"]
    assert waits(late_agreements, "resident") == waits(late_agreements, "worker_elsewhere") == []
    Agreement.objects.late(timezone.localdate()).update(done_on=timezone.localdate())
    assert waits(own_agreements, "resident") == waits(late_agreements, "secretary") == []
