"""The light form with one's own file: on one page, and what was chosen is not lost when something else is wrong."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from core.attachments import may_read
from core.models import Attachment, PrivateFile
from councils.models import Council, Meeting
from tests.attached import PDF
from tests.conftest import Land, browser_of
from tests.councils.made import make_council, make_member, make_person

pytestmark = pytest.mark.django_db
ASKED = {
    "day": "9-12-2025",
    "starts": "20.00",
    "rows": "1",
    "kind0": "advice",
    "text0": "Maak de dreef vrij.",
}


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def council(land: Land) -> Council:
    council = make_council(land.municipality, land["bergen"])
    make_member(council)
    return council


@pytest.fixture
def secretary(cast: dict[str, User]) -> Client:
    return browser_of(cast["secretary"])


def own(name: str = "verslag.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, council: Council, **asked: Any) -> Any:
    return client.post(f"/raden/{council.slug}/vergaderingen/kort/", {**ASKED, **asked})


def kept_in(answer: Any) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def test_the_file_goes_along_on_the_same_page(
    council: Council, secretary: Client, cast: dict[str, User]
) -> None:
    answer = send(secretary, council, own=own())
    assert answer.status_code == 302
    file = Attachment.objects.get()
    assert (file.title, file.subject) == ("Verslag van 9 december 2025", Meeting.objects.get().uuid)
    assert [may_read(cast[part], file) for part in ("secretary", "resident")] == [True, False]
    assert PrivateFile.objects.get().attachment == file  # nothing else is kept
    page = secretary.get(f"{Meeting.objects.get().get_absolute_url()}kort/").content.decode()
    assert file.get_absolute_url() in page


def test_what_is_wrong_elsewhere_does_not_lose_the_file(council: Council, secretary: Client) -> None:
    wrong = send(secretary, council, own=own(), day="9-12-2199", own_is_public="on")
    assert wrong.status_code == 422
    assert "<strong>verslag.pdf</strong>" in wrong.content.decode()
    assert "een browser houdt het niet bij" not in wrong.content.decode()
    kept = kept_in(wrong)
    assert not Attachment.objects.exists()
    wrong = send(secretary, council, kept=kept, starts="acht uur", own_is_public="on")
    assert kept_in(wrong) == kept
    assert send(secretary, council, kept=kept, own_is_public="on").status_code == 302
    file = Attachment.objects.get()
    assert (file.is_public, file.file.name) == (True, "verslag.pdf")
    assert not PrivateFile.objects.filter(uuid=kept).exists()


def test_another_file_takes_the_place_of_the_one_that_was_kept(council: Council, secretary: Client) -> None:
    kept = kept_in(send(secretary, council, own=own(), day="gisteren"))
    send(secretary, council, kept=kept, own=own("beter.pdf"))
    assert PrivateFile.objects.get().name == "beter.pdf"


def test_choosing_members_and_room_for_more_keep_the_file_too(council: Council, secretary: Client) -> None:
    for button in ("people", "more"):
        answer = send(secretary, council, own=own(), **{button: "1"})
        assert answer.status_code == 200
        assert "Maak de dreef vrij." in answer.content.decode()
        assert PrivateFile.objects.filter(uuid=kept_in(answer)).exists()
    assert 'name="text3"' in answer.content.decode()
    assert not Meeting.objects.exists()


def test_nobody_brings_the_file_that_another_kept(
    council: Council, secretary: Client, cast: dict[str, User]
) -> None:
    kept = kept_in(send(secretary, council, own=own(), day="gisteren"))
    answer = send(browser_of(cast["steward"]), council, kept=kept)
    assert answer.status_code == 422
    assert "Kies het opnieuw" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_what_is_no_document_is_refused_with_what_would_be(council: Council, secretary: Client) -> None:
    answer = send(secretary, council, own=own("verslag.txt", b"Er was eens"))
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "Maak de dreef vrij." in told
    assert 'name="kept"' not in told
    assert not Meeting.objects.exists()


def test_members_stand_in_their_rank(council: Council, secretary: Client) -> None:
    for name, rank in (("Lid 10b", 2), ("Lid 2b", 1)):
        make_member(council, rank=rank, person=make_person(council.municipality, name=name))
    page = secretary.get(f"/raden/{council.slug}/vergaderingen/kort/").content.decode()
    assert page.index("Lid 2b") < page.index("Lid 10b")
