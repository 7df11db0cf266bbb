"""Time and money as the style page shows them."""

import datetime as dt

from django.templatetags.static import static
from django.utils.translation import gettext as _

from core.bars import MoneyBar, money_bars
from core.story import Moment, Picture, Story
from core.timeline import Dated, Timeline, timeline

TODAY = dt.date(2026, 11, 23)
HERE = "#plans-time"


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
