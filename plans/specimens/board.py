"""The board as the style page shows it, who agreed, and the work of a team."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from areas.chrome import Emblem
from core.bars import LoadBar, load_bars
from plans.shown import Agreement, Asleep, Card, Column, Side

HERE = "#plans-board"


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
        HERE,
        _("Asked by area work. Ready in autumn 2027, 14 days of work."),
        area=villages[0].name,
        emblem=villages[0],
        button=_("Read and answer"),
        is_first=True,
        sides=[("check", _("commissioner agreed on 9 November")), ("clock", _("your team answers today"))],
    )
    road = Card(
        _("Slow road behind the school"),
        HERE,
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
        HERE,
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
