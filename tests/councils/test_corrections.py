"""Correcting an answer that everybody reads: a version with its reason, its own way to the public, and the old one kept."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.models import Release, ReleaseLook
from core.release import release_due, release_of, withdraw
from core.search import search_all
from core.verbs import Conflict, Refused
from councils.actions.advices import withdraw_advice
from councils.actions.answers import Said, correct_answer
from councils.models import ANSWERS, Advice, Answer, Council
from councils.register import rows_of, with_outcome
from tests.conftest import OPERATOR, Land
from tests.councils.advised import (
    CORRECTED,
    SECRET,
    WHY,
    make_answered,
    make_competent,
    make_corrected,
    make_correction,
    make_draft,
    make_given,
    make_planned,
)
from tests.councils.made import make_council, make_member
from tests.councils.test_answers import TYPED, everywhere

AsPart = Callable[[str], Client]
LINES = {1: Said("followed", "Ja."), 2: Said("not", "Nee.")}


@pytest.fixture
def council(land: Land) -> Council:
    return make_council(
        land.municipality, land["bergen"], name="Dorpsraad Bergen", email="raad@proefdorp.example"
    )


@pytest.fixture
def advice(council: Council, cast: dict[str, User]) -> Advice:
    make_competent(council.municipality, cast["alderman"])
    return make_answered(council, "Geef het plein terug")


def pass_by(release: Release) -> None:
    """Let the moment of release come."""
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() - dt.timedelta(seconds=1))


def test_nothing_of_a_correction_is_public_before_its_moment(advice: Advice, client: Client) -> None:
    release = make_planned(make_correction(advice))
    for address, text in everywhere(client, advice).items():
        for word in (CORRECTED, "tweeëntwintig", WHY, "2026/CBS/0413"):
            assert word not in text, (address, word)
    assert not search_all("tweeëntwintig", advice.municipality, AnonymousUser())
    page = client.get(advice.get_absolute_url()).content.decode()
    assert SECRET in page
    assert "1 deels" in page
    assert (
        client.get(f"{advice.get_absolute_url()}antwoord/1/").status_code == 302
    )  # it is the one that counts
    assert client.get(f"{advice.get_absolute_url()}antwoord/2/").status_code == 404
    pass_by(release)
    after = everywhere(client, advice)
    page = after[advice.get_absolute_url()]
    for word in (CORRECTED, WHY, "2026/CBS/0413", "Verbeterd op", f"{advice.get_absolute_url()}antwoord/1/"):
        assert word in page, word
    assert SECRET not in page
    assert "2 gevolgd" in page
    assert CORRECTED in after[f"/api/v1/adviezen/{advice.uuid}/"]
    assert "Antwoord verbeterd: Geef het plein terug" in after["/adviezen/nieuws.rss"]
    assert search_all("tweeëntwintig", advice.municipality, AnonymousUser())
    assert not search_all("veertien plaatsen", advice.municipality, AnonymousUser())
    old = client.get(f"{advice.get_absolute_url()}antwoord/1/").content.decode()
    for word in (SECRET, WHY, "2026/CBS/0412", "telt niet meer"):
        assert word in old, word
    assert client.get(f"{advice.get_absolute_url()}antwoord/2/").status_code == 302


def test_it_changes_nothing_about_when_it_was_answered(advice: Advice) -> None:
    first = with_outcome(Advice.objects.all()).get().answered_at
    make_corrected(advice)
    told = with_outcome(Advice.objects.all()).get()
    assert told.answered_at == first
    assert told.corrected_at > first
    assert (told.number_followed, told.number_partly, told.number_not) == (2, 0, 0)
    assert rows_of([told])[0].stands.count("op ") == 2


def test_the_council_hears_of_it(advice: Advice, mailoutbox: list[Any]) -> None:
    make_member(advice.council)
    mailoutbox.clear()
    pass_by(make_planned(make_correction(advice)))
    release_due()
    assert [(mail.to, "Verbetering" in mail.subject) for mail in mailoutbox] == [
        (["raad@proefdorp.example"], True)
    ]
    assert WHY in mailoutbox[0].body
    assert CORRECTED in mailoutbox[0].body


def test_on_the_pages(advice: Advice, cast: dict[str, User], as_part: AsPart) -> None:
    alderman, page = as_part("alderman"), advice.get_absolute_url()
    url = f"{page}antwoord/verbeteren/"
    assert url in alderman.get(page).content.decode()
    form = alderman.get(url).content.decode()
    assert SECRET in form  # it begins with the answer that counts
    version = Answer.objects.get().version
    refused = alderman.post(url, {**TYPED, "correction": " ", "version": version})
    assert refused.status_code == 422
    assert "De straat gaat eerst open." in refused.content.decode()
    assert alderman.post(url, {**TYPED, "correction": WHY, "version": version}).status_code == 302
    made = Answer.objects.get(number=2)
    assert [line.verdict for line in made.lines.all()] == ["followed", "not"]
    assert alderman.post(url, {**TYPED, "correction": "Toch", "version": version}).status_code == 409
    shown = alderman.get(page)
    assert "nog niet openbaar" in shown.content.decode()
    assert "Ga verder met de verbetering" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    assert WHY in alderman.get(url).content.decode()
    assert set(ReleaseLook.objects.values_list("person", flat=True)) == {cast["alderman"].uuid}
    # Who may answer but is not named reads nothing of it, also not by what would be a conflict.
    assert as_part("administrator").get(url).status_code == 302  # to who is at work on it
    assert WHY not in as_part("administrator").get(page).content.decode()
    with pytest.raises(Refused):
        correct_answer(advice=advice, by=cast["administrator"], why="Anders", lines=LINES, version="oud")
    make_planned(made)
    assert alderman.get(url)["Location"] == page


def test_what_it_takes(advice: Advice, council: Council, cast: dict[str, User], as_part: AsPart) -> None:
    with pytest.raises(Refused):
        correct_answer(advice=make_given(council), by=OPERATOR, why=WHY, lines=LINES)
    with pytest.raises(ValidationError):
        correct_answer(advice=advice, by=OPERATOR, why="  ", lines=LINES)
    with pytest.raises(Conflict):
        correct_answer(advice=advice, by=OPERATOR, why=WHY, lines=LINES, version="oud")
    for part in ("secretary", "council_member", "resident"):
        with pytest.raises(PermissionDenied):
            correct_answer(advice=advice, by=cast[part], why=WHY, lines=LINES)
        assert as_part(part).get(f"{advice.get_absolute_url()}antwoord/verbeteren/").status_code == 404
    assert Answer.objects.filter(advice=advice).count() == 1


def test_a_correction_that_was_withdrawn_begins_anew(advice: Advice, client: Client) -> None:
    release = release_of(ANSWERS, make_correction(advice))
    assert release is not None
    withdraw(release=release, by=OPERATOR, why="Niet nodig.")
    assert CORRECTED not in client.get(advice.get_absolute_url()).content.decode()
    make_corrected(advice)
    assert Answer.objects.filter(advice=advice).count() == 2
    make_corrected(advice)
    assert [one.number for one in Answer.objects.counting()] == [3]


def test_the_database_keeps_what_was_said(advice: Advice) -> None:
    make_corrected(advice)
    for values, words in (
        ({"correction": "Anders"}, "put to who decides"), ({"text": "Anders"}, "put to who decides"),
        ({"number": 5}, "put to who decides"),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            Answer.objects.filter(number=2).update(**values)
    for number, why in ((3, " "), (1, WHY)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Answer.objects.create(advice=advice, number=number, correction=why)


def test_an_advice_that_was_withdrawn_stays_at_its_address(
    council: Council, cast: dict[str, User], as_part: AsPart
) -> None:
    make_member(council, user=cast["council_member"])
    draft = make_draft(council)
    url = f"{draft.get_absolute_url()}intrekken/"
    secretary = as_part("secretary")
    assert url in secretary.get(draft.get_absolute_url()).content.decode()
    assert secretary.post(url, {"why": " ", "version": draft.version}).status_code == 422
    assert (
        secretary.post(url, {"why": "De straat ging al open.", "version": draft.version}).status_code == 302
    )
    page = as_part("council_member").get(draft.get_absolute_url()).content.decode()
    assert "Ingetrokken op" in page
    assert "De straat ging al open." in page
    assert as_part("resident").get(draft.get_absolute_url()).status_code == 404
    assert secretary.get(url).status_code == 404
    for word in ("intrekken", "wijzigen", "gegeven"):
        assert (
            f"{draft.get_absolute_url()}{word}/"
            not in secretary.get(draft.get_absolute_url()).content.decode()
        )
    with pytest.raises(Refused):
        withdraw_advice(advice=make_draft(council), by=OPERATOR, why=" ")
