"""Of what a team is reminded, on its page and by mail: once, on working days, and who is away is not written to."""

import datetime as dt
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.absences import waits_for
from accounts.actions import note_absence, set_working_week
from accounts.models import RoleAssignment, User
from areas.models import CalendarPeriod, Indicator, IndicatorValue
from core.dates import When
from plans.jobs import remind
from plans.models import Action, Goal, GoalIndicator, News, Plan, PlanPerson, Reminded, Step
from plans.reminding import Followed, Kind, Reminder, missing_figures, reminders_of, soon_in_days
from plans.standing import Heard, standing
from tests.conftest import OPERATOR, Land
from tests.plans.conftest import make_plan, make_team
from workplaces.models import Team, TeamMember

D = dt.date
Cast = dict[str, User]
TODAY = D(2026, 11, 25)  # a Wednesday
PLAN = Plan(
    pk=1, slug="dorpsplan", name="Dorpsplan", stage="adopted", first_on=D(2026, 1, 1), last_on=D(2031, 12, 31),
    news_every_months=3,
)  # fmt: skip


Dated = tuple[str, D | None]


def reminded(
    today: D = TODAY, *, news: D | None = None, steps: tuple[Dated, ...] = (), **fields: Any
) -> list[Reminder]:
    values = {"phase": "doing", "when": When("2026/2027"), **fields}
    action = Action(pk=1, plan=PLAN, number=7, name="Banken", **values)
    rows = [
        Step(pk=number, action=action, title=f"Stap {number}", when=When(when), done_on=done)
        for number, (when, done) in enumerate(steps)
    ]
    heard = Heard(News(on=news, title="Nieuws")) if news else Heard()
    stands = standing(action, PLAN, heard=heard, steps=rows, today=today)
    return list(reminders_of(Followed(action, rows, stands), today, soon_in_days(today)))


def kinds(found: list[Reminder]) -> list[str]:
    return [one.kind.value for one in found]


@pytest.mark.parametrize(
    ("news", "expected"),
    [(D(2026, 11, 1), []), (D(2026, 9, 10), []), (D(2026, 9, 9), ["news_soon"]), (D(2026, 8, 25), ["news_soon"]),
     (D(2026, 8, 24), ["no_news"])],
)  # fmt: skip
def test_news_is_asked_two_weeks_before_and_missed_afterwards(news: D, expected: list[str]) -> None:
    assert kinds(reminded(news=news)) == expected


def test_what_is_late_or_due_soon_by_its_dates() -> None:
    heard = D(2026, 11, 20)
    assert kinds(reminded(news=heard, when=When("2026-10"))) == ["late"]
    assert kinds(reminded(news=heard, when=When("2026-22/2027"), phase="not_started")) == ["not_begun"]
    assert kinds(reminded(news=heard, steps=(("2026-12-09", None),))) == ["step_soon"]
    assert kinds(reminded(news=heard, steps=(("2026-12-10", None),))) == []
    assert kinds(reminded(news=heard, steps=(("2026-11-24", None),))) == ["step_late"]
    assert kinds(reminded(news=heard, steps=(("2026", None), ("2027/", None)))) == []
    assert kinds(reminded(news=heard, steps=(("2026-11-24", D(2026, 11, 2)),))) == ["nothing_planned"]
    assert kinds(reminded(news=heard)) == []


def test_a_reminder_says_what_to_do_until_when() -> None:
    one = reminded(news=D(2026, 8, 31))[0]
    assert (one.due, one.term, one.title) == (
        D(2026, 11, 30), D(2026, 11, 30), "Vertel wat er nieuw is van “Banken”",
    )  # fmt: skip
    assert one.url == "/plannen/dorpsplan/acties/7/opvolgen/"
    assert reminded(news=D(2026, 11, 20), steps=(("2026", D(2026, 11, 2)),))[0].due is None


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> D:
    """A working day."""
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)
    return TODAY


