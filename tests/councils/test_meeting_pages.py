"""The pages of meetings: an evening by taps, what visitors read of it, the light form."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import make_calendar_address
from accounts.models import User
from core.digest import digest_of
from core.verbs import Refused
from councils.actions.meetings import change_item
from councils.models import Council, Meeting, MinutesVersion, Vote
from councils.reading.record import minutes_of
from councils.waiting.meetings import to_prepare_and_approve
from tests.conftest import OPERATOR, Land, browser_of
from tests.councils.advised import make_draft, make_given
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def council(land: Land) -> Council:
    """The council of Bergen with a chair and three others."""
    council = make_council(land.municipality, land["bergen"], slug="dorpsraad")
    for office in ("chair", "secretary", "", ""):
        make_member(council, office=office)
    return council


@pytest.fixture
def secretary(cast: dict[str, User]) -> Client:
    return browser_of(cast["secretary"])


def tap(client: Client, meeting: Meeting, do: str, **typed: Any) -> str:
    """What the screen shows after a tap, by htmx."""
    answer = client.post(f"{meeting.get_absolute_url()}avond/doen/", {"do": do, **typed}, headers=HTMX)
    assert answer.status_code in (200, 422), answer.status_code
    return answer.content.decode()


def test_an_evening_by_taps(council: Council, secretary: Client) -> None:
    meeting = make_meeting(council, state="convened")
    first, second = make_item(meeting), make_item(meeting)
    tap(secretary, meeting, "open")
    shown = tap(secretary, meeting, "all_in")
    assert "4 van 4 met stem zijn er." in shown
    tap(secretary, meeting, f"vote_new:{first.pk}", question="Doen we het?", how="names", base="valid", majority="half",
        tie="rejected", silent="abstains")  # fmt: skip
    vote = Vote.objects.get()
    shown = tap(secretary, meeting, f"vote_open:{vote.pk}")
    assert "Nog in te vullen" in shown
    assert "Er is een stemming open. Sluit die eerst." in tap(secretary, meeting, f"item:{second.pk}")
    voter = vote.voters.all()[0]
    assert 'aria-pressed="true"' in tap(secretary, meeting, f"choose:{voter.pk}:against:")
    assert "Iemand schreef intussen" in tap(secretary, meeting, f"choose:{voter.pk}:for:")
    tap(secretary, meeting, f"rest:{vote.pk}")
    assert "Voor: 3" in tap(secretary, meeting, f"vote_close:{vote.pk}")
    assert "Een vraag" in tap(secretary, meeting, "line", text="Een vraag over de bank", kind="question")
    shown = tap(secretary, meeting, "agree", what="", who_else="de stad")
    assert "de stad" in shown
    assert meeting.agreements.count() == 0
    tap(secretary, meeting, f"item:{second.pk}")
    tap(secretary, meeting, "close")
    assert Meeting.objects.get().is_over


def test_visitors_read_decisions_at_once_and_minutes_when_they_are_approved(
    council: Council, secretary: Client, client: Client, cast: dict[str, User]
) -> None:
    meeting = make_meeting(council, state="convened")
    make_item(meeting)
    for do in ("open", "all_in"):
        tap(secretary, meeting, do)
    tap(secretary, meeting, "decide", title="Een bank", text="Er komt een bank.", kind="decision")
    tap(secretary, meeting, "line", text="Een zin van iemand", kind="text")
    tap(secretary, meeting, "close")
    url = meeting.get_absolute_url()
    shown = client.get(url).content.decode()
    assert "Een bank" in shown
    assert "Een zin van iemand" not in shown
    chair = council.offices.get(kind="chair").membership.person
    chair.user = cast["resident"]
    chair.save()
    page = secretary.get(url).content.decode()
    digest = re.search(r'name="digest"\s+value="([0-9a-f]{64})"', page)
    assert digest
    for one, role in ((secretary, "secretary"), (browser_of(cast["resident"]), "chair")):
        one.post(f"{url}goedkeuren/", {"role": role, "digest": digest[1]})
    assert "Een zin van iemand" in client.get(url).content.decode()
    assert client.get(council.decisions.get().get_absolute_url()).status_code == 200


def test_what_is_planned_or_behind_closed_doors_is_not_for_visitors(
    council: Council, client: Client, secretary: Client
) -> None:
    meeting = make_meeting(council)
    make_item(meeting, title="Een gesprek over iemand", is_closed=True)
    url = meeting.get_absolute_url()
    assert client.get(url).status_code == 404
    Meeting.objects.update(state="convened")
    shown = client.get(url).content.decode()
    assert "Achter gesloten deuren" in shown
    assert "Een gesprek over iemand" not in shown
    assert "Een gesprek over iemand" in secretary.get(url).content.decode()
    decided = {
        "year": 2026,
        "number": 1,
        "title": "X",
        "text": "X",
        "at": meeting.starts_at,
        "council": council,
    }
    decision = meeting.decisions.create(item=meeting.items.get(), **decided)
    Meeting.objects.update(state="running", opened_at=meeting.starts_at)
    Meeting.objects.update(state="closed", closed_at=meeting.starts_at)
    assert client.get(decision.get_absolute_url()).status_code == 404
    assert secretary.get(decision.get_absolute_url()).status_code == 200


def test_plan_a_meeting_with_its_agenda_and_send_it(council: Council, secretary: Client) -> None:
    asked = {
        "day": "14-1-2027",
        "starts": "20",
        "ends": "22.00",
        "how": "in_person",
        "works": "full",
        "is_public": "on",
    }
    answer = secretary.post(f"/raden/{council.slug}/vergaderingen/nieuw/", asked)
    meeting = Meeting.objects.get()
    assert answer["Location"] == meeting.get_absolute_url()
    secretary.post(f"{meeting.get_absolute_url()}punt/", {"title": "Het plein", "kind": "advice"})
    secretary.post(f"{meeting.get_absolute_url()}doen/", {"do": "send", "kind": "final"})
    assert meeting.agendas.get().content["items"][0]["title"] == "Het plein"
    wrong = secretary.post(f"/raden/{council.slug}/vergaderingen/nieuw/", {**asked, "starts": "acht uur"})
    assert wrong.status_code == 422
    assert "Dit is geen uur" in wrong.content.decode()
    assert "acht uur" in wrong.content.decode()


def test_an_item_about_an_advice(council: Council, secretary: Client, client: Client) -> None:
    given, draft = make_given(council, "Een bank"), make_draft(council, "Een boom")
    meeting = make_meeting(council, state="convened")
    for advice in (given, draft):
        asked = {"title": "Het plein", "kind": "discussion", "advice": advice.pk}
        assert secretary.post(f"{meeting.get_absolute_url()}punt/", asked).status_code == 302
    inside, outside = (page.get(meeting.get_absolute_url()).content.decode() for page in (secretary, client))
    assert [one.get_absolute_url() in inside for one in (given, draft)] == [True, True]
    assert [one.get_absolute_url() in outside for one in (given, draft)] == [True, False]
    assert "Een boom" not in outside
    elsewhere = make_council(council.municipality, slug="elders")
    with pytest.raises(Refused):
        change_item(item=meeting.items.all()[0], by=OPERATOR, values={"advice": make_draft(elsewhere)})


def test_the_light_form_on_one_page(council: Council, secretary: Client, client: Client) -> None:
    member = council.memberships.all()[0]
    asked = {
        "day": "9-12-2025", "starts": "20.00", "present": [member.pk], "rows": "1", "kind0": "advice",
        "text0": "Maak de dreef vrij van auto’s. Van april tot oktober.", "how0": "vote", "in_favour0": "5",
        "against0": "1",
    }  # fmt: skip
    answer = secretary.post(f"/raden/{council.slug}/vergaderingen/kort/", asked)
    meeting = Meeting.objects.get()
    assert answer["Location"].startswith(meeting.get_absolute_url())
    decision = meeting.decisions.get()
    assert decision.item
    assert (decision.title, decision.in_favour, decision.item.kind) == (
        "Maak de dreef vrij van auto’s",
        5,
        "advice",
    )
    assert (
        "Aanwezigheid per punt niet bijgehouden." in client.get(meeting.get_absolute_url()).content.decode()
    )
    again = {**asked, "uuid0": str(decision.uuid), "text0": "Toch niet."}
    answer = secretary.post(f"{meeting.get_absolute_url()}kort/", again)
    assert answer.status_code == 302, answer.content.decode()
    decision.refresh_from_db()
    assert decision.text == "Toch niet."
    future = secretary.post(f"/raden/{council.slug}/vergaderingen/kort/", {**asked, "day": "9-12-2199"})
    assert future.status_code == 422
    assert "als ze voorbij is" in future.content.decode()


def test_the_calendar_of_a_council(council: Council, client: Client) -> None:
    make_meeting(council, state="convened", place="De Zaal")
    make_meeting(council)
    text = client.get(f"/raden/{council.slug}/vergaderingen.ics").content.decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "De Zaal" in text


def test_agenda_minutes_and_extract_on_paper(council: Council, secretary: Client, client: Client) -> None:
    meeting = make_meeting(council, state="convened")
    make_item(meeting, title="Over iemand", is_closed=True)
    make_item(meeting, title="Het plein")
    for do in ("open", "all_in", f"item:{meeting.items.get(order=2).pk}"):
        tap(secretary, meeting, do)
    tap(secretary, meeting, "decide", title="Een bank", text="Er komt een bank.", kind="decision")
    tap(secretary, meeting, "close")
    url = meeting.get_absolute_url()
    assert client.get(f"{url}verslag.docx").status_code == 404
    told = text_of_docx(secretary.get(f"{url}verslag.docx").content)
    assert "Er komt een bank." in told
    agenda = text_of_docx(client.get(f"{url}agenda.docx").content)
    assert "Het plein" in agenda
    assert "Over iemand" not in agenda
    extract = text_of_docx(client.get(f"{council.decisions.get().get_absolute_url()}uittreksel.docx").content)
    assert "Er komt een bank." in extract
    assert secretary.get(f"{url}verslag.pdf").content.startswith(b"%PDF")


def text_of_docx(content: bytes) -> str:
    """The text of a document of Word."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return re.sub("<[^>]+>", "", opened.read("word/document.xml").decode())


