"""The goals of a plan with what hangs below them, how far all of it is, and its figures on their way."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.figures.aims import Known, aim_chart
from areas.figures.aims import Pair as AreaPair
from areas.figures.wording import figure_words
from core.bars import TargetBar, target_bar
from core.dates import When
from core.text import as_html
from plans.models import Action, Goal, GoalIndicator, Plan, ProgressEntry
from plans.reading.gather import Gathered
from plans.reading.words import asleep_note, day_words, look_of, phase_words, reason_words
from plans.shown import ActionRow, FigureShown, GoalRow, Pair, PairOfPeriod, PhaseCount, Weight
from plans.standing import Standing, state_of_goal
from plans.weight import Part, Progress, progress_of

FEW = 40  # actions: up to here everything is open at once, and each has its sign in the overview
HUNDRED = "%"

Words = str | Promise


class Tree:
    """The rows of a plan, each made once."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.rows = {
            action.pk: action_row(action, found.standings[action.pk], found) for action in found.present
        }
        self.progress = progress_of(found.goals, found.actions)
        self.children: dict[int | None, list[Goal]] = defaultdict(list)
        for goal in found.goals:
            self.children[goal.parent_id].append(goal)
        self.actions: dict[int | None, list[Action]] = defaultdict(list)
        for action in found.present:
            self.actions[action.goal_id].append(action)

    @property
    def is_small(self) -> bool:
        """Whether all of it can be shown at once."""
        return len(self.rows) <= FEW

    def goals(self) -> list[GoalRow]:
        """The highest goals, in order, and the actions without a goal after them."""
        tops = [self._goal(goal, 0, number) for number, goal in enumerate(self.children[None], start=1)]
        loose = self.actions[None]
        if loose:
            products = all(action.kind == Action.Kind.PRODUCT for action in loose)
            title = _("Products") if products else _("Actions without a goal")
            tops.append(
                GoalRow(
                    "zonder-doel", "", title, actions=[self.rows[one.pk] for one in loose], is_bare=not tops
                )
            )
        return tops

    def _goal(self, goal: Goal, depth: int, number: int) -> GoalRow:
        below = [
            self._goal(child, depth + 1, order) for order, child in enumerate(self.children[goal.pk], start=1)
        ]
        state = self._state(goal)
        return GoalRow(
            anchor=goal.anchor,
            kind=_kind(goal, number),
            title=goal.name,
            code=goal.code,
            text=as_html(goal.text, 4) if goal.text else "",
            comment=as_html(goal.comment, 4) if goal.comment else "",
            evaluation=as_html(goal.evaluation, 4) if goal.evaluation else "",
            external_code=goal.external_code,
            state=state or "",
            state_words=Action.State(state).label if state else "",
            pair=self._pair(goal),
            actions=[self.rows[one.pk] for one in self.actions[goal.pk]],
            goals=below,
            is_open=self.is_small or depth == 0,
            folds=number > 1 and depth == 0,
        )

    def _state(self, goal: Goal) -> str | None:
        """What its latest progress says, else what its actions do, also those of the goals below it."""
        entries = self.found.progress.get(goal.pk)
        if entries:
            return str(entries[-1].state)
        return state_of_goal([self.found.standings[one.pk].state for one in self._below(goal)])

    def _below(self, goal: Goal) -> Iterator[Action]:
        yield from self.actions[goal.pk]
        for child in self.children[goal.pk]:
            yield from self._below(child)

    def _pair(self, goal: Goal) -> Pair | None:
        entries = self.found.progress.get(goal.pk, [])
        return pair_of(
            entries,
            [
                figure_shown(one, self.found.plan, self.found.known)
                for one in self.found.figures.get(goal.pk, [])
            ],
            self.progress.get(goal.pk),
            self.found.today,
        )

    def of_the_plan(self) -> Pair | None:
        """Aimed for and done of the plan as a whole."""
        return pair_of(self.found.progress.get(None, []), [], None, self.found.today)

    def counts(self) -> list[PhaseCount]:
        """How many actions are how far, what is done first; with their signs when there are few."""
        by_phase: dict[str, list[Action]] = defaultdict(list)
        for action in self.found.present:
            is_stopped = self.found.standings[action.pk].state == Action.State.STOPPED
            by_phase["stopped" if is_stopped else action.phase].append(action)
        order = [*reversed(Action.Phase.values), "stopped"]
        return [self._count(phase, by_phase[phase]) for phase in order if by_phase[phase]]

    def _count(self, phase: str, actions: Sequence[Action]) -> PhaseCount:
        number, asleep = len(actions), sum(self.found.standings[one.pk].is_asleep for one in actions)
        words = ngettext("%(number)d action", "%(number)d actions", number) % {"number": number}
        if asleep:
            words += ", " + ngettext(
                "%(asleep)d of them asleep", "%(asleep)d of them asleep", asleep
            ) % {"asleep": asleep}  # fmt: skip
        label = Action.State.STOPPED.label if phase == "stopped" else Action.Phase(phase).label
        shown = [self.rows[one.pk] for one in actions] if self.is_small else []
        return PhaseCount(phase, label, words, shown)


