"""What the style page shows of plans: goals, actions, news, time, money and the board; made up, never saved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from areas.chrome import Emblem
from core.bars import LoadBar, MoneyBar, load_bars, money_bars, target_bar
from core.dates import When
from core.story import Moment, Picture, Story
from core.timeline import Dated, Timeline, timeline
from plans.shown import (
    ActionRow,
    Agreement,
    Asleep,
    Card,
    Column,
    FigureShown,
    GoalRow,
    NewsPlace,
    Pair,
    PhaseCount,
    Side,
    Weight,
)

TODAY = dt.date(2026, 11, 23)
HERE = "#goals"


def actions() -> list[ActionRow]:
    """One of every kind: begun, asleep, not begun, done and stopped."""
    return [
        ActionRow(
            1,
            _("Benches and shade"),
            HERE,
            "begun",
            "doing",
            _("doing"),
            "on_course",
            _("on course"),
            when=_("spring 2027"),
            team=_("Team Public space"),
            code="AC-0412",
        ),
        ActionRow(
            2,
            _("Slow road behind the school"),
            HERE,
            "asleep",
            "preparing",
            _("preparing"),
            "at_risk",
            _("at risk"),
            when=_("in 2027"),
            team=_("Team Public space"),
            code="AC-0388",
            asleep=Asleep(
                _("Asleep since 4 November"),
                _("Latest news: 4 May 2026. The team said: “The land is not ours yet.”"),
            ),
        ),
        ActionRow(
            3,
            _("A new square"),
            HERE,
            "open",
            "not_started",
            _("not begun yet"),
            "on_course",
            _("on course"),
            when=_("from 2028"),
            team=_("Team Public space"),
            code="AC-0413",
        ),
        ActionRow(
            4,
            _("The social house comes to the village"),
            HERE,
            "done",
            "done",
            pgettext("phase", "done"),
            "reached",
            _("reached"),
            when=_("June 2026"),
            team=_("Team Social house"),
            code="AC-0231",
        ),
        ActionRow(
            5,
            _("A shared car"),
            HERE,
            "stopped",
            "doing",
            _("was doing"),
            "stopped",
            _("stopped"),
            when=_("12 October 2026"),
            team=_("Team Mobility"),
            code="AC-0402",
            reason=_("Why it stopped: 4 people used it, and 15 are needed."),
        ),
    ]


def goals() -> list[GoalRow]:
    """Two goals: one with a figure on its way and its actions, one that is folded."""
    rows = actions()
    bar = target_bar(
        51,
        now_words="51 %",
        start=41,
        start_words="41 % in 2025",
        target=70,
        target_words="70 % in 2031",
        most=100,
    )
    weights = [
        Weight(f"1 {rows[0].title}", 40, 50),
        Weight(f"2 {rows[1].title}", 60, 10),
        Weight(f"5 {rows[4].title}", None, None),
    ]
    square = Pair(
        _("In 2031, seven in ten people like to stay on the square."),
        _("The first four benches are there."),
        figures=[FigureShown(_("likes to stay on the square"), bar, is_set_late=True)],
        progress=26,
        weights=weights,
    )
    visited = target_bar(52, now_words=_("52 in 2026"), target=80, target_words=_("80 a year"))
    visits = Pair(
        _("80 visits at home each year."),
        _("52 people had a visit."),
        figures=[FigureShown(_("visits at home"), visited)],
    )
    return [
        GoalRow(
            "g-1",
            _("Goal 1"),
            _("The heart of the village is a place to stay"),
            state="at_risk",
            state_words=_("at risk"),
            pair=square,
            actions=rows,
        ),
        GoalRow(
            "g-2",
            _("Goal 2"),
            _("Who grows older goes on living here"),
            state="on_course",
            state_words=_("on course"),
            pair=visits,
            is_open=False,
            folds=True,
        ),
    ]


def counts() -> list[PhaseCount]:
    """The actions by how far they are."""
    rows = actions()
    return [
        PhaseCount("done", pgettext("phase", "done"), _("1 action"), rows[3:4]),
        PhaseCount("doing", _("doing"), _("1 action"), rows[:1]),
        PhaseCount("preparing", _("preparing"), _("1 action, asleep"), rows[1:2]),
        PhaseCount("not_started", _("not begun yet"), _("1 action"), rows[2:3]),
        PhaseCount("stopped", _("stopped"), _("1 action"), rows[4:]),
    ]


def news_places() -> list[tuple[str, NewsPlace]]:
    """For whom, and the four things that the place of the news says when there is none."""
    write, unchanged = _("Write news"), _("Nothing changed")
    said = _("Team Public space, 10 February 2027: “The trees are ordered.”")
    return [
        (
            _("Two weeks before, only for its team"),
            NewsPlace(
                "warning",
                "clock",
                _("The village expects news before 16 February"),
                _("That is 14 days from now. Once you may say that nothing changed, and why."),
                links=[(write, "#news"), (unchanged, "#news")],
            ),
        ),
        (
            _("For everybody, during one term"),
            NewsPlace(
                "calm",
                "info",
                _("Nothing changed"),
                said,
                source=_("The next news comes on 16 May 2027 at the latest."),
            ),
        ),
        (
            _("For everybody, when the term is over"),
            NewsPlace(
                "asleep",
                "asleep",
                _("This action has been asleep since 16 May 2027"),
                _("The latest news is of 16 November 2026. After that we heard nothing."),
            ),
        ),
        (
            _("For everybody, when somebody sets the state by hand"),
            NewsPlace(
                "warning",
                "warning",
                _("At risk"),
                _("Set on 3 March 2027: “The grower delivers in autumn only.”"),
                source=_("By the dates alone this was: on course."),
            ),
        ),
    ]


def planned() -> Timeline | None:
    """A day, a month, a season, a year, a span, from a year on and without end; over, asleep and still to come."""
    day = dt.date
    without_end = _("each year, without end")
    return timeline(
        [
            Dated(
                _("Visits at home"), day(2026, 4, 1), None, without_end, HERE, is_span=True, is_running=True
            ),
            Dated(
                _("The social house comes to the village"),
                day(2026, 6, 1),
                day(2026, 6, 30),
                _("June 2026"),
                HERE,
                is_over=True,
            ),
            Dated(
                _("Eating together"),
                day(2026, 10, 1),
                day(2028, 12, 31),
                _("October 2026 until the end of 2028"),
                HERE,
                is_span=True,
                is_running=True,
            ),
            Dated(
                _("A shared car stopped"),
                day(2026, 10, 12),
                day(2026, 10, 12),
                _("12 October 2026"),
                is_over=True,
            ),
            Dated(
                _("The village council talks about the square"),
                day(2027, 1, 14),
                day(2027, 1, 14),
                _("14 January 2027"),
            ),
            Dated(
                _("Benches and shade"),
                day(2027, 3, 1),
                day(2027, 5, 31),
                _("spring 2027"),
                HERE,
                is_running=True,
            ),
            Dated(
                _("Slow road behind the school"),
                day(2027, 1, 1),
                day(2027, 12, 31),
                _("in 2027"),
                HERE,
                note=_("asleep"),
                is_asleep=True,
            ),
            Dated(_("A new square"), day(2028, 1, 1), None, _("from 2028"), HERE),
        ],
        today=TODAY,
        first=day(2026, 1, 1),
        last=day(2031, 12, 31),
    )


def story() -> Story:
    """What happened to an action, with a milestone, and what follows."""
    picture = Picture(
        static("img/sample.svg"),
        _("Four benches of wood in a half circle around the lime tree."),
        _("Put there by the team and eight people of the village."),
    )
    return Story(
        past=[
            Moment(
                _("May 2026"),
                _("Heard: there is nowhere to sit on the square"),
                _("Noted nine times by the area worker."),
            ),
            Moment(_("28 October 2026"), _("Team Public space takes on the assignment")),
            Moment(
                _("9 November 2026"),
                _("The first four benches are there"),
                picture=picture,
                is_milestone=True,
            ),
        ],
        coming=[
            Moment(
                _("18 December 2026 at the latest"),
                _("Two benches with an armrest at the church"),
                source=_("Team Public space"),
            ),
            Moment(_("spring 2027"), _("Three trees in pots"), _("As soon as it freezes no longer.")),
        ],
    )


@dataclass(frozen=True)
class Celebrated:
    """A milestone as `plans/partials/milestone.html` shows it."""

    title: str
    when: When
    text: str = ""
    picture_url: str = ""
    alternative: str = ""
    get_absolute_url: str = HERE
    is_example: bool = False


def milestones() -> list[Celebrated]:
    """With a picture and without."""
    benches = _("Four benches of wood in a half circle around the lime tree.")
    return [
        Celebrated(
            _("The first four benches are there"), When("2026-11-09"),
            _("Put there by the team and eight people of the village."), static("img/sample.svg"), benches,
        ),
        Celebrated(_("Six picnic tables in one afternoon"), When("2026-23"), is_example=True),
    ]  # fmt: skip


def money() -> list[MoneyBar]:
    """The money of a plan of five years, most of it late."""
    years = [
        (2026, 63_000, 43_800),
        (2027, 168_000, 0),
        (2028, 331_000, 0),
        (2029, 326_000, 0),
        (2030, 6_000, 0),
    ]
    return money_bars([(str(year), planned, spent, year == TODAY.year) for year, planned, spent in years])


def load() -> list[LoadBar]:
    """The work of a team that does not fit in March."""
    months = [
        (_("January"), 21, 4, 30),
        (_("February"), 20, 6, 28),
        (_("March"), 28, 16, 32),
        (_("April"), 16, 8, 26),
    ]
    return load_bars(
        [(name, Decimal(runs), Decimal(asked), Decimal(has)) for name, runs, asked, has in months]
    )


def columns(villages: Sequence[Emblem]) -> list[Column]:
    """A board: what waits for an answer, what runs, what is to be evaluated."""
    bench = Card(
        _("A bench every 200 metres"),
        "#board",
        _("Asked by area work. Ready in autumn 2027, 14 days of work."),
        area=villages[0].name,
        emblem=villages[0],
        button=_("Read and answer"),
        is_first=True,
        sides=[("check", _("commissioner agreed on 9 November")), ("clock", _("your team answers today"))],
    )
    road = Card(
        _("Slow road behind the school"),
        "#board",
        _("Ready in 2027. No next step is planned."),
        area=villages[1].name,
        emblem=villages[1],
        phase="preparing",
        phase_words=_("preparing"),
        state="at_risk",
        state_words=_("at risk"),
        asleep=Asleep(_("Asleep since 4 November"), _("The land is not ours yet.")),
    )
    shed = Card(
        _("Bicycle shed at the church"),
        "#board",
        _("Done on 30 October 2026."),
        area=villages[2].name,
        emblem=villages[2],
        phase="done",
        phase_words=pgettext("phase", "done"),
        state="reached",
        state_words=_("reached"),
        button=_("Evaluate"),
        sides=[
            ("check", _("commissioner evaluated on 6 November")),
            ("clock", _("your team: 3 days too late")),
        ],
    )
    return [
        Column(_("Waits for an answer"), _("Begins only when both sides agree."), [bench], "board-asked"),
        Column(_("Runs"), _("By the date of the next step."), [road], "board-runs"),
        Column(
            _("To be evaluated"), _("Closed when both sides wrote their part."), [shed], "board-evaluated"
        ),
    ]


def agreement() -> Agreement:
    """One side agrees, the other has yet to answer."""
    return Agreement(
        Side(_("Area work North"), _("agreed on 26 October"), agrees=True),
        Side(_("Team Public space"), _("answers before 1 December")),
    )


def plan_specimens(villages: Sequence[Emblem]) -> dict[str, object]:
    """All of it, for the templates of the page."""
    return {
        "plan_goals": goals(),
        "counts": counts(),
        "news_places": news_places(),
        "timeline": planned(),
        "story": story(),
        "milestones": milestones(),
        "money": money(),
        "load": load(),
        "columns": columns(villages),
        "agreement": agreement(),
    }
