"""Blocks of text: the record fills in what stands between braces, and a council has its own."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from core.verbs import Refused
from councils.actions.blocks import add_block, put_block
from councils.actions.evening import close_meeting, come_in, go_out, open_meeting
from councils.models import Council, Meeting, TextBlock
from councils.reading.roll import roll_of
from councils.reading.textblocks import SHIPPED, Moment, filled
from tests.conftest import OPERATOR, Land, browser_of
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member
from tests.councils.test_meeting_pages import tap

pytestmark = pytest.mark.django_db
SAYS = {"title": "Welkom", "text": "Er zijn {aanwezig} leden om {uur}."}


@pytest.fixture
def council(land: Land) -> Council:
    """A council of Bergen with a chair and two others with a vote."""
    council = make_council(land.municipality, land["bergen"])
    for office in ("chair", "", ""):
        make_member(council, office=office)
    return council


@pytest.fixture
def meeting(council: Council) -> Meeting:
    """A meeting that goes on, in which two came in, and one left after ten minutes."""
    meeting = make_meeting(council, state="convened")
    make_item(meeting)
    open_meeting(meeting=meeting, by=OPERATOR, at=EVENING)
    for one in council.memberships.all()[:2]:
        come_in(meeting=meeting, membership=one, by=OPERATOR, at=EVENING)
    meeting.refresh_from_db()
    return meeting


def minute(number: int) -> dt.datetime:
    return EVENING + dt.timedelta(minutes=number)


def test_numbers_are_those_of_that_moment(meeting: Meeting) -> None:
    assert put_block(meeting=meeting, key="opening", by=OPERATOR, at=minute(1)).text == (
        "De voorzitter stelt vast dat 2 van de 3 stemgerechtigden aanwezig zijn en opent de vergadering om 20.00."
    )
    add_block(council=meeting.council, by=OPERATOR, values=SAYS)
    key = str(TextBlock.objects.get().pk)
    go_out(meeting=meeting, membership=meeting.council.memberships.all()[0], by=OPERATOR, at=minute(10))
    line = put_block(meeting=meeting, key=key, by=OPERATOR, at=minute(12))
    assert line.text == "Er zijn 1 leden om 20.12."
    close_meeting(meeting=meeting, by=OPERATOR, at=minute(60))
    meeting.refresh_from_db()
    # After the evening it stands at the end of its item, with who was there then.
    line = put_block(meeting=meeting, key=key, by=OPERATOR, item=meeting.items.get())
    assert (line.text, line.item) == ("Er zijn 1 leden om 21.00.", meeting.items.get())
    TextBlock.objects.update(text="Anders")
    line.refresh_from_db()
    assert line.text == "Er zijn 1 leden om 21.00."


def test_what_is_not_known_is_never_written(meeting: Meeting) -> None:
    with pytest.raises(Refused) as refused:  # no next meeting is planned
        put_block(meeting=meeting, key="next", by=OPERATOR)
    assert refused.value.code == "unknown"
    make_meeting(meeting.council, starts_at=EVENING + dt.timedelta(days=30))
    assert put_block(meeting=meeting, key="next", by=OPERATOR).text.endswith("19 december 2026.")


def test_every_block_of_ours_can_be_filled(meeting: Meeting) -> None:
    make_meeting(meeting.council, starts_at=EVENING + dt.timedelta(days=30))
    now = Moment(roll_of(meeting), meeting.items.get(), minute(2))
    for block in SHIPPED:
        assert "{" not in filled(block, now)


@pytest.mark.parametrize("text", ["Er zijn {mensen}.", "Er zijn {aanwezig.", "Er zijn aanwezig}."])
def test_a_field_that_is_not_there_is_refused(council: Council, text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add_block(council=council, by=OPERATOR, values={"title": "Welkom", "text": text})
    assert "text" in refused.value.message_dict
    assert not TextBlock.objects.exists()


def test_own_blocks_are_of_one_council_and_those_for_all_of_the_office(
    council: Council, land: Land, cast: dict[str, User]
) -> None:
    other = make_council(land.municipality, land["bergen"])
    add_block(council=council, by=cast["secretary"], values=SAYS)
    with pytest.raises(PermissionDenied):
        add_block(council=council, by=cast["secretary"], values=SAYS, for_all=True)
    add_block(council=council, by=cast["steward"], values={**SAYS, "title": "Voor alle"}, for_all=True)
    known = {one: [row.title for row in TextBlock.objects.of_council(one)] for one in (council, other)}
    assert known == {council: ["Voor alle", "Welkom"], other: ["Voor alle"]}
    with pytest.raises(ValidationError, match="al een blok"):
        add_block(council=council, by=OPERATOR, values=SAYS)


def test_by_one_tap_on_the_evening_and_after_it(meeting: Meeting, cast: dict[str, User]) -> None:
    secretary = browser_of(cast["secretary"])
    html = tap(secretary, meeting, "block:opening")
    assert "2 van de 3 stemgerechtigden aanwezig zijn" in html
    assert "nog niet bekend is" in tap(secretary, meeting, "block:next")
    tap(secretary, meeting, "close")
    page = secretary.get(f"{meeting.get_absolute_url()}avond/").content.decode()
    assert 'value="block:questions"' in page


def test_the_secretary_keeps_them_on_the_page_of_the_council(council: Council, cast: dict[str, User]) -> None:
    secretary, url = browser_of(cast["secretary"]), f"/raden/{council.slug}/beheer/"
    wrong = secretary.post(f"{url}tekstblok/", {"title": "Welkom", "text": "Er zijn {mensen}."})
    assert wrong.status_code == 422
    assert "Er zijn {mensen}." in wrong.content.decode()
    assert secretary.post(f"{url}tekstblok/", SAYS).status_code == 302
    block = TextBlock.objects.get()
    assert "Welkom" in secretary.get(url).content.decode()
    changed = {"title": "Welkom", "text": "Dag {raad}.", "version": block.version}
    assert secretary.post(f"{url}tekstblok/{block.pk}/", changed).status_code == 302
    assert secretary.post(f"{url}tekstblok-weg/{block.pk}/").status_code == 302
    assert not TextBlock.objects.exists()
    shared = add_block(council=council, by=OPERATOR, values=SAYS, for_all=True)
    assert (
        secretary.post(f"{url}tekstblok/{shared.pk}/", {**changed, "version": shared.version}).status_code
        == 404
    )
    assert browser_of(cast["council_member"]).get(f"{url}tekstblok/").status_code == 404
