"""Goals and actions as the style page shows them, and how many actions are how far."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.bars import target_bar
from plans.shown import ActionRow, Asleep, FigureShown, GoalRow, Pair, PhaseCount, Weight

HERE = "#plans-goals"


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
