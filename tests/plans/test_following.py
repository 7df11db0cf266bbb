"""What a team tells of its action: news, nothing changed, steps, how it stands; who may, what is refused, what asks first."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.actions.consents import decide_consent
from accounts.consent import AsksFirst
from accounts.models import Consent, User
from core.changes import changes_of
from core.dates import When
from core.verbs import Conflict, Refused
from plans.actions import following, open_for_reading, progress
from plans.consents import find_reported
from plans.forms.following import NewsForm, StandingForm, kept_form
from plans.forms.plans import OpenForm
from plans.models import Action, Goal, News, Plan, ProgressEntry, Step
from tests.accounts.asking import period
from tests.conftest import Land
from tests.plans.conftest import make_plan
from workplaces.models import Team, TeamMember

Cast = dict[str, User]
D = dt.date


@pytest.fixture
def adopted(land: Land, team: Team) -> Action:
    """An action of a plan that runs, of a team."""
    plan = make_plan(land, stage="adopted", news_every_months=3)
    return Action.objects.create(plan=plan, number=1, name="Banken", team=team)


@pytest.fixture
def member(cast: Cast, team: Team) -> User:
    """Somebody of that team, who works elsewhere by role."""
    TeamMember.objects.create(team=team, user=cast["worker_elsewhere"], valid_from=D(2025, 1, 1))
    return cast["worker_elsewhere"]


def test_news_is_told_by_the_team_and_by_who_edits_the_plan(
    adopted: Action, member: User, cast: Cast
) -> None:
    news = following.tell_news(action=adopted, by=member, title=" De banken staan er ", text="Zes *stuks*.")
    assert (news.title, news.team, news.author, news.on) == (
        "De banken staan er", adopted.team, member, timezone.localdate(),
    )  # fmt: skip
    following.tell_news(action=adopted, by=cast["worker_here"], title="Ook goed")
    for name in ("alderman", "moderator", "resident"):
        with pytest.raises(PermissionDenied):
            following.tell_news(action=adopted, by=cast[name], title="Neen")
    assert changes_of(news)[0].why == "nieuws verteld"


def test_news_is_never_of_a_day_ahead_nor_empty(adopted: Action, member: User) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for values, at in (({"title": "Straks", "on": tomorrow}, "on"), ({"title": "  "}, "title")):
        with pytest.raises(ValidationError) as refused:
            following.tell_news(action=adopted, by=member, **values)
        assert at in refused.value.message_dict


def test_nothing_changed_is_said_once_after_each_news(adopted: Action, member: User) -> None:
    first = following.say_unchanged(action=adopted, by=member, reason="We wachten op de winter")
    assert first.after is None
    with pytest.raises(Refused) as refused:
        following.say_unchanged(action=adopted, by=member, reason="Nog steeds")
    assert refused.value.code == "unchanged"
    news = following.tell_news(action=adopted, by=member, title="Begonnen")
    second = following.say_unchanged(action=adopted, by=member, reason="Het regent")
    assert second.after == news
    with pytest.raises(Refused):
        following.say_unchanged(action=adopted, by=member, reason="Het regent nog")
    following.remove_news(news=second, by=member)
    following.say_unchanged(action=adopted, by=member, reason="Het sneeuwt")


def test_what_was_told_is_corrected_and_history_keeps_what_it_was(adopted: Action, member: User) -> None:
    news = following.tell_news(action=adopted, by=member, title="Zeven banken")
    old = news.version
    following.correct_news(news=news, by=member, version=old, values={"title": "Zes banken"})
    with pytest.raises(Conflict):
        following.correct_news(news=news, by=member, version=old, values={"title": "Acht"})
    news.refresh_from_db()
    assert news.title == "Zes banken"
    assert "Zeven banken" in changes_of(news)[0].lines[0]


def test_a_step_is_added_changed_done_and_taken_away(adopted: Action, member: User, cast: Cast) -> None:
    step = following.add_step(
        action=adopted, by=member, values={"title": "Lastenboek", "when": When("2027-21")}
    )
    changed = following.change_step(
        step=step, by=member, version=step.version, values={"title": "Lastenboek", "when": When("2027-22")}
    )
    assert changed.when == When("2027-22")
    with pytest.raises(ValidationError) as refused:
        following.finish_step(step=step, by=member, on=timezone.localdate() + dt.timedelta(days=1))
    assert "done_on" in refused.value.message_dict
    assert (
        following.finish_step(step=step, by=member, on=timezone.localdate()).done_on == timezone.localdate()
    )
    assert following.finish_step(step=step, by=member, on=None).done_on is None
    with pytest.raises(ValidationError):
        following.add_step(action=adopted, by=member, values={"title": "Zonder datum", "when": None})
    with pytest.raises(PermissionDenied):
        following.remove_step(step=step, by=cast["alderman"])
    following.remove_step(step=step, by=member)
    assert not Step.objects.exists()


def test_a_state_by_hand_has_a_reason_and_goes_again(adopted: Action, member: User) -> None:
    ask: dict[str, Any] = {"action": adopted, "by": member, "version": None}
    with pytest.raises(ValidationError) as refused:
        following.report_standing(**ask, phase="doing", state="at_risk")
    assert "set_state_reason" in refused.value.message_dict
    with pytest.raises(ValidationError):
        following.report_standing(**ask, phase="doing", reason="Zomaar")
    told = following.report_standing(**ask, phase="doing", done_percent=40, state="at_risk", reason="Te duur")
    assert (told.phase, told.done_percent, told.set_state_on) == ("doing", 40, timezone.localdate())
    back = following.report_standing(**ask, phase="done")
    assert (back.set_state, back.set_state_reason, back.set_state_on) == ("", "", None)
    with pytest.raises(Conflict):
        following.report_standing(**{**ask, "version": adopted.version}, phase="doing")
    with pytest.raises(ValidationError):
        following.report_standing(**ask, phase="doing", done_percent=101)


def test_an_action_that_went_into_another_one_tells_nothing_any_more(adopted: Action, member: User) -> None:
    other = Action.objects.create(plan=adopted.plan, number=2, name="Zitten")
    Action.objects.filter(pk=adopted.pk).update(leads_to=other, leads_how="merged")
    with pytest.raises(Refused) as refused:
        following.tell_news(action=adopted, by=member, title="Nog iets")
    assert refused.value.code == "led_on"


def test_in_a_period_that_asks_first_news_waits_for_a_yes(
    adopted: Action, member: User, land: Land, cast: Cast
) -> None:
    period(land)
    with pytest.raises(AsksFirst):
        following.tell_news(action=adopted, by=member, title="De banken staan er")
    typed = {
        "title": ["De banken staan er"],
        "text": [""],
        "on": ["28-11-2026"],
        "why_first": ["Het lint is geknipt"],
    }
    form = NewsForm(MultiValueDict(typed), about=adopted, by=member)
    assert "why_first" in form.fields
    assert form.is_valid(), form.errors
    asked = form.apply(site="https://proefdorp.example")
    assert isinstance(asked, Consent)
    assert not News.objects.exists()
    decide_consent(consent=asked, agrees=True, answer="Mag", by=cast["administrator"])
    news = News.objects.get()
    assert (news.title, news.on, news.author) == ("De banken staan er", D(2026, 11, 28), member)


def test_a_plan_that_nobody_reads_yet_asks_nobody(land: Land, member: User, team: Team) -> None:
    period(land)
    action = Action.objects.create(plan=make_plan(land), number=1, name="Banken", team=team)
    following.tell_news(action=action, by=member, title="Klaar om te beginnen")
    assert NewsForm(about=action, by=member).period is None


def test_how_it_stands_goes_on_after_a_yes_too(adopted: Action, member: User, land: Land, cast: Cast) -> None:
    period(land)
    typed = {
        "phase": ["doing"],
        "done_percent": [""],
        "state": ["at_risk"],
        "reason": ["Te duur"],
        "why_first": ["Nu"],
    }
    form = StandingForm(MultiValueDict(typed), about=adopted, by=member, row=adopted)
    assert form.is_valid(), form.errors
    decide_consent(consent=form.apply(site=""), agrees=True, answer="Mag", by=cast["administrator"])
    adopted.refresh_from_db()
    assert (adopted.phase, adopted.set_state) == ("doing", "at_risk")


def test_what_was_to_be_changed_and_is_gone_does_not_go_on(adopted: Action, member: User) -> None:
    with pytest.raises(ValidationError) as refused:
        kept_form({"form": "news", "row": 0, "typed": {}}, about=adopted, by=member)
    assert refused.value.messages == ["Dit is er niet meer."]


@pytest.mark.parametrize("of", ["plan", "goal", "action"])
def test_progress_of_a_period_is_written_once_and_goes_on(
    adopted: Action, member: User, cast: Cast, of: str
) -> None:
    plan: Plan = adopted.plan
    goal = Goal.objects.create(plan=plan, code="D1", name="Een plein")
    abouts: dict[str, dict[str, Any]] = {"plan": {}, "goal": {"goal": goal}, "action": {"action": adopted}}
    about = abouts[of]
    values = {
        "first_on": D(2026, 1, 1),
        "last_on": D(2026, 6, 30),
        "aimed": "Zes banken",
        "state": "on_course",
    }
    if of != "action":
        with pytest.raises(PermissionDenied):
            progress.write_progress(plan=plan, by=member, values=values, **about)
    by = member if of == "action" else cast["worker_here"]
    entry = progress.write_progress(plan=plan, by=by, values=values, **about)
    assert find_reported(subject=entry.of.uuid) == entry.of
    with pytest.raises(ValidationError) as again:
        progress.write_progress(plan=plan, by=by, values=values, **about)
    assert "first_on" in again.value.message_dict
    progress.change_progress(entry=entry, by=by, version=entry.version, values={"done": "Vier banken"})
    with pytest.raises(Conflict):
        progress.change_progress(entry=entry, by=by, version="ooit", values={"done": "Vijf"})
    for days, at in (
        ((D(2025, 1, 1), D(2025, 6, 30)), "first_on"),
        ((D(2027, 2, 1), D(2027, 1, 1)), "last_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            progress.write_progress(
                plan=plan, by=by, values={**values, "first_on": days[0], "last_on": days[1]}, **about
            )
        assert at in refused.value.message_dict
    progress.remove_progress(entry=entry, by=by)
    assert not ProgressEntry.objects.exists()


def test_progress_of_a_goal_of_another_plan_is_refused(adopted: Action, cast: Cast, land: Land) -> None:
    other = Goal.objects.create(plan=make_plan(land, "Ander plan"), code="D1", name="Elders")
    values = {"first_on": D(2026, 1, 1), "last_on": D(2026, 6, 30), "aimed": "Iets"}
    with pytest.raises(ValidationError) as refused:
        progress.write_progress(plan=adopted.plan, goal=other, by=cast["steward"], values=values)
    assert "goal" in refused.value.message_dict


def test_a_plan_is_opened_for_reading_after_a_yes(land: Land, cast: Cast) -> None:
    period(land)
    plan, by = make_plan(land), cast["steward"]
    with pytest.raises(AsksFirst):
        open_for_reading(plan=plan, by=by, version=None)
    form = OpenForm(
        MultiValueDict({"note": ["Klaar"], "why_first": ["De raad vroeg het"]}), plan=plan, by=by, row=plan
    )
    assert form.is_valid(), form.errors
    asked = form.apply()
    plan.refresh_from_db()
    assert plan.stage == "draft"
    decide_consent(consent=asked, agrees=True, answer="Mag", by=cast["administrator"])
    plan.refresh_from_db()
    assert plan.stage == "proposed"
