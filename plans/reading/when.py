"""What happens when in a plan: its actions, the steps that come, the milestones that are celebrated; as rows of a timeline."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.dates import When
from core.timeline import Dated, Timeline, timeline
from plans.models import Action
from plans.reading.gather import Gathered

MOST = 40  # rows; of a longer plan only what lies nearest to today is drawn


Row = tuple[When, str, dict[str, object]]  # when, what, and what else `dated` takes


@dataclass(frozen=True)
class Planned:
    """The timeline, and how many rows further from today are left out."""

    timeline: Timeline | None
    left_out: int


def planned(found: Gathered) -> Planned:
    """The rows of a plan nearest to today, along the years of its period."""
    rows = list(_rows(found))
    near = sorted(rows, key=lambda row: _distance(row[0], found.today))[:MOST]
    shown = [dated(when, title, **more) for when, title, more in near]
    is_whole = len(shown) == len(rows)
    drawn = timeline(
        shown,
        today=found.today,
        first=found.plan.first_on if is_whole else None,
        last=found.plan.last_on if is_whole else None,
    )
    return Planned(drawn, len(rows) - len(shown))


def _distance(when: When, today: dt.date) -> int:
    """Days between a date and today; none when it is going on."""
    first, last = when.first, when.last
    if first <= today <= (last or dt.date.max):
        return 0
    return min(abs((first - today).days), abs(((last or first) - today).days))


def dated(when: When, title: str, **more: object) -> Dated:
    """A row from a date as people know it."""
    given: dict[str, object] = {"is_span": "/" in when.text, **more}
    return Dated(title, when.first, when.last, when.words(), **given)  # type: ignore[arg-type]


def _rows(found: Gathered) -> Iterator[Row]:
    for action in found.present:
        yield from _action(action, found)
    urls = {action.pk: found.url_of(action) for action in found.present}
    for milestone in found.milestones:
        url = urls.get(milestone.action_id or 0, "")
        yield milestone.when, milestone.title, {"url": url, "is_over": True}


def _action(action: Action, found: Gathered) -> Iterator[Row]:
    stands, url = found.standings[action.pk], found.url_of(action)
    if stands.state == Action.State.STOPPED and action.set_state_on:
        day = When(action.set_state_on.isoformat())
        yield day, action.name, {"url": url, "note": stands.state.label, "is_over": True}
    elif action.when:
        asleep = stands.is_asleep
        begun = action.phase != Action.Phase.NOT_STARTED
        yield action.when, action.name, {
            "url": url, "is_over": stands.is_over, "is_asleep": asleep, "is_running": begun,
            "note": _("asleep") if asleep else "",
        }  # fmt: skip
    for step in found.steps.get(action.pk, ()):
        if not stands.is_over:
            note = _("action %(number)d") % {"number": action.number}
            yield step.when, step.title, {"url": url, "note": note}
