"""Minutes of before come in as files, and stand among the meetings as such."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core.digest import digest_of
from core.models import Attachment
from core.verbs import Refused
from councils.actions.minutes import approve_minutes
from councils.calendar import meetings as in_calendar
from councils.models import Council, Meeting
from councils.reading.record import minutes_of
from councils.waiting.meetings import to_prepare_and_approve
from tests.attached import PDF
from tests.conftest import OPERATOR, Land, browser_of
from tests.councils.made import make_council, make_meeting, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def council(land: Land) -> Council:
    """A council of Bergen, of which one member left and one came."""
    council = make_council(land.municipality, land["bergen"], slug="dorpsraad")
    make_member(council, last_on=dt.date(2025, 6, 30))
    make_member(council, first_on=dt.date(2025, 7, 1))
    return council


@pytest.fixture
def secretary(cast: dict[str, User]) -> Client:
    return browser_of(cast["secretary"])


def a_file(name: str = "verslag.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def bring(client: Client, council: Council, **asked: Any) -> Any:
    return client.post(f"/raden/{council.slug}/vergaderingen/van-vroeger/", {"kind0": "minutes", **asked})


def test_several_files_stand_at_the_meetings_of_their_days(
    council: Council, secretary: Client, client: Client
) -> None:
    known = make_meeting(council, state="closed", starts_at=dt.datetime(2025, 3, 4, 19, tzinfo=dt.UTC))
    answer = bring(
        secretary, council, is_public="on",
        file0=a_file(), day0="3-12-2019", kind0="minutes",
        file1=a_file("agenda.pdf"), day1="3 december 2019", kind1="agenda", title1="Wat er was",
        file2=a_file(), day2="4-3-2025", kind2="minutes",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    old = Meeting.objects.get(works="file")
    files = {one.title: one.subject for one in Attachment.objects.all()}
    assert files == {
        "Verslag van 3 december 2019": old.uuid,
        "Wat er was": old.uuid,
        "Verslag van 4 maart 2025": known.uuid,
    }
    page = client.get(old.get_absolute_url()).content.decode()
    assert "verslag als bestand" in page
    assert "Verslag van 3 december 2019" in page
    assert "12.00" not in page  # nobody knows the hour
    assert "verslag als bestand" in client.get(f"/raden/{council.slug}/vergaderingen/").content.decode()
    for name in ("verslag.pdf", "verslag.docx"):
        assert secretary.get(f"{old.get_absolute_url()}{name}").status_code == 404


def test_they_are_found_by_day(council: Council, secretary: Client, client: Client) -> None:
    bring(secretary, council, file0=a_file(), day0="3-12-2019")
    make_meeting(council, state="closed")
    url = f"/raden/{council.slug}/vergaderingen/"

    def found(asked: str) -> tuple[bool, bool]:
        html = client.get(url + asked).content.decode()
        return "3 december 2019" in html, "19 november 2026" in html

    assert found("?van=1-1-2019&tot=31-12-2019") == (True, False)
    assert found("?van=2020-01-01") == (False, True)
    assert found("?van=3-12-2019") == (True, True)
    assert found("?van=ooit") == (False, False)


def test_what_is_refused(council: Council, secretary: Client, cast: dict[str, User]) -> None:
    url = f"/raden/{council.slug}/vergaderingen/van-vroeger/"
    assert browser_of(cast["resident"]).get(url).status_code == 404
    wrong: dict[str, dict[str, Any]] = {
        "Kies een bestand.": {"day0": "3-12-2019"},
        "Geef een dag": {"file0": a_file()},
        "die geweest is": {"file0": a_file(), "day0": "3-12-2199"},
        "PDF of DOCX": {"file0": a_file("foto.jpg", b"\xff\xd8\xff\xe0 foto"), "day0": "3-12-2019"},
    }
    for words, asked in wrong.items():
        answer = bring(secretary, council, **asked)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    # All of them or none.
    bring(secretary, council, file0=a_file(), day0="3-12-2019", file1=a_file(), day1="3-12-2199")
    assert not Meeting.objects.exists()


def test_files_for_members_are_not_for_visitors(council: Council, secretary: Client, client: Client) -> None:
    bring(secretary, council, file0=a_file(), day0="3-12-2019")
    file = Attachment.objects.get()
    assert client.get(file.get_absolute_url()).status_code == 404
    assert file.title not in client.get(Meeting.objects.get().get_absolute_url()).content.decode()
    assert secretary.get(file.get_absolute_url()).status_code == 200


def test_nothing_waits_and_nothing_is_approved(
    council: Council, secretary: Client, land: Land, cast: dict[str, User]
) -> None:
    bring(secretary, council, file0=a_file(), day0="3-12-2019")
    meeting = Meeting.objects.get()
    today = dt.date(2026, 11, 10)
    assert not list(
        to_prepare_and_approve(user=cast["secretary"], municipality=land.municipality, today=today)
    )
    with pytest.raises(Refused) as refused:
        approve_minutes(meeting=meeting, by=OPERATOR, role="secretary", digest=digest_of(minutes_of(meeting)))
    assert refused.value.code == "file"
    day = meeting.day
    assert not in_calendar(municipality=land.municipality, user=None, first=day, last=day, area=None).exists()


def test_who_was_there_is_noted_among_the_members_of_that_day(
    council: Council, secretary: Client, client: Client
) -> None:
    left, came = council.memberships.order_by("first_on")
    bring(secretary, council, file0=a_file(), day0="3-3-2025")
    meeting = Meeting.objects.get()
    url = f"{meeting.get_absolute_url()}kort/"
    page = secretary.get(url).content.decode()
    assert (left.person.name in page, came.person.name in page) == (True, False)
    asked = {"day": "3-3-2025", "starts": "20.00", "rows": "1"}
    assert secretary.post(url, {**asked, "present": [came.pk]}).status_code == 422
    assert secretary.post(url, {**asked, "present": [left.pk]}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.is_file
    assert left.person.name in client.get(meeting.get_absolute_url()).content.decode()
    decided = {
        **asked,
        "present": [left.pk],
        "kind0": "decision",
        "text0": "Een bank erbij.",
        "how0": "agreement",
    }
    secretary.post(url, decided)
    meeting.refresh_from_db()
    assert (meeting.is_file, meeting.is_light) == (False, True)


def test_the_light_form_offers_who_sat_there_that_day(council: Council, secretary: Client) -> None:
    left, came = council.memberships.order_by("first_on")
    url = f"/raden/{council.slug}/vergaderingen/kort/"
    asked = {
        "day": "3-3-2025",
        "starts": "19.30",
        "rows": "1",
        "text0": "Een bank erbij.",
        "present": [left.pk],
    }
    answer = secretary.post(url, {**asked, "people": "1"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert (left.person.name in html, came.person.name in html) == (True, False)
    assert all(one in html for one in ("3-3-2025", "19.30", "Een bank erbij.", "checked"))
    assert not Meeting.objects.exists()
    html = secretary.post(url, {**asked, "day": "3-3-2019", "people": "1"}).content.decode()
    assert "kennen we geen leden" in html
    assert secretary.post(url, asked).status_code == 302
    assert Meeting.objects.get().presences.get().membership == left
