"""Who is invited and how: mails, one reminder, and letters for members without e-mail."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from areas.models import CalendarPeriod
from core.verbs import Refused
from councils.actions.inviting import remind_members
from councils.actions.meetings import change_meeting
from councils.jobs import remind
from councils.models import Council, Meeting, Membership
from councils.reading.paper import address_lines
from councils.reading.reach import reach_of
from tests.conftest import OPERATOR, Land, browser_of
from tests.councils.made import make_council, make_item, make_meeting, make_member, make_person
from tests.councils.test_meeting_pages import text_of_docx

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def council(land: Land) -> Council:
    """A council with three members by mail, one by letter, one of whom nothing is known."""
    council = make_council(land.municipality, land["bergen"], slug="dorpsraad", name="Dorpsraad Bergen")
    for name in ("An", "Bert", "Carla"):
        seated(council, name, email=f"{name.lower()}@council.example")
    seated(council, "Dirk", postal_address="Dorpsstraat 1, 2320 Bergen")
    seated(council, "Els")
    return council


def seated(council: Council, name: str, **fields: Any) -> Membership:
    """A member by name."""
    return make_member(council, person=make_person(council.municipality, name=name, **fields))


def coming(council: Council, days: int) -> Meeting:
    """A meeting in so many days, convened a month ago."""
    now = timezone.now()
    meeting = make_meeting(
        council, state="convened", starts_at=now + days * DAY, convened_at=now - 30 * DAY, place="De zaal"
    )
    make_item(meeting, title="Het plein")
    return meeting


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has a day off."""
    monkeypatch.setattr("core.terms.WorkingDays.works", lambda self, day: True)


def mails() -> list[str]:
    """To whom mails went."""
    return sorted(address for one in mail.outbox for address in one.to)


def test_each_member_is_reached_in_one_way_or_named(council: Council, cast: dict[str, User]) -> None:
    meeting = coming(council, 20)
    reach = reach_of(meeting)
    names = [[one.person.name for one in some] for some in (reach.by_mail, reach.by_letter, reach.unknown)]
    assert names == [["An", "Bert", "Carla"], ["Dirk"], ["Els"]]
    page = browser_of(cast["secretary"]).get(meeting.get_absolute_url()).content.decode()
    for words in (
        "3 leden krijgen een mail.",
        "3 dagen vooraf",
        "1 lid krijgt een brief:",
        "1 lid krijgt niets",
    ):
        assert words in page


def test_members_are_reminded_once_and_who_sent_word_is_not(council: Council, always: None) -> None:
    meeting = coming(council, 3)
    meeting.excuses.create(membership=council.memberships.get(person__name="Bert"), at=timezone.now())
    assert remind(dry_run=True) == 1
    assert mails() == []
    assert [remind(dry_run=False) for _night in range(2)] == [1, 0]
    assert mails() == ["an@council.example", "carla@council.example"]
    assert mail.outbox[0].subject.startswith("Herinnering: Dorpsraad Bergen")
    assert "De zaal" in str(mail.outbox[0].body)
    meeting.refresh_from_db()
    with pytest.raises(Refused):
        remind_members(meeting=meeting, by=OPERATOR)


@pytest.mark.parametrize(("days", "setting", "number"), [(4, 3, 0), (4, 4, 1), (4, None, 0)])
def test_the_council_says_how_many_days_before(
    council: Council, always: None, days: int, setting: int | None, number: int
) -> None:
    coming(council, days)
    council.remind_days = setting
    council.save()
    assert remind(dry_run=True) == number


def test_nobody_is_reminded_of_what_is_not_sent_or_was_sent_just_now(council: Council, always: None) -> None:
    meeting = coming(council, 2)
    Meeting.objects.filter(pk=meeting.pk).update(convened_at=timezone.now())
    planned = make_meeting(council, starts_at=meeting.starts_at)
    assert remind(dry_run=True) == 0
    with pytest.raises(Refused):
        remind_members(meeting=planned, by=OPERATOR)


def test_nothing_is_mailed_on_a_day_on_which_the_municipality_is_closed(council: Council) -> None:
    today = timezone.localdate()
    coming(council, 1)
    CalendarPeriod.objects.create(
        municipality=council.municipality, kind="closure", name="Dicht", first=today, last=today
    )
    assert remind(dry_run=False) == 0
    assert mails() == []


def test_a_meeting_that_moves_to_another_day_is_reminded_again(council: Council, always: None) -> None:
    meeting = coming(council, 2)
    assert remind(dry_run=False) == 1
    meeting.refresh_from_db()
    change_meeting(meeting=meeting, by=OPERATOR, values={"place": "De school"})
    assert remind(dry_run=False) == 0
    change_meeting(meeting=meeting, by=OPERATOR, values={"starts_at": meeting.starts_at + DAY})
    assert remind(dry_run=False) == 1
    assert len(mails()) == 6


def test_letters_are_for_who_has_no_mail_and_for_the_secretary(
    council: Council, cast: dict[str, User], client: Client
) -> None:
    url = f"{coming(council, 20).get_absolute_url()}brieven"
    secretary = browser_of(cast["secretary"])
    told = text_of_docx(secretary.get(f"{url}.docx").content)
    for words in ("Dirk", "2320 Bergen", "Het plein", "De zaal"):
        assert words in told
    assert "An" not in told.split()
    assert secretary.get(f"{url}.pdf").content.startswith(b"%PDF")
    assert browser_of(cast["council_member"]).get(f"{url}.pdf").status_code == 404
    council.memberships.filter(person__name="Dirk").update(last_on=timezone.localdate() - DAY)
    assert secretary.get(f"{url}.pdf").status_code == 404


def test_an_address_stands_in_lines() -> None:
    assert address_lines("Dorpsstraat 1,\n 2320 Bergen") == "Dorpsstraat 1\n2320 Bergen"