def action_row(action: Action, stands: Standing, found: Gathered) -> ActionRow:
    """An action as a line of the tree."""
    stopped = stands.state == Action.State.STOPPED
    when: Words = str(action.when) if action.when else ""
    if stopped and action.set_state_on:
        when = day_words(action.set_state_on, found.today)
    return ActionRow(
        number=action.number,
        title=action.name,
        url=found.url_of(action),
        look=look_of(action, stands),
        phase=action.phase,
        phase_words=phase_words(action, stands),
        state=stands.state,
        state_words=stands.state.label,
        when=when,
        team=getattr(action, "team_name", None) or "",
        code=action.code,
        asleep=asleep_note(stands, found.today),
        reason=reason_words(action, stands),
    )


def pair_of(
    entries: Sequence[ProgressEntry],
    figures: Sequence[FigureShown],
    progress: Progress | None,
    today: dt.date,
) -> Pair | None:
    """Aimed for and done: of the latest period, with the periods before it; None when nothing is said."""
    if not entries and not figures and (progress is None or progress.percent is None):
        return None
    latest = entries[-1] if entries else None
    return Pair(
        aimed=as_html(latest.aimed, 4) if latest else "",
        done=as_html(latest.done, 4) if latest and latest.done else "",
        figures=figures,
        progress=progress.percent if progress else None,
        weights=[weight_of(part) for part in progress.parts if part.percent is not None] if progress else [],
        period=_period(latest, today) if latest else "",
        needed=as_html(latest.needed, 4) if latest and latest.needed else "",
        earlier=[
            PairOfPeriod(
                _period(one, today), as_html(one.aimed, 5), as_html(one.done, 5), one.state, one.get_state_display()
            )
            for one in reversed(entries[:-1])
        ],
    )  # fmt: skip


def weight_of(part: Part) -> Weight:
    """A part of the progress, with the number or the code by which it is known."""
    mark = str(part.row.number) if isinstance(part.row, Action) else part.row.code
    return Weight(f"{mark} {part.row.name}".strip(), round(100 * part.share), part.percent)


def figure_shown(
    figure: GoalIndicator, plan: Plan, values: Mapping[AreaPair, Sequence[Known]]
) -> FigureShown:
    """A figure between where it began and where it should be; what it is now is what `areas` knows last."""
    indicator = figure.indicator
    known = values.get((figure.indicator_id, figure.area_id), [])
    now = known[-1] if known else None
    return FigureShown(
        name=indicator.name,
        area=figure.area.name,
        url=indicator.get_absolute_url(),
        bar=_bar(figure, now),
        is_set_late=figure.target_set_on > plan.first_on,
        chart=aim_chart(
            indicator,
            figure.area.name,
            known,
            start=_point(figure.baseline_when, figure.baseline),
            aim=_point(figure.target_when, figure.target),
        ),
        known=[(one.when, one.words) for one in known],
        source=indicator.source,
        when=now.when if now else "",
        is_example=indicator.is_example,
    )


def _bar(figure: GoalIndicator, now: Known | None) -> TargetBar:
    indicator = figure.indicator
    return target_bar(
        now.value if now else None,
        now_words=_("%(figure)s in %(when)s") % {"figure": now.words, "when": now.when} if now else _("not known"),
        start=figure.baseline,
        start_words=_dated(figure_words(indicator, figure.baseline), figure.baseline_when)
        if figure.baseline is not None
        else "",
        target=figure.target,
        target_words=_dated(figure_words(indicator, figure.target), figure.target_when),
        most=100 if indicator.unit == HUNDRED else None,
    )  # fmt: skip


def _point(when: When | None, value: Decimal | None) -> tuple[dt.date, Decimal] | None:
    return (when.first, value) if when and value is not None else None


def _dated(words: str, when: When | None) -> str:
    return f"{words} ({when})" if when else words


def _period(entry: ProgressEntry, today: dt.date) -> str:
    return _("%(first)s to %(last)s") % {
        "first": day_words(entry.first_on, today),
        "last": day_words(entry.last_on, today),
    }


def _kind(goal: Goal, number: int) -> str:
    if goal.level == Goal.Level.GOAL:
        return _("Goal %(number)d") % {"number": number}
    return capfirst(str(Goal.Level(goal.level).label))
