"""What the pages of plans tell: the sentence, the tree, what when, the money, the story; and who reads what."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import User
from areas.models import Area
from plans.models import Action, Assignment, Plan
from plans.reading.action import ActionPage, actions_for_reading
from plans.reading.gather import for_reading, gather
from plans.reading.page import PlanPage, period_words
from plans.reading.tree import FEW
from plans.reading.when import MOST
from plans.reading.words import day_words, in_words, joined
from tests.conftest import Land, browser_of
from tests.plans.made import freeze, make_action, make_actions, make_plan, make_whole_plan, when

TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def whole(land: Land, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr(timezone, "localdate", lambda *_given: TODAY)
    return make_whole_plan(land.municipality, land["bergen"])


def page_of(plan: Plan) -> PlanPage:
    visitor = AnonymousUser()
    found = for_reading(plan.municipality, visitor).get(pk=plan.pk)
    return PlanPage(gather(found, visitor, TODAY))


def action_of(plan: Plan, number: int) -> ActionPage:
    visitor = AnonymousUser()
    found = actions_for_reading(plan.municipality, visitor).get(plan=plan, number=number)
    return ActionPage(found, visitor, TODAY)


def html(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


# Words


@pytest.mark.parametrize(("number", "words"), [(0, "geen"), (1, "één"), (12, "twaalf"), (13, "13")])
def test_number_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


def test_parts_of_a_sentence() -> None:
    assert [joined(parts) for parts in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


def test_day_has_its_year_when_that_is_another() -> None:
    assert day_words(dt.date(2026, 3, 1), TODAY) == "1 maart"
    assert day_words(dt.date(2027, 3, 1), TODAY) == "1 maart 2027"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-01-01", "2031-12-31", "2026 tot en met 2031"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2026-03-15", "2027-12-31", "15 maart 2026 tot en met 2027"),
        ("2026-01-01", None, "vanaf 2026, zonder einde"),
    ],
)
def test_period_in_words(first: str, last: str | None, words: str) -> None:
    assert period_words(dt.date.fromisoformat(first), dt.date.fromisoformat(last) if last else None) == words


@pytest.mark.parametrize(
    ("actions", "sentence"),
    [
        ([], "Dit plan heeft nog geen acties."),
        (["done", "doing", "preparing"], "Eén actie is gedaan en twee zijn begonnen."),
        (["done", "done", "not_started"], "Twee acties zijn gedaan en één moet nog beginnen."),
        (["doing", "not_started"], "Eén actie is begonnen en één moet nog beginnen."),
        (["not_started"] * 13, "13 acties moeten nog beginnen."),
        (["done", "stopped"], "Eén actie is gedaan en één is gestopt."),
        (["stopped", "stopped"], "Twee acties zijn gestopt."),
    ],
)
def test_sentence_counts_the_actions(land: Land, actions: list[str], sentence: str) -> None:
    plan = make_plan(land.municipality, news_every_months=None)
    for number, phase in enumerate(actions, start=1):
        stop = {"set_state": "stopped", "set_state_reason": "Te duur.", "set_state_on": TODAY}
        make_action(plan, number, f"Actie {number}", **(stop if phase == "stopped" else {"phase": phase}))
    assert page_of(plan).sentence == sentence


def test_sentence_names_the_one_that_is_asleep(land: Land) -> None:
    plan = make_plan(land.municipality, news_every_months=1)
    make_action(plan, 1, "Trage weg")
    assert page_of(plan).sentence == "Eén actie is begonnen. Eén slaapt: Trage weg."
    make_action(plan, 2, "Banken", when=None)
    assert page_of(plan).sentence.endswith("Twee slapen: daar was te lang niets van te horen.")


# The page of a plan


def test_goals_and_actions_hang_in_a_tree(whole: Plan) -> None:
    (goal,) = page_of(whole).goals
    assert (goal.title, [row.title for row in goal.actions]) == (
        "Een plein om te blijven",
        ["Ontwerp", "Deelauto"],
    )
    assert [(one.title, one.kind, [row.number for row in one.actions]) for one in goal.goals] == [
        ("Zitten en schaduw", "Actieplan", [1])
    ]


def test_action_row_says_how_it_stands(whole: Plan) -> None:
    (goal,) = page_of(whole).goals
    design, car = goal.actions
    assert (design.look, design.phase_words, design.when) == ("open", "nog niet begonnen", "najaar 2027")
    assert (car.look, car.phase_words, car.when) == ("stopped", "was bezig", "12 oktober")
    assert car.reason == "Waarom gestopt: Vier gebruikers."
    assert goal.goals[0].actions[0].asleep is None  # once nothing changed, one term more


def test_actions_without_a_goal_stand_at_the_end(land: Land) -> None:
    plan = make_plan(land.municipality)
    make_action(plan, 1, "Nota", kind=Action.Kind.PRODUCT)
    (goal,) = page_of(plan).goals
    assert (goal.title, goal.is_bare, [row.title for row in goal.actions]) == ("Producten", True, ["Nota"])


def test_action_that_went_into_another_one_is_not_counted(land: Land) -> None:
    plan = make_plan(land.municipality)
    first = make_action(plan, 1, "Banken")
    make_action(plan, 2, "Stoelen", leads_to=first, leads_how="merged")
    page = page_of(plan)
    assert (page.goals_title, [row.number for row in page.goals[0].actions]) == ("Eén actie", [1])


def test_pair_shows_the_latest_period_and_the_figure_with_its_aim(whole: Plan) -> None:
    pair = page_of(whole).goals[0].pair
    assert pair
    assert "Zes banken." in str(pair.aimed)
    assert [one.period for one in pair.earlier] == ["1 januari tot en met 30 juni"]
    (figure,) = pair.figures
    assert (figure.bar.fill, figure.bar.start, figure.bar.target) == ("51%", "41%", "70%")
    assert figure.is_set_late
    assert figure.chart
    assert [len(line.stretches) for line in figure.chart.lines] == [1, 1]


def test_progress_follows_from_the_actions_and_says_how(whole: Plan) -> None:
    pair = page_of(whole).goals[0].pair
    assert pair
    assert pair.progress is not None
    assert [weight.name for weight in pair.weights] == ["2 Ontwerp", "3 Deelauto", "Zitten en schaduw"]
    assert sum(int(weight.weight or 0) for weight in pair.weights) in (99, 100, 101)


def test_overview_has_signs_when_there_are_few(land: Land) -> None:
    plan = make_plan(land.municipality)
    make_actions(plan, range(FEW))
    assert all(one.actions for one in page_of(plan).counts)
    make_actions(plan, range(FEW, FEW + 1))
    page = page_of(plan)
    assert not any(one.actions for one in page.counts)
    assert [goal.is_open for goal in page.goals] == [True] * len(page.goals)  # the highest ones


def test_timeline_holds_what_lies_nearest_to_today(land: Land) -> None:
    plan = make_plan(land.municipality)
    make_actions(plan, range(60))
    planned = page_of(plan).planned
    assert planned.timeline
    assert (len(planned.timeline.rows), planned.left_out) == (MOST, 120 - MOST - _over(plan))


def _over(plan: Plan) -> int:
    """Steps of what is done are not shown."""
    return plan.actions.filter(phase=Action.Phase.DONE).count()


def test_money_per_year_and_per_highest_goal(whole: Plan) -> None:
    money = page_of(whole).money
    assert money
    assert [(bar.name, bar.planned, bar.spent) for bar in money.bars] == [
        ("2026", 22_000, 14_200),
        ("2027", 16_000, 0),
    ]
    assert [(row.name, int(row.planned)) for row in money.goals] == [("Een plein om te blijven", 38_000)]
    assert money.sentence == (
        "Van de 22.000 euro voor 2026 is 14.200 euro uitgegeven. Voor 2026 tot en met 2027 samen staat er 38.000 euro."
    )
    assert money.title == "Wat het kost"


def test_title_names_the_years_of_most_of_the_money(land: Land) -> None:
    plan = make_plan(land.municipality)
    action = make_action(plan, 1, "Plein")
    for year, planned in ((2026, 1), (2027, 2), (2028, 40), (2029, 50)):
        action.amounts.create(year=year, planned=planned)
    assert page_of(plan).money.title == "Het meeste geld komt in 2029"  # type: ignore[union-attr]
    action.amounts.filter(year=2029).update(planned=41)
    assert page_of(plan).money.title == "Het meeste geld komt in 2028 en 2029"  # type: ignore[union-attr]


def test_page_tells_all_of_it(client: Client, whole: Plan) -> None:
    page = html(client, whole.get_absolute_url())
    for words in (
        "Hoe dit plan er kwam", "<strong>140</strong>", "Wie oud is", "regie", "Iedereen mee",
        "gemeenteraad, op 23 maart 2026", "Dit streefcijfer is vastgelegd nadat de periode begon.", "Gedaan?",
    ):  # fmt: skip
        assert words in page, words


def test_plan_in_the_making_is_for_staff(client: Client, cast: dict[str, User], land: Land) -> None:
    plan = make_plan(land.municipality, stage=Plan.Stage.DRAFT)
    make_action(plan, 1, "Later")
    for url in (plan.get_absolute_url(), f"{plan.get_absolute_url()}acties/1/"):
        html(client, url, 404)
        assert "Alleen medewerkers zien deze pagina." in html(browser_of(cast["worker_here"]), url)


def test_plan_that_was_superseded_leads_on(client: Client, land: Land) -> None:
    new = make_plan(land.municipality, "nieuw-plan", name="Nieuw plan")
    old = make_plan(land.municipality, "oud", name="Oud plan", leads_to=new, leads_how="superseded")
    assert f'href="{new.get_absolute_url()}">Nieuw plan</a>' in html(client, old.get_absolute_url())
    assert [one.name for one in page_of(new).came_from] == ["Oud plan"]


def test_plan_belongs_to_the_one_whose_actions_it_carries_out(land: Land) -> None:
    above, below = make_plan(land.municipality, "mjp", name="Meerjarenplan"), make_plan(land.municipality)
    wide = make_action(above, 1, "Pleinen")
    make_action(below, 1, "Banken", carries_out=wide)
    make_action(below, 2, "Bomen", carries_out=wide)
    assert [one.name for one in page_of(below).carries_out] == ["Meerjarenplan"]
    assert [one.name for one in page_of(above).carried_out_by] == ["Dorpsplan"]
    hidden = make_plan(land.municipality, "nog-niet", name="Nog niet", stage=Plan.Stage.DRAFT)
    make_action(hidden, 1, "Later", carries_out=wide)
    assert [one.name for one in page_of(above).carried_out_by] == ["Dorpsplan"]


# The page of an action


def test_story_tells_what_happened_and_what_follows(whole: Plan) -> None:
    story = action_of(whole, 1).story
    assert [moment.title for moment in story.past] == [
        "Vier banken staan er",
        "De eerste banken",
        "Er veranderde niets",
    ]
    assert [moment.is_milestone for moment in story.past] == [False, True, False]
    assert [(moment.when, moment.title) for moment in story.coming] == [
        ("februari 2027", "Twee banken erbij")
    ]


def test_news_place_says_that_nothing_changed(whole: Plan) -> None:
    place = action_of(whole, 1).place
    assert place
    assert (place.look, place.title) == ("calm", "Er veranderde niets")
    assert "Het vriest." in str(place.text)
    assert place.source == "Het volgende nieuws komt er uiterlijk op 1 maart 2027."


def test_news_place_says_that_it_is_asleep(land: Land) -> None:
    plan = make_plan(land.municipality)
    make_action(plan, 1, "Trage weg", when=when("2026-02/2027"))
    place = action_of(plan, 1).place
    assert place
    assert (place.look, place.title) == ("asleep", "Deze actie slaapt sinds 1 mei 2026")


def test_team_is_asked_for_news_in_time(land: Land, cast: dict[str, User]) -> None:
    plan = make_plan(land.municipality, areas=[land["bergen"]])
    action = make_action(plan, 1, "Banken")
    action.news.create(on=dt.date(2026, 9, 1), title="Besteld")
    found = actions_for_reading(land.municipality, cast["worker_here"]).get(pk=action.pk)
    place = ActionPage(found, cast["worker_here"], TODAY).place
    assert place
    assert (place.look, place.title) == ("warning", "Vóór 1 december wordt er nieuws verwacht")
    assert [url.rsplit("/", 2)[1] for _words, url in place.links] == ["nieuws", "ongewijzigd"]
    assert action_of(plan, 1).place is None


def test_state_set_by_hand_says_why_and_what_the_dates_say(land: Land) -> None:
    plan = make_plan(land.municipality, news_every_months=None)
    make_action(
        plan, 1, "Bomen", set_state="at_risk", set_state_reason="De kweker.", set_state_on=dt.date(2026, 3, 3)
    )
    notice = action_of(plan, 1).notice
    assert notice
    assert (notice.title, notice.source) == ("In gevaar", "Volgens de datums alleen was dit: op schema.")
    assert "De kweker." in str(notice.text)


def test_dates_that_give_cause_for_worry_say_so(land: Land) -> None:
    plan = make_plan(land.municipality, news_every_months=None)
    make_action(plan, 1, "Bomen", when=when("2026-10"))
    notice = action_of(plan, 1).notice
    assert notice
    assert notice.text == "Het is later dan gepland."


def test_who_asks_and_who_does_it_is_public_when_both_agreed(
    land: Land, whole: Plan, cast: dict[str, User]
) -> None:
    assert not action_of(whole, 1).agreements
    assignment = Assignment.objects.get()
    assignment.state = Assignment.State.ASKED
    assignment.commissioner_agreed_on = dt.date(2026, 10, 26)
    assignment.save()
    assert not action_of(whole, 1).agreements
    found = actions_for_reading(land.municipality, cast["steward"]).get(plan=whole, number=1)
    ((_one, agreement),) = ActionPage(found, cast["steward"], TODAY).agreements
    assert (agreement.asks.agrees, agreement.does.agrees) == (True, None)
    assignment.contractor_agreed_on = dt.date(2026, 10, 28)
    assignment.state = Assignment.State.RUNNING
    assignment.save()
    page = action_of(whole, 1)
    assert [agreement.does.stands for _one, agreement in page.agreements] == ["akkoord op 28 oktober"]
    assert "Team Openbaar domein neemt de opdracht aan" in [moment.title for moment in page.story.past]


def test_page_of_an_action_tells_all_of_it(client: Client, whole: Plan) -> None:
    page = html(client, f"{whole.get_absolute_url()}acties/1/")
    for words in ("14.200 van 38.000", "kiest de plaats", "Kerkplein", "Wacht hierop", "Ontwerp", "mijlpaal"):
        assert words in page, words


def test_list_says_what_was_superseded(client: Client, land: Land) -> None:
    new = make_plan(land.municipality, "nieuw-plan", name="Nieuw plan")
    make_plan(land.municipality, "oud", name="Oud plan", leads_to=new, leads_how="superseded")
    page = client.get("/plannen/").content.decode()
    assert page.count("vervangen door een ander plan") == 1


def test_action_that_was_merged_leads_on(client: Client, land: Land) -> None:
    plan = make_plan(land.municipality)
    first = make_action(plan, 1, "Banken")
    make_action(plan, 2, "Stoelen", leads_to=first, leads_how="merged")
    page = html(client, f"{plan.get_absolute_url()}acties/2/")
    assert "Deze actie ging op in een andere" in page
    assert f'href="{first.get_absolute_url()}">Banken</a>' in page


# Versions and the list


def test_version_stays_as_it_was_adopted(client: Client, whole: Plan) -> None:
    whole.name = "Anders"
    whole.save()
    whole.actions.filter(number=1).update(name="Stoelen")
    page = html(client, f"{whole.get_absolute_url()}versies/1/")
    assert "Banken" in page
    assert "Stoelen" not in page
    assert "onveranderd sindsdien" in page
    assert "GR-1" in page


def test_later_version_is_a_change(whole: Plan) -> None:
    freeze(whole, 2)
    page = page_of(whole)
    assert [one.number for one in page.decisions] == [2, 1]
    assert page.decided.endswith("gewijzigd op 23 maart 2026")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Dorpsplan", "Meerjarenplan", "Voor Dalen"}),
        ("?soort=multi_year", {"Meerjarenplan"}),
        # What is about the whole municipality is about every area.
        ("?gebied=bergen", {"Dorpsplan", "Meerjarenplan"}),
        ("?stand=ended", {"Voor Dalen"}),
        ("?q=meerja", {"Meerjarenplan"}),
        ("?soort=onzin", set()),
    ],
)
def test_list_is_filtered(client: Client, land: Land, query: str, found: set[str]) -> None:
    def area(slug: str) -> list[Area]:
        return [land[slug]]

    make_plan(land.municipality, areas=area("bergen"))
    make_plan(land.municipality, "mjp", name="Meerjarenplan", kind=Plan.Kind.MULTI_YEAR)
    make_plan(land.municipality, "dalen", area("dalen"), name="Voor Dalen", stage=Plan.Stage.ENDED)
    make_plan(land.municipality, "geheim", name="Geheim", stage=Plan.Stage.DRAFT)
    page = html(client, f"/plannen/{query}")
    assert set(re.findall(r'href="/plannen/[a-z]+/">([^<]+)</a></h3>', page)) == found


def test_list_says_of_how_many_actions_nothing_was_heard(client: Client, land: Land) -> None:
    slow = make_plan(land.municipality, name="Slapend", first_on=dt.date(2020, 1, 1), news_every_months=3)
    for number in (1, 2):
        make_action(slow, number, f"Actie {number}", when=when("2024"))
    make_plan(land.municipality, "wakker", name="Wakker")
    page = html(client, "/plannen/?nieuws=slapend")
    assert re.findall(r'href="/plannen/[a-z]+/">([^<]+)</a></h3>', page) == ["Slapend"]
    assert "2 slapen" in page
    everything = html(client, "/plannen/")
    assert "Wakker" in everything
    assert everything.count("slapen</span>") == 1


def test_list_as_a_file(client: Client, whole: Plan) -> None:
    lines = b"".join(client.get("/plannen/tabel.csv").streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert lines[0].startswith("naam")
    assert "Dorpsplan" in lines[1]
    assert client.get("/plannen/tabel.csv?soort=onzin").status_code == 404


def test_list_begins_with_what_runs_and_is_near(land: Land) -> None:
    for slug, kind, stage in (
        ("a", "path", "adopted"), ("b", "multi_year", "adopted"), ("c", "village", "ended"), ("d", "village", "adopted"),
    ):  # fmt: skip
        make_plan(land.municipality, slug=slug, name=slug, kind=kind, stage=stage)
    assert [plan.slug for plan in Plan.objects.in_order()] == ["d", "b", "a", "c"]