def test_minutes_wait_for_chair_and_secretary_and_an_agenda_for_members(
    council: Council, cast: dict[str, User], land: Land
) -> None:
    today = dt.date(2026, 11, 10)
    make_meeting(council, state="convened")
    make_meeting(council, state="closed", starts_at=EVENING - dt.timedelta(days=60))
    make_meeting(council)
    make_member(council, user=cast["resident"])
    chair = council.offices.get(kind="chair").membership.person
    chair.user = cast["neighbour"]
    chair.save()
    waits = {
        part: [
            one.title
            for one in to_prepare_and_approve(user=cast[part], municipality=land.municipality, today=today)
        ]
        for part in ("secretary", "resident", "neighbour", "worker_elsewhere")
    }
    agenda, approve = "Lees de agenda van 19 november 2026", "Keur het verslag van 20 september 2026 goed"
    assert waits == {
        "secretary": [approve, agenda],
        "resident": [agenda],
        "neighbour": [approve, agenda],
        "worker_elsewhere": [],
    }


def test_who_sits_in_councils_has_their_meetings_in_one_calendar_behind_a_secret(
    council: Council, cast: dict[str, User], land: Land, client: Client
) -> None:
    person, soon = cast["resident"], timezone.now() + dt.timedelta(days=9)
    other, strange = (make_council(land.municipality, name=name) for name in ("Sportraad", "Cultuurraad"))
    for one in (council, other):
        make_member(one, user=person)
    for one in (council, other, strange):
        meeting = make_meeting(one, state="convened", starts_at=soon, join_url="https://samen.example/1")
        make_item(meeting, title="Over iemand", is_closed=True)
    make_meeting(other, starts_at=soon)
    url = f"/raden/mijn/{make_calendar_address(by=person)}.ics"
    answer = client.get(url)
    text = answer.content.decode()
    assert (text.count("BEGIN:VEVENT"), "Sportraad" in text, "Cultuurraad" in text) == (2, True, False)
    for word in ("samen.example", "Over iemand", person.email):
        assert word not in text
    assert "private" in answer["Cache-Control"]
    assert not answer.has_header("Access-Control-Allow-Origin")
    other.memberships.filter(person__user=person).update(last_on=dt.date(2026, 1, 31))
    assert client.get(url).content.decode().count("BEGIN:VEVENT") == 1
    make_calendar_address(by=person)
    assert client.get(url).status_code == 404


