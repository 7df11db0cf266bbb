"""The pages on which a team tells of its own work: what is typed stays, what is told shows, and a period asks first."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Consent, User
from plans.models import Action, News, Plan, ProgressEntry, Step
from tests.accounts.asking import period
from tests.conftest import Land
from tests.plans.conftest import make_plan

D = dt.date
Enter = Callable[[str], Client]
URL = "/plannen/dorpsplan-bergen/acties/1/"


@pytest.fixture
def followed(land: Land, cast: dict[str, User]) -> Action:
    """An action of a plan that runs."""
    return Action.objects.create(
        plan=make_plan(land, stage="adopted", news_every_months=3), number=1, name="Banken"
    )


def test_a_team_follows_its_action_on_one_page(followed: Action, as_part: Enter) -> None:
    client = as_part("worker_here")
    shown = client.get(f"{URL}opvolgen/").content.decode()
    assert "Slaapt sinds" in shown
    assert "Er is niets meer gepland." in shown
    told = {"title": "De banken staan er", "text": "Zes **stuks**.", "on": "28-11-2026"}
    assert client.post(f"{URL}nieuws/", told).headers["Location"] == f"{URL}opvolgen/"
    client.post(f"{URL}ongewijzigd/", {"text": "We wachten op de winter"})
    client.post(f"{URL}stappen/", {"title": "Lastenboek", "when": "lente 2099"})
    client.post(
        f"{URL}voortgang/",
        {"first_on": "1-1-2026", "last_on": "30-6-2026", "aimed": "Zes banken", "state": "on_course"},
    )
    client.post(f"{URL}stand/", {"phase": "doing", "state": "at_risk", "reason": "Te duur"})
    shown = client.get(f"{URL}opvolgen/").content.decode()
    for words in ("De banken staan er", "<strong>stuks</strong>", "We wachten op de winter", "Lastenboek", "voorjaar 2099",
                  "Zes banken", "Te duur", "Volgens de data alleen"):  # fmt: skip
        assert words in shown, words
    assert "ongewijzigd/" not in shown


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    followed: Action, as_part: Enter
) -> None:
    client = as_part("worker_here")
    for path, typed, words in (
        ("nieuws/", {"title": "Straks", "on": "1-1-2199"}, "Nieuws is van vandaag of van een vroegere dag."),
        ("stappen/", {"title": "Straks", "when": "ooit eens"}, "Dit is geen datum die we kunnen lezen."),
        ("stand/", {"phase": "doing", "state": "stopped", "reason": ""}, "Zeg waarom"),
        ("voortgang/", {"first_on": "1-1-2020", "last_on": "1-2-2020", "aimed": "Straks", "state": "on_course"},
         "Buiten de looptijd"),
    ):  # fmt: skip
        refused = client.post(f"{URL}{path}", typed)
        assert refused.status_code == 422, path
        assert words in refused.content.decode(), path
        if "title" in typed:
            assert 'value="Straks"' in refused.content.decode()


def test_news_and_steps_are_corrected_and_taken_back(followed: Action, as_part: Enter) -> None:
    client = as_part("worker_here")
    news = News.objects.create(action=followed, title="Zeven banken", on=D(2026, 11, 1))
    step = Step.objects.create(action=followed, title="Lastenboek", when="2027-21")
    typed = {"title": "Zes banken", "text": "", "on": "1-11-2026", "version": news.version}
    assert client.post(f"{URL}nieuws/{news.uuid}/", typed).status_code == 302
    assert client.post(f"{URL}nieuws/{news.uuid}/", {**typed, "title": "Acht"}).status_code == 409
    assert 'value="voorjaar 2027"' in client.get(f"{URL}stappen/{step.pk}/").content.decode()
    client.post(f"{URL}stappen/{step.pk}/gedaan/")
    step.refresh_from_db()
    assert step.done_on is not None
    client.post(f"{URL}stappen/{step.pk}/gedaan/")
    client.post(f"{URL}stappen/{step.pk}/weg/")
    client.post(f"{URL}nieuws/{news.uuid}/weg/")
    assert not Step.objects.exists()
    assert not News.objects.exists()


def test_progress_of_a_plan_stands_in_one_list(followed: Action, as_part: Enter) -> None:
    client, url = as_part("worker_here"), "/plannen/dorpsplan-bergen/voortgang/"
    typed = {"first_on": "1-1-2026", "last_on": "30-6-2026", "aimed": "Het plein leeft", "state": "on_course"}
    assert client.post(f"{url}nieuw/", typed).headers["Location"] == url
    entry = ProgressEntry.objects.get()
    assert "Het plein leeft" in client.get(url).content.decode()
    changed = {**typed, "done": "Er staan banken", "version": entry.version}
    assert client.post(f"{url}{entry.pk}/", changed).status_code == 302
    assert "Er staan banken" in client.get(url).content.decode()
    client.post(f"{url}{entry.pk}/weg/")
    assert not ProgressEntry.objects.exists()


def test_in_a_period_that_asks_first_the_page_asks_why(followed: Action, land: Land, as_part: Enter) -> None:
    period(land)
    client = as_part("worker_here")
    typed = {"title": "De banken staan er", "text": "", "on": "28-11-2026"}
    refused = client.post(f"{URL}nieuws/", typed)
    assert refused.status_code == 422
    assert "Waarom nu? Het is “Budgetstop”" in refused.content.decode()
    assert client.post(f"{URL}nieuws/", {**typed, "why_first": "Het lint is geknipt"}).status_code == 302
    assert not News.objects.exists()
    asked = Consent.objects.get()
    page = as_part("administrator").get(asked.get_absolute_url()).content.decode()
    assert "De banken staan er" in page
    assert (
        as_part("administrator").post(asked.get_absolute_url(), {"agrees": "ja", "answer": "Mag"}).status_code
        == 302
    )
    assert News.objects.get().title == "De banken staan er"


def test_the_action_of_another_municipality_is_not_there(followed: Action, as_part: Enter) -> None:
    Plan.objects.update(slug="elders")
    assert as_part("worker_here").get(f"{URL}opvolgen/").status_code == 404