@pytest.fixture
def asleep(land: Land, cast: Cast, team: Team) -> Action:
    """An action of a team of two, of which nothing was heard since the plan began."""
    for name in ("worker_here", "worker_elsewhere"):
        TeamMember.objects.create(team=team, user=cast[name], valid_from=D(2025, 1, 1))
    plan = make_plan(land, stage="adopted", news_every_months=3)
    return Action.objects.create(plan=plan, number=1, name="Banken", team=team, phase="doing")


def titles(user: User, land: Land) -> list[str]:
    found = waits_for(user, land.municipality, today=TODAY)
    return [row.entry.title for group in found.groups for row in group.rows]


def test_it_waits_for_the_team_and_its_deputies_and_for_nobody_else(
    asleep: Action, land: Land, cast: Cast, today: D
) -> None:
    for name in ("worker_here", "worker_elsewhere"):
        assert titles(cast[name], land) == ["Vertel wat er nieuw is: “Banken” slaapt"]
    for name in ("steward", "moderator", "resident"):
        assert titles(cast[name], land) == []
    away(cast, land, "worker_elsewhere", "moderator")
    assert titles(cast["moderator"], land) == ["Vertel wat er nieuw is: “Banken” slaapt"]


def test_without_a_team_it_waits_for_the_people_of_the_plan(land: Land, cast: Cast, today: D) -> None:
    plan = make_plan(land, stage="adopted", news_every_months=3)
    Action.objects.create(plan=plan, number=1, name="Banken", phase="doing")
    for name in ("moderator", "alderman"):
        PlanPerson.objects.create(plan=plan, user=cast[name], may="edit")
    assert len(titles(cast["moderator"], land)) == 1
    assert titles(cast["worker_here"], land) == []
    Plan.objects.filter(pk=plan.pk).update(owner_team=make_team(land))
    assert titles(cast["moderator"], land) == []


def away(cast: Cast, land: Land, who: str, deputy: str | None) -> None:
    note_absence(
        by=OPERATOR, user=cast[who], municipality=land.municipality, first=TODAY, last=TODAY + dt.timedelta(days=3),
        deputy=cast[deputy] if deputy else None,
    )  # fmt: skip


def to_whom(mails: list[EmailMessage]) -> list[str]:
    return sorted(mail.to[0].partition("@")[0] for mail in mails)


def test_everything_is_in_one_mail_a_person_and_only_once(
    asleep: Action, today: D, mailoutbox: list[EmailMessage]
) -> None:
    Step.objects.create(action=asleep, title="Lastenboek", when="2026-10")
    assert remind(dry_run=True) == 4
    assert not mailoutbox
    assert remind(dry_run=False) == 4
    assert to_whom(mailoutbox) == ["worker_elsewhere", "worker_here"]
    assert "slaapt" in str(mailoutbox[0].body)
    assert "Te laat: Lastenboek (Banken) (31 oktober 2026)" in str(mailoutbox[0].body)
    assert mailoutbox[0].subject == "2 zaken over je plannen"
    assert remind(dry_run=False) == 0
    assert len(mailoutbox) == 2


def test_a_new_term_is_told_anew(asleep: Action, today: D, mailoutbox: list[EmailMessage]) -> None:
    remind(dry_run=False)
    News.objects.create(action=asleep, title="Begonnen", on=D(2026, 8, 30))
    assert remind(dry_run=False) == 2
    assert Reminded.objects.filter(kind=Kind.NEWS_SOON, term=D(2026, 11, 30)).count() == 2


def test_nothing_is_mailed_on_a_day_on_which_nobody_works(
    asleep: Action, land: Land, today: D, mailoutbox: list[EmailMessage]
) -> None:
    closed = CalendarPeriod.objects.create(
        municipality=land.municipality, kind=CalendarPeriod.Kind.CLOSURE, name="Brug", first=TODAY, last=TODAY
    )
    assert remind(dry_run=False) == 0
    closed.delete()
    assert remind(dry_run=False) == 2


