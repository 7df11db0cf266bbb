"""The calendar that everybody may take: the days on which answers are due, of advices that everybody sees waiting."""

import datetime as dt
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.release import release_now
from councils.actions.advices import withdraw_advice
from tests.conftest import OPERATOR, Land
from tests.councils.advised import (
    make_answered,
    make_competent,
    make_correction,
    make_decided,
    make_draft,
    make_given,
)
from tests.councils.made import make_council, make_item, make_meeting, make_member

AsPart = Callable[[str], Client]


def test_due_dates_are_those_that_everybody_sees(
    land: Land, cast: dict[str, User], client: Client, as_part: AsPart
) -> None:
    council = make_council(land.municipality, land["bergen"])
    make_member(council, user=cast["council_member"])
    make_competent(land.municipality, cast["alderman"])
    make_given(council, "Wacht")
    decided = make_given(council, "Beslist")
    release = make_decided(decided)
    make_draft(council, "Nog niet")
    withdraw_advice(advice=make_draft(council, "Nooit"), by=OPERATOR, why="De straat ging open.")
    corrected = make_answered(council, "Verbetering")
    make_correction(corrected)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    make_item(
        make_meeting(council, state="convened", starts_at=tomorrow), title="Over iemand", is_closed=True
    )
    make_meeting(council, starts_at=tomorrow, place="Nog niet aangekondigd")

    def told(browser: Client) -> set[str]:
        text = browser.get("/agenda.ics").content.decode().replace("\r\n ", "")
        assert "aangekondigd" not in text
        assert "Over iemand" not in text
        assert text.count("UID:councils.meeting.") == 1
        assert text.count("UID:councils.answer.") == text.count("Antwoord verwacht: ")
        titles = ("Wacht", "Beslist", "Nog niet", "Nooit", "Verbetering")
        return {title for title in titles if f"Antwoord verwacht: {title}" in text}

    # Nothing more for who may read more: a calendar is fetched by a machine, of which nobody keeps the look.
    for browser in (client, as_part("alderman"), as_part("council_member"), as_part("secretary")):
        assert told(browser) == {"Wacht", "Beslist"}
    release_now(release=release, by=OPERATOR)
    assert told(client) == {"Wacht"}
