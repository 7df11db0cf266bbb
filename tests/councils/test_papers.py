"""The papers of an item of the agenda: for everybody or for members, and of an item behind closed doors for members alone."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.attachments import attach, may_read
from core.models import Attachment
from councils.actions.meetings import convene
from councils.models import AgendaItem, AgendaVersion, Council
from councils.models.meeting import ITEM_FILES
from councils.reading.paper import agenda_words
from councils.views.meetings import agenda_shown
from tests.attached import PDF, paper
from tests.conftest import Land, browser_of
from tests.councils.made import make_council, make_item, make_meeting, make_member
from tests.councils.test_meeting_pages import text_of_docx

pytestmark = pytest.mark.django_db
ATTENDS = {"secretary", "council_member", "steward", "administrator"}


@pytest.fixture(autouse=True)
def _folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def council(land: Land, cast: dict[str, User]) -> Council:
    """A council of Bergen of which the council member of the cast has a seat."""
    council = make_council(land.municipality, land["bergen"])
    make_member(council, user=cast["council_member"])
    return council


@pytest.fixture
def item(council: Council) -> AgendaItem:
    return make_item(make_meeting(council, state="convened"), title="Het plein")


def bring(item: AgendaItem, by: User, *, is_public: bool = False) -> Attachment:
    title = "Nota" if is_public else "Nota voor leden"
    return attach(kind=ITEM_FILES, thing=item, upload=paper(), title=title, by=by, is_public=is_public)


def readers(cast: dict[str, User], file: Attachment) -> set[str]:
    return {part for part, person in cast.items() if may_read(person, file)}


def test_who_reads_a_paper(item: AgendaItem, cast: dict[str, User]) -> None:
    inner, public = (bring(item, cast["secretary"], is_public=one) for one in (False, True))
    assert readers(cast, inner) == ATTENDS
    assert readers(cast, public) == set(cast)
    AgendaItem.objects.update(is_closed=True)
    assert readers(cast, public) == ATTENDS  # closed items keep theirs for members
    AgendaItem.objects.update(is_closed=False)
    planned = make_item(make_meeting(item.meeting.council))
    assert readers(cast, bring(planned, cast["secretary"], is_public=True)) == ATTENDS


def test_only_who_keeps_the_council_brings_one(item: AgendaItem, cast: dict[str, User]) -> None:
    url = f"/bijlagen/bij/{ITEM_FILES}/{item.uuid}/"
    with pytest.raises(PermissionDenied):
        bring(item, cast["council_member"])
    for part in ("council_member", "resident", "worker_here"):
        assert browser_of(cast[part]).get(url).status_code == 404
    answer = browser_of(cast["secretary"]).post(
        url, {"file": SimpleUploadedFile("nota.pdf", PDF), "title": "Nota", "is_public": "on"}
    )
    assert answer["Location"] == item.get_absolute_url()
    assert Attachment.objects.get().title == "Nota"


def test_a_visitor_sees_and_fetches_what_is_public_alone(
    item: AgendaItem, cast: dict[str, User], client: Client
) -> None:
    inner, public = (bring(item, cast["secretary"], is_public=one) for one in (False, True))
    url = item.meeting.get_absolute_url()
    told = {
        part: page.get(url).content.decode()
        for part, page in (("all", client), ("in", browser_of(cast["council_member"])))
    }
    assert [("Nota voor leden" in told[one], public.get_absolute_url() in told[one]) for one in ("all", "in")] == [
        (False, True), (True, True),
    ]  # fmt: skip
    assert "alleen voor leden" in told["in"]
    assert client.get(inner.get_absolute_url()).status_code == 404
    fetched = client.get(public.get_absolute_url())
    assert b"".join(fetched) == PDF
    agendas = {
        part: text_of_docx(page.get(f"{url}agenda.docx").content)
        for part, page in (("all", client), ("in", browser_of(cast["secretary"])))
    }
    assert ["Nota voor leden" in agendas[one] for one in ("all", "in")] == [False, True]
    AgendaItem.objects.update(is_closed=True)
    assert client.get(public.get_absolute_url()).status_code == 404
    assert public.get_absolute_url() not in client.get(url).content.decode()
    assert "Nota" not in text_of_docx(client.get(f"{url}agenda.docx").content)
    assert browser_of(cast["council_member"]).get(public.get_absolute_url()).status_code == 200


def test_papers_of_all_items_cost_one_query(item: AgendaItem, cast: dict[str, User]) -> None:
    client, url = browser_of(cast["secretary"]), item.meeting.get_absolute_url()
    bring(item, cast["secretary"])
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for _number in range(3):
        bring(make_item(item.meeting), cast["secretary"])
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(after) == len(before)


def test_an_item_that_goes_takes_its_papers_along(item: AgendaItem, cast: dict[str, User]) -> None:
    bring(item, cast["secretary"])
    item.delete()
    assert not Attachment.objects.exists()


def test_a_paper_after_the_agenda_was_sent_makes_a_supplement(
    item: AgendaItem, cast: dict[str, User]
) -> None:
    meeting, secretary = item.meeting, browser_of(cast["secretary"])
    convene(meeting=meeting, by=cast["secretary"], kind=AgendaVersion.Kind.FINAL)
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "De leden hebben deze agenda." in page
    bring(item, cast["secretary"])
    page = secretary.get(meeting.get_absolute_url()).content.decode()
    assert "De leden weten dat nog niet." in page
    assert re.findall(r'<option value="(\w+)"', page.split('id="agenda-kind"')[1].split("</select>")[0]) == [
        "supplement", "final",
    ]  # fmt: skip
    secretary.post(f"{meeting.get_absolute_url()}doen/", {"do": "send", "kind": "supplement"})
    first, second = meeting.agendas.all()
    assert ("papers" in first.content["items"][0], second.kind) == (False, "supplement")
    assert [one["title"] for one in second.content["items"][0]["papers"]] == ["Nota voor leden"]
    assert "De leden hebben deze agenda." in secretary.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("inside", [False, True])
def test_what_an_item_behind_closed_doors_is_for_stands_on_no_paper_of_others(
    item: AgendaItem, inside: bool
) -> None:
    AgendaItem.objects.update(is_closed=True, kind="election", text="Wie?")
    told = agenda_words(item.meeting, agenda_shown(item.meeting, inside=inside), inside=inside)["punten"][0]
    assert [bool(told[name]) for name in ("soort", "tekst")] == [inside, inside]
    assert (told["titel"] == item.title) is inside


@pytest.mark.parametrize("number", ["9" * 5000, "\u0661"])
def test_a_number_without_end_is_no_page(item: AgendaItem, client: Client, number: str) -> None:
    council = item.meeting.council.slug
    for address in (
        f"/raden/{council}/vergaderingen/{number}/agenda.pdf", f"/raden/{council}/vergaderingen/{number}/brieven.pdf",
        f"/raden/{council}/vergaderingen/{number}/verslag.docx", f"/raden/{council}/besluiten/2026/{number}/uittreksel.pdf",
        f"/adviezen/2026-{number}/advies.pdf", f"/raden/{council}/vergaderingen/{number}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address[:60]
