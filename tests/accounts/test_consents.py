"""In some periods a named person is asked first: who, how it goes on after a yes, and that nothing goes out without."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.absences import waits_for
from accounts.actions import note_absence
from accounts.actions.consents import ask_consent, decide_consent, name_keeper, withdraw_consent
from accounts.consent import AsksFirst, keeper_of
from accounts.models import Consent, PeriodKeeper, RoleAssignment, User
from areas.models import CalendarPeriod
from core.changes import changes_of
from core.verbs import Refused
from tests.accounts.asking import asking, period, rename
from tests.conftest import OPERATOR, Land

Cast = dict[str, User]
FREEZE = CalendarPeriod.Kind.BUDGET_FREEZE


def keeper(land: Land, cast: Cast, who: str = "alderman") -> User:
    name_keeper(municipality=land.municipality, kind=FREEZE, user=cast[who], by=cast["administrator"])
    return cast[who]


def name_of(land: Land) -> str:
    area = land["bergen"]
    area.refresh_from_db()
    return area.name


def titles(user: User, land: Land) -> list[str]:
    found = waits_for(user, land.municipality, today=timezone.localdate())
    return [row.entry.title for group in found.groups for row in group.rows]


def test_without_a_period_nobody_is_asked(land: Land, cast: Cast) -> None:
    rename(thing=land["bergen"], payload={"name": "Berg"}, by=cast["steward"])
    assert name_of(land) == "Berg"
    with pytest.raises(Refused) as refused:
        ask_consent(**asking(land, cast))
    assert refused.value.code == "free"


def test_in_a_period_the_verb_asks_first_and_an_operator_need_not(land: Land, cast: Cast) -> None:
    period(land)
    with pytest.raises(AsksFirst) as asks:
        rename(thing=land["bergen"], payload={"name": "Berg"}, by=cast["steward"])
    assert "Budgetstop" in asks.value.messages[0]
    assert name_of(land) == "Bergen"
    rename(thing=land["bergen"], payload={"name": "Berg"}, by=OPERATOR)
    assert name_of(land) == "Berg"


def test_after_a_yes_it_goes_on_as_who_asked(land: Land, cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    period(land)
    who = keeper(land, cast)
    asked = ask_consent(**asking(land, cast))
    mail = mailoutbox[0]
    assert (mail.to, "Het bord staat er al" in str(mail.body)) == ([who.email], True)
    assert f"https://proefdorp.example{asked.get_absolute_url()}" in str(mail.body)
    assert titles(who, land) == ["Antwoord: Naam van een gebied: Bergen"]
    assert titles(cast["steward"], land) == titles(cast["administrator"], land) == []
    decide_consent(consent=asked, agrees=True, answer="Het bord staat er", by=who)
    assert name_of(land) == "Berg"
    assert titles(who, land) == []
    told = changes_of(land["bergen"])[0]
    assert told.who == str(cast["steward"])
    assert mailoutbox[-1].to == [cast["steward"].email]
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.answer) == ("given", who, "Het bord staat er")
    with pytest.raises(Refused):
        decide_consent(consent=asked, agrees=False, answer="Toch niet", by=who)


def test_after_a_no_nothing_goes_out_and_the_reason_is_told(
    land: Land, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    period(land)
    who = keeper(land, cast)
    asked = ask_consent(**asking(land, cast))
    with pytest.raises(ValidationError):
        decide_consent(consent=asked, agrees=False, answer="", by=who)
    decide_consent(consent=asked, agrees=False, answer="Wacht tot na Nieuwjaar", by=who)
    assert name_of(land) == "Bergen"
    assert "Wacht tot na Nieuwjaar" in str(mailoutbox[-1].body)


def test_only_who_is_named_answers_and_only_who_may_do_it_asks(land: Land, cast: Cast) -> None:
    period(land)
    keeper(land, cast)
    for name in ("resident", "moderator", "worker_here"):
        with pytest.raises(PermissionDenied):
            ask_consent(**asking(land, cast, by=cast[name]))
    asked = ask_consent(**asking(land, cast))
    for name in ("resident", "steward", "administrator", "moderator"):
        with pytest.raises(PermissionDenied):
            decide_consent(consent=asked, agrees=True, answer="Ja", by=cast[name])
        assert (asked in Consent.objects.visible_to(cast[name])) is (name == "steward")
    with pytest.raises(PermissionDenied):
        withdraw_consent(consent=asked, by=cast["alderman"])
    withdraw_consent(consent=asked, by=cast["steward"])
    with pytest.raises(Refused):
        decide_consent(consent=asked, agrees=True, answer="Ja", by=cast["alderman"])


def test_where_nobody_is_named_the_administrators_answer(
    land: Land, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    period(land)
    asked = ask_consent(**asking(land, cast))
    assert [mail.to for mail in mailoutbox] == [[cast["administrator"].email]]
    assert asked in Consent.objects.visible_to(cast["administrator"])
    assert len(titles(cast["administrator"], land)) == 1
    decide_consent(consent=asked, agrees=True, answer="Ja", by=cast["administrator"])
    assert name_of(land) == "Berg"


def test_a_deputy_answers_for_the_keeper_who_is_away(
    land: Land, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    period(land)
    who, today = keeper(land, cast), timezone.localdate()
    note_absence(
        by=who, user=who, municipality=land.municipality, first=today, last=today, deputy=cast["moderator"]
    )
    asked = ask_consent(**asking(land, cast))
    assert [mail.to for mail in mailoutbox] == [[cast["moderator"].email]]
    assert titles(cast["moderator"], land) == ["Antwoord: Naam van een gebied: Bergen"]
    decide_consent(consent=asked, agrees=True, answer="Ja", by=cast["moderator"])
    assert name_of(land) == "Berg"


def test_what_a_keeper_asks_is_answered_by_an_administrator(
    land: Land, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    period(land)
    who = keeper(land, cast, "steward")
    asked = ask_consent(**asking(land, cast))
    assert [mail.to for mail in mailoutbox] == [[cast["administrator"].email]]
    assert (titles(who, land), len(titles(cast["administrator"], land))) == ([], 1)
    with pytest.raises(PermissionDenied):
        decide_consent(consent=asked, agrees=True, answer="Ik vind van wel", by=who)
    decide_consent(consent=asked, agrees=True, answer="Ja", by=cast["administrator"])
    assert name_of(land) == "Berg"


def test_what_the_deputy_of_a_keeper_asks_is_answered_by_another(
    land: Land, cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    period(land)
    who, today, deputy = keeper(land, cast), timezone.localdate(), cast["steward"]
    note_absence(by=who, user=who, municipality=land.municipality, first=today, last=today, deputy=deputy)
    asked = ask_consent(**asking(land, cast))
    assert [mail.to for mail in mailoutbox] == [[cast["administrator"].email]]
    with pytest.raises(PermissionDenied):
        decide_consent(consent=asked, agrees=True, answer="Ik vind van wel", by=deputy)
    decide_consent(consent=asked, agrees=False, answer="Nee", by=cast["administrator"])


def test_where_there_is_nobody_else_who_asked_answers_and_that_is_shown(
    land: Land, cast: Cast, as_part: Callable[[str], Client], mailoutbox: list[EmailMessage]
) -> None:
    period(land)
    asked = ask_consent(**asking(land, cast, by=cast["administrator"]))
    assert [mail.to for mail in mailoutbox] == [[cast["administrator"].email]]
    url, client = asked.get_absolute_url(), as_part("administrator")
    assert "er is niemand anders" in client.get(url).content.decode()
    assert client.post(url, {"agrees": "ja"}).status_code == 422
    assert client.post(url, {"agrees": "ja", "answer": "De brug is dicht"}).status_code == 302
    told = client.get(url).content.decode()
    assert "De brug is dicht" in told
    assert "die het ook vroeg" in told


def test_with_a_second_administrator_nobody_answers_their_own(land: Land, cast: Cast) -> None:
    period(land)
    RoleAssignment.objects.create(
        user=cast["moderator"], municipality=land.municipality, role=RoleAssignment.Role.ADMINISTRATOR,
        valid_from=timezone.localdate(),
    )  # fmt: skip
    asked = ask_consent(**asking(land, cast, by=cast["administrator"]))
    with pytest.raises(PermissionDenied):
        decide_consent(consent=asked, agrees=True, answer="Ja", by=cast["administrator"])
    decide_consent(consent=asked, agrees=True, answer="Ja", by=cast["moderator"])


def test_what_cannot_go_on_stays_open_and_says_why(land: Land, cast: Cast) -> None:
    period(land)
    who = keeper(land, cast)
    asked = ask_consent(**asking(land, cast))
    RoleAssignment.objects.filter(user=cast["steward"]).delete()
    with pytest.raises(Refused) as refused:
        decide_consent(consent=asked, agrees=True, answer="Ja", by=who)
    assert refused.value.code == "may_not"
    asked.refresh_from_db()
    assert (asked.state, asked.answer) == ("waiting", "")
    with pytest.raises(Refused) as gone:
        ask_consent(**asking(land, cast, subject=uuid.uuid4()))
    assert gone.value.code == "gone"


def test_a_yes_counts_for_exactly_what_was_asked(land: Land, cast: Cast) -> None:
    period(land)
    who = keeper(land, cast)
    asked = ask_consent(**asking(land, cast))
    with pytest.raises(AsksFirst):
        rename(thing=land["bergen"], payload={"name": "Berg"}, by=cast["steward"], consent=asked)
    given = decide_consent(consent=asked, agrees=True, answer="Ja", by=who)
    with pytest.raises(ValueError, match="is none for"):
        rename(thing=land["dalen"], payload={"name": "Dal"}, by=cast["steward"], consent=given)


def test_a_keeper_works_here_and_is_named_once(land: Land, cast: Cast) -> None:
    administrator = cast["administrator"]
    here: dict[str, Any] = {"municipality": land.municipality, "by": administrator}
    with pytest.raises(Refused) as refused:
        name_keeper(kind=FREEZE, user=cast["resident"], **here)
    assert refused.value.code == "no_role"
    with pytest.raises(Refused):
        name_keeper(kind="carnaval", user=cast["alderman"], **here)
    with pytest.raises(PermissionDenied):
        name_keeper(**{**here, "by": cast["steward"]}, kind=FREEZE, user=cast["alderman"])
    for who in ("alderman", "moderator"):
        name_keeper(kind=FREEZE, user=cast[who], **here)
    assert keeper_of(land.municipality, FREEZE) == cast["moderator"]
    name_keeper(kind=FREEZE, user=None, **here)
    assert not PeriodKeeper.objects.exists()


def test_the_keeper_reads_what_would_go_out_and_answers_on_the_page(
    land: Land, cast: Cast, as_part: Callable[[str], Client]
) -> None:
    period(land)
    keeper(land, cast)
    asked = ask_consent(**asking(land, cast))
    client, url = as_part("alderman"), asked.get_absolute_url()
    page = client.get(url).content.decode()
    assert "Het bord staat er al" in page
    assert "Berg</dd>" in page
    refused = client.post(url, {"agrees": "nee"})
    assert refused.status_code == 422
    assert client.post(url, {"agrees": "nee", "answer": "Wacht even"}).status_code == 302
    mine = as_part("steward").get(url).content.decode()
    assert "Wacht even" in mine
    assert "Niet akkoord" in mine
    assert as_part("moderator").get(url).status_code == 404


def test_an_administrator_names_who_is_asked(
    land: Land, cast: Cast, as_part: Callable[[str], Client]
) -> None:
    client = as_part("administrator")
    kept = {FREEZE: str(cast["alderman"].pk)}
    assert client.post("/account/eerst-vragen/", kept).status_code == 302
    assert keeper_of(land.municipality, FREEZE) == cast["alderman"]
    assert f'value="{cast["alderman"].pk}" selected' in client.get("/account/eerst-vragen/").content.decode()
    assert client.post("/account/eerst-vragen/", {}).status_code == 302
    assert keeper_of(land.municipality, FREEZE) is None


def test_a_period_that_is_over_asks_nobody(land: Land, cast: Cast) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    period(land, last=yesterday)
    rename(thing=land["bergen"], payload={"name": "Berg"}, by=cast["steward"])
    assert name_of(land) == "Berg"
