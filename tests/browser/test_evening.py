"""A meeting of eight items, three votes and fourteen people, as a secretary holds it on a tablet: nothing is typed twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import DjangoDbBlocker

from areas.models import Municipality
from councils.models import Meeting, Vote
from councils.reading.record import minutes_of
from tests.browser.test_screen import sign_in
from tests.councils.made import make_council, make_item, make_meeting, make_member, told_of

QUESTIONS = {2: "Keuren we het verslag goed?", 4: "Komt er een bank?", 5: "Wie wordt ondervoorzitter?"}


@pytest.fixture(scope="module")
def meeting(site: str, django_db_blocker: DjangoDbBlocker) -> Meeting:
    """Of a council of its own, with twelve who have a vote and two who have none; made where the server sees it."""
    with django_db_blocker.unblock():
        return a_meeting()


def a_meeting() -> Meeting:
    """The meeting, and whom it is of."""
    municipality = Municipality.objects.get()
    council = make_council(municipality, slug="raad-van-de-avond", name="Raad van de avond")
    for number in range(12):
        make_member(council, office=("chair", "secretary")[number] if number < 2 else "")
    for mandate in ("observer", "expert"):
        make_member(council, mandate=mandate)
    meeting = make_meeting(council, state="convened")
    for number in range(1, 9):
        make_item(meeting, title=f"Onderwerp {number}")
    return meeting


def test_an_evening_of_eight_items_three_votes_and_fourteen_people(
    new_page: Callable[..., Page],
    meeting: Meeting,
) -> None:
    page = new_page(viewport={"width": 1024, "height": 768}, has_touch=True)
    sign_in(page, "Beheerder")
    page.goto(f"{meeting.get_absolute_url()}avond/")
    tap(page, "Open de vergadering")
    tap(page, "Iedereen is er")
    expect(page.locator(".evening__now")).to_contain_text("12 van 12 met stem zijn er.")
    first = page.locator(".who__row").nth(3)
    first.get_by_role("button", name="Gaat weg").tap()
    expect(first).to_contain_text("weg om")
    first.get_by_role("button", name="Komt terug").tap()
    for number in range(1, 9):
        if number > 1:
            tap(page, f"Naar punt {number}")
        expect(page.locator("#item-title")).to_have_text(f"{number}. Onderwerp {number}")
        if number in QUESTIONS:
            vote(page, QUESTIONS[number], is_secret=number == 5)
    page.get_by_label("Zelf iets erbij").fill("Iedereen wordt bedankt.")
    page.get_by_role("button", name="Zet erbij").tap()
    expect(page.get_by_label("Zelf iets erbij")).to_have_value("")
    tap(page, "Sluit de vergadering")
    expect(page.locator("#item-title")).to_have_text("De vergadering is voorbij")

    content = minutes_of(Meeting.objects.select_related("council__municipality").get(pk=meeting.pk))
    assert [one["question"] for one in told_of(content, "vote")] == list(QUESTIONS.values())
    assert len(told_of(content, "decision")) == 3
    assert len([one for one in content["attendance"] if one["spans"]]) == 14
    page.goto(meeting.get_absolute_url())
    for words in (*QUESTIONS.values(), "Iedereen wordt bedankt.", "11 voor", "komt terug"):
        expect(page.locator("#content")).to_contain_text(words)


def tap(page: Page, name: str) -> None:
    """Tap a button and wait until what it did is on the screen."""
    with page.expect_response(lambda answer: "/avond/doen/" in answer.url) as answer:
        page.get_by_role("button", name=name, exact=True).tap()
    assert answer.value.ok
    expect(page.locator(".htmx-request, .htmx-swapping")).to_have_count(0)


def vote(page: Page, question: str, *, is_secret: bool) -> None:
    """The question is typed once; then there are only taps, and the numbers of a secret vote."""
    page.get_by_text("Leg iets ter stemming voor").tap()
    page.get_by_label("Vraag", exact=True).fill(question)
    if is_secret:
        page.get_by_label("Hoe", exact=True).select_option("secret")
        page.get_by_label("Namen om uit te kiezen").fill("Kandidaat 1\nKandidaat 2")
    tap(page, "Zet de stemming klaar")
    tap(page, "Open de stemming")
    if is_secret:
        page.get_by_label("Kandidaat 1", exact=True).fill("7")
        page.get_by_label("Kandidaat 2", exact=True).fill("4")
        page.get_by_label("Blanco", exact=True).fill("1")
    else:
        page.locator(".choices").nth(4).get_by_role("button", name="Tegen").tap()
        expect(page.locator(".choices").nth(4).get_by_role("button", name="Tegen")).to_have_attribute(
            "aria-pressed", "true"
        )
        tap(page, "Zet de rest op voor")
    tap(page, "Sluit en zet in het verslag")
    expect(page.locator("#verslag")).to_contain_text(question)
    assert not Vote.objects.filter(state="open").exists()