def test_the_page_that_makes_the_secret_tells_both_addresses_once(
    council: Council, cast: dict[str, User]
) -> None:
    make_member(council, user=cast["resident"])
    browser = browser_of(cast["resident"])
    browser.post("/mijn/agenda/")
    told = [browser.get("/mijn/gegevens/").content.decode().count("/raden/mijn/") for _again in range(2)]
    assert told == [2, 0]


def test_minutes_say_that_they_keep_names_once_they_are_approved(
    council: Council, secretary: Client, client: Client
) -> None:
    words = "bewaren de namen die erin staan"
    meeting = make_meeting(council, state="closed")
    assert words not in secretary.get(meeting.get_absolute_url()).content.decode()
    content = minutes_of(meeting)
    MinutesVersion.objects.create(meeting=meeting, content=content, digest=digest_of(content))
    Meeting.objects.filter(pk=meeting.pk).update(minutes="approved")
    assert words in client.get(meeting.get_absolute_url()).content.decode()
    assert "ook als je vergeten wilt worden" in client.get("/privacy/").content.decode()


def test_a_number_without_end_is_nobody(council: Council, secretary: Client) -> None:
    meeting = make_meeting(council, state="running")
    endless, url = "9" * 5000, f"{meeting.get_absolute_url()}avond/doen/"
    for do in (f"in:{endless}", f"vote_close:{endless}", "in:", "in:x", "out:1:2", "in:\u0661"):
        assert secretary.post(url, {"do": do}).status_code == 404, do[:20]
    for typed in ({"giver": endless, "holder": endless}, {"giver": "", "holder": "1"}):
        assert secretary.post(url, {"do": "proxy", **typed}).status_code == 302
    line = {"do": "line", "text": "Een zin", "kind": "text", "item": endless}
    assert secretary.post(url, line).status_code == 302
    light = {"rows": endless, "people": ""}
    assert secretary.post(f"/raden/{council.slug}/vergaderingen/kort/", light).status_code == 200


def test_a_wrong_word_in_a_decision_is_put_right_until_the_minutes_are_approved(
    council: Council, secretary: Client, cast: dict[str, User]
) -> None:
    meeting = make_meeting(council, state="convened")
    make_item(meeting)
    tap(secretary, meeting, "open")
    tap(secretary, meeting, "decide", title="Een blank", text="Er komt een blank.", kind="decision")
    tap(secretary, meeting, "close")
    found = council.decisions.get()
    address = f"{found.get_absolute_url()}wijzig/"
    assert browser_of(cast["resident"]).get(address).status_code == 404
    typed = {"title": "Een bank", "text": "Er komt een bank.", "kind": "decision", "version": found.version}
    assert secretary.post(address, {**typed, "text": ""}).status_code == 422
    assert secretary.post(address, typed).status_code == 302
    found.refresh_from_db()
    assert (found.title, found.text) == ("Een bank", "Er komt een bank.")
    assert secretary.post(address, {**typed, "title": "Twee"}).status_code == 409
