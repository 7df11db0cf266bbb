"""Answers: written by who is competent, with a reason for each recommendation, and nothing of them public before the release."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import MandateHolder, User
from core.models import Release, ReleaseLook
from core.release import put_before, release_due, release_now, release_of, withdraw
from core.search import search_all
from core.sniff import DOCX
from core.verbs import Refused
from core.waiting import waiting_for
from councils.actions.answers import Said, write_answer
from councils.models import ANSWERS, Advice, Answer, AnswerLine, Council
from plans.models import Plan
from tests.conftest import OPERATOR, Land
from tests.councils.advised import SECRET, make_answer, make_competent, make_decided, make_given
from tests.councils.made import make_council, make_member
from tests.plans.made import make_plan

AsPart = Callable[[str], Client]
TYPED = {
    "verdict_1": "followed", "reason_1": "Ze geven schaduw.", "verdict_2": "not", "reason_2": "De straat gaat eerst open.",
}  # fmt: skip


@pytest.fixture
def council(land: Land) -> Council:
    council = make_council(
        land.municipality, land["bergen"], name="Dorpsraad Bergen", email="raad@proefdorp.example"
    )
    make_member(council)
    return council


@pytest.fixture
def advice(council: Council, cast: dict[str, User]) -> Advice:
    make_competent(council.municipality, cast["alderman"])
    return make_given(council, "Geef het plein terug", days_ago=90)


def everywhere(client: Client, advice: Advice) -> dict[str, str]:
    """What a visitor gets of it, at each address that could tell."""
    addresses = (
        advice.get_absolute_url(), "/adviezen/", "/adviezen/?q=veertien", "/adviezen/?stand=beantwoord", "/adviezen/tabel.csv",
        "/adviezen/nieuws.rss", "/nieuws.rss", f"/api/v1/adviezen/{advice.uuid}/", "/api/v1/adviezen/", "/zoeken/?q=veertien",
        "/gebieden/bergen/", f"/raden/{advice.council.slug}/",
    )  # fmt: skip
    answers = {address: client.get(address) for address in addresses}
    return {
        address: answer.getvalue().decode()
        for address, answer in answers.items()
        if answer.status_code == 200
    }


def test_nothing_is_public_before_its_moment(advice: Advice, client: Client) -> None:
    release = make_decided(advice)
    before = everywhere(client, advice)
    assert len(before) >= 8
    for address, text in before.items():
        for word in (SECRET, "schaduw", "2026/CBS/0412", "Veertien"):
            assert word not in text, (address, word)
        assert "deels gevolgd" not in text, address
    assert not search_all("veertien plaatsen", advice.municipality, AnonymousUser())
    assert not Answer.objects.visible_to(AnonymousUser()).exists()
    assert "beantwoord op" in before["/adviezen/tabel.csv"]
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() - dt.timedelta(seconds=1))
    after = everywhere(client, advice)
    for address in (advice.get_absolute_url(), f"/api/v1/adviezen/{advice.uuid}/"):
        assert SECRET in after[address], address
    assert "2026/CBS/0412" in after[advice.get_absolute_url()]
    assert "Beantwoord: Geef het plein terug" in after["/adviezen/nieuws.rss"]
    assert search_all("veertien plaatsen", advice.municipality, AnonymousUser())


def test_the_council_hears_at_that_moment(advice: Advice, mailoutbox: list[Any]) -> None:
    release = make_decided(advice)
    assert mailoutbox == []
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() - dt.timedelta(seconds=1))
    release_due()
    assert [mail.to for mail in mailoutbox] == [["raad@proefdorp.example"]]
    assert SECRET in mailoutbox[0].body


def test_who_is_named_reads_it_and_each_look_is_kept(
    advice: Advice, cast: dict[str, User], as_part: AsPart
) -> None:
    make_decided(advice)
    alderman = as_part("alderman").get(advice.get_absolute_url())
    assert SECRET in alderman.content.decode()
    assert "Dat je kijkt, wordt bijgehouden" in alderman.content.decode()
    assert alderman["Cache-Control"] == "private, no-store"
    for part in ("secretary", "administrator", "resident", "council_member"):
        assert SECRET not in as_part(part).get(advice.get_absolute_url()).content.decode(), part
    assert list(ReleaseLook.objects.values_list("person", flat=True)) == [cast["alderman"].uuid]


def test_two_clicks_from_what_waits(advice: Advice, as_part: AsPart) -> None:
    alderman = as_part("alderman")
    page = alderman.get("/mijn/")
    url = f"{advice.get_absolute_url()}antwoord/"
    assert url in page.content.decode()
    form = alderman.get(url).content.decode()
    assert "Laat de bomen staan." in form
    refused = alderman.post(url, {**TYPED, "reason_2": " "})
    assert refused.status_code == 422
    assert "Ze geven schaduw." in refused.content.decode()
    assert "Zeg waarom" in refused.content.decode()
    assert alderman.post(url, TYPED).status_code == 302
    release = release_of(ANSWERS, Answer.objects.get())
    assert release is not None
    assert (release.state, release.readers.count()) == ("concept", 1)
    assert (
        alderman.post(url, {**TYPED, "reason_1": "Ze zijn gezond."}).status_code == 409
    )  # without the version it began from
    sent = {**TYPED, "reason_1": "Ze zijn gezond.", "version": Answer.objects.get().version}
    assert alderman.post(url, sent).status_code == 302
    assert AnswerLine.objects.get(recommendation__number=1).reason == "Ze zijn gezond."
    assert f"/vrijgave/{release.uuid}/" in alderman.get(advice.get_absolute_url()).content.decode()


def test_it_waits_for_who_is_competent_alone(advice: Advice, cast: dict[str, User]) -> None:
    def waits(part: str) -> list[str]:
        found = waiting_for(cast[part], advice.municipality, today=timezone.localdate())
        return [row.entry.url for group in found.groups for row in group.rows if "antwoord" in row.entry.url]

    assert waits("alderman") == [f"{advice.get_absolute_url()}antwoord/"]
    assert waits("secretary") == []
    assert waits("administrator") == []
    release_now(release=make_decided(advice), by=OPERATOR)
    assert waits("alderman") == []


def test_what_was_put_to_who_decides_stays(advice: Advice) -> None:
    answer = make_answer(advice)
    release = release_of(ANSWERS, answer)
    assert release is not None
    put_before(release=release, by=OPERATOR, body="college")
    with pytest.raises(Refused):
        make_answer(advice)
    changes: tuple[Callable[[], int], ...] = (
        lambda: AnswerLine.objects.update(reason="Anders"),
        lambda: AnswerLine.objects.update(verdict="not"),
        lambda: Answer.objects.update(text="Anders"),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="put to who decides"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "lines",
    [{}, {1: Said("followed", "Ja.")}, {1: Said("followed", "Ja."), 2: Said("not", "  ")},
     {1: Said("followed", "Ja."), 2: Said("soms", "Ja.")}, {number: Said("followed", "Ja.") for number in (1, 2, 3)}],
)  # fmt: skip
def test_each_recommendation_is_answered_with_a_reason(advice: Advice, lines: dict[int, Said]) -> None:
    with pytest.raises(ValidationError):
        write_answer(advice=advice, by=OPERATOR, lines=lines)
    assert not Answer.objects.exists()


def test_the_database_wants_a_reason(advice: Advice) -> None:
    make_answer(advice)
    with pytest.raises(DatabaseError, match="has_a_reason"), transaction.atomic():
        AnswerLine.objects.update(reason=" \n ")


def test_who_may_not_does_not_answer(advice: Advice, cast: dict[str, User], as_part: AsPart) -> None:
    for part in ("secretary", "council_member", "worker_here", "resident"):
        with pytest.raises(PermissionDenied):
            make_answer(advice, by=cast[part])
        assert as_part(part).get(f"{advice.get_absolute_url()}antwoord/").status_code == 404


def test_the_note_is_for_who_is_named(advice: Advice, cast: dict[str, User], as_part: AsPart) -> None:
    release = make_decided(advice)
    url = f"{release.get_absolute_url()}nota.docx"
    found = as_part("alderman").get(url)
    assert found["Content-Type"] == DOCX
    with zipfile.ZipFile(io.BytesIO(found.content)) as file:
        told = file.read("word/document.xml").decode()
    for words in ("Laat de bomen staan.", "deels gevolgd", SECRET, "Dorpsraad Bergen"):
        assert words in told
    assert as_part("administrator").get(url).status_code == 404
    assert list(ReleaseLook.objects.values_list("person", flat=True)) == [cast["alderman"].uuid]


def test_who_was_named_before_it_began_anew_reads_its_page_as_anybody(
    advice: Advice, cast: dict[str, User], as_part: AsPart
) -> None:
    first = release_of(ANSWERS, make_answer(advice, by=cast["administrator"]))
    assert first is not None
    withdraw(release=first, by=OPERATOR, why="Het begint opnieuw.")
    make_answer(advice)
    url = advice.get_absolute_url()
    page = as_part("administrator").get(url)
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    again = release_of(ANSWERS, Answer.objects.get())
    assert again is not None
    assert as_part("administrator").get(f"{url}antwoord/")["Location"] == again.get_absolute_url()
    assert as_part("administrator").get(f"{first.get_absolute_url()}nota.docx").status_code == 404
    assert not ReleaseLook.objects.exists()


def test_who_is_competent_since_finds_who_is_at_work_on_it_and_nothing_of_what_they_write(
    advice: Advice, cast: dict[str, User], as_part: AsPart
) -> None:
    release = release_of(ANSWERS, make_answer(advice))
    assert release is not None
    holder = MandateHolder.objects.get()
    holder.user = cast["worker_elsewhere"]
    holder.save()
    found = waiting_for(cast["worker_elsewhere"], advice.municipality, today=timezone.localdate())
    url = f"{advice.get_absolute_url()}antwoord/"
    assert url in [row.entry.url for group in found.groups for row in group.rows]
    page = as_part("worker_elsewhere").get(url, follow=True)
    assert page.redirect_chain == [(release.get_absolute_url(), 302)]
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)
    assert not ReleaseLook.objects.exists()


def test_a_look_at_what_was_withdrawn_is_kept(advice: Advice, cast: dict[str, User], as_part: AsPart) -> None:
    release = release_of(ANSWERS, make_answer(advice))
    assert release is not None
    withdraw(release=release, by=OPERATOR, why="Het begint opnieuw.")
    form = as_part("alderman").get(f"{advice.get_absolute_url()}antwoord/")
    assert SECRET in form.content.decode()
    assert list(ReleaseLook.objects.values_list("person", flat=True)) == [cast["alderman"].uuid]


def test_no_look_is_kept_where_nothing_is_shown(advice: Advice, as_part: AsPart) -> None:
    make_answer(advice)
    assert as_part("alderman").get(f"{advice.get_absolute_url()}antwoord/verbeteren/").status_code == 404
    assert not ReleaseLook.objects.exists()


def test_of_a_plan_in_the_making_others_read_not_even_the_name(
    council: Council, client: Client, as_part: AsPart
) -> None:
    plan = make_plan(council.municipality, name="Geheim plein", stage="draft")
    url = make_given(council, plan=plan).get_absolute_url()
    for stage, is_told in (("draft", False), ("proposed", True)):
        Plan.objects.filter(pk=plan.pk).update(stage=stage)
        assert ("Geheim plein" in client.get(url).content.decode()) is is_told
        assert "Geheim plein" in as_part("steward").get(url).content.decode()