def test_who_does_not_work_today_hears_it_on_the_next_day_of_their_week(
    asleep: Action, cast: Cast, today: D, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_working_week(by=cast["worker_here"], user=cast["worker_here"], weekdays=[4, 5])
    assert remind(dry_run=False) == 1
    assert to_whom(mailoutbox) == ["worker_elsewhere"]
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY + dt.timedelta(days=1))
    assert remind(dry_run=False) == 1
    assert to_whom(mailoutbox) == ["worker_elsewhere", "worker_here"]


def test_who_has_two_weeks_left_only_over_a_closure_hears_it_before(
    asleep: Action, land: Land, today: D, mailoutbox: list[EmailMessage]
) -> None:
    News.objects.create(action=asleep, title="Begonnen", on=D(2026, 9, 12))
    assert remind(dry_run=False) == 0
    CalendarPeriod.objects.create(
        municipality=land.municipality, kind=CalendarPeriod.Kind.CLOSURE, name="Brug", first=D(2026, 11, 26), last=D(2026, 11, 30)
    )  # fmt: skip
    assert remind(dry_run=False) == 2


def test_the_deputy_reads_it_and_without_one_it_waits(
    asleep: Action,
    land: Land,
    cast: Cast,
    today: D,
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    away(cast, land, "worker_here", "moderator")
    away(cast, land, "worker_elsewhere", None)
    assert remind(dry_run=False) == 1
    assert to_whom(mailoutbox) == ["moderator"]
    assert "Voor Worker Here, die afwezig is" in str(mailoutbox[0].body)
    monkeypatch.setattr(timezone, "localdate", lambda *args: D(2026, 11, 30))
    assert remind(dry_run=False) == 1
    assert to_whom(mailoutbox) == ["moderator", "worker_elsewhere"]


def test_who_left_or_works_here_no_more_is_not_written_to(
    asleep: Action, cast: Cast, today: D, mailoutbox: list[EmailMessage]
) -> None:
    User.objects.filter(pk=cast["worker_here"].pk).update(is_active=False)
    RoleAssignment.objects.filter(user=cast["worker_elsewhere"]).update(valid_until=D(2026, 11, 1))
    assert remind(dry_run=False) == 0
    assert not mailoutbox


def test_a_figure_that_should_be_there_is_missed(land: Land, team: Team, cast: Cast) -> None:
    plan = make_plan(land, stage="adopted", first_on=D(2024, 1, 1), owner_team=team)
    goal = Goal.objects.create(plan=plan, code="D1", name="Groen")
    indicator = Indicator.objects.create(municipality=land.municipality, slug="groen", name="Groen")
    GoalIndicator.objects.create(
        goal=goal, indicator=indicator, area=land["bergen"], target=3, target_set_on=D(2024, 1, 1)
    )

    def missing(today: D) -> list[str]:
        return [one.title for one in missing_figures(Q(), today)]

    IndicatorValue.objects.create(indicator=indicator, area=land["bergen"], period="2024", value=2)
    assert missing(D(2026, 6, 30)) == []
    assert missing(D(2026, 7, 1)) == ["Breng een cijfer binnen: Groen in Bergen, 2025"]
    IndicatorValue.objects.create(indicator=indicator, area=land["bergen"], period="2025-03", value=2)
    assert missing(D(2026, 7, 1)) == []
    assert missing(D(2025, 1, 1)) == []  # the plan began in 2024: nothing of 2023 is asked


def test_the_night_asks_as_often_for_many_actions_as_for_few(
    asleep: Action, land: Land, today: D, mailoutbox: list[EmailMessage]
) -> None:
    def asked() -> int:
        Reminded.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            remind(dry_run=False)
        return len(queries)

    few = asked()
    for number in range(2, 32):
        one = Action.objects.create(
            plan=asleep.plan, number=number, name=f"Actie {number}", team=asleep.team, phase="doing"
        )
        Step.objects.create(action=one, title="Stap", when="2026-10")
    assert asked() == few
    assert few <= 16
