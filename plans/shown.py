"""What the pages of plans show, as small rows without a database: the partials read these, the style page makes up its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise

from core.bars import TargetBar
from core.charts import LineChart

Words = str | Promise


@dataclass(frozen=True)
class Asleep:
    """Since when nothing was heard, and what was said last."""

    title: Words
    text: Words = ""


@dataclass(frozen=True)
class Weight:
    """The part of an action in its goal, and how far it is, in percents; no `done` when it counts no longer."""

    name: Words
    weight: int | Decimal | None
    done: int | Decimal | None


@dataclass(frozen=True)
class FigureShown:
    """A figure on its way to its aim, with its line over time; `known` are its periods in words, with the number of each."""

    name: Words
    bar: TargetBar
    area: Words = ""
    url: str = ""
    is_set_late: bool = False
    chart: LineChart | None = None
    known: Sequence[tuple[Words, Words]] = ()
    source: Words = ""
    when: Words = ""
    is_example: bool = False


@dataclass(frozen=True)
class PairOfPeriod:
    """What was aimed for and done in an earlier period."""

    period: Words
    aimed: Words
    done: Words
    state: str
    state_words: Words


@dataclass(frozen=True)
class Pair:
    """Aimed for? Done?: the two sides in words (or safe HTML), the figures on their way, and how the progress is reckoned."""

    aimed: Words
    done: Words
    figures: Sequence[FigureShown] = ()
    progress: int | None = None
    weights: Sequence[Weight] = ()
    period: Words = ""
    needed: Words = ""
    earlier: Sequence[PairOfPeriod] = ()

    @property
    def is_written(self) -> bool:
        """Whether there is more than how far it is."""
        return bool(self.aimed or self.done or self.figures)


@dataclass(frozen=True)
class ActionRow:
    """An action as a line of the tree; `look` is that of its sign."""

    number: int | str
    title: Words
    url: str
    look: str
    phase: str
    phase_words: Words
    state: str
    state_words: Words
    when: Words = ""
    team: Words = ""
    code: str = ""
    asleep: Asleep | None = None
    reason: Words = ""

    @property
    def is_stopped(self) -> bool:
        """Whether it goes no further."""
        return self.state == "stopped"

    @property
    def anchor(self) -> str:
        """Where it stands on the page of the plan."""
        return f"actie-{self.number}"


@dataclass(frozen=True)
class GoalRow:
    """A goal with what hangs below it. `is_open`: shown at once; `folds`: closed on a phone; `is_bare`: without a head."""

    anchor: str
    kind: Words
    title: Words
    code: str = ""
    text: Words = ""
    state: str = ""
    state_words: Words = ""
    pair: Pair | None = None
    actions: Sequence[ActionRow] = ()
    goals: Sequence["GoalRow"] = ()
    is_open: bool = True
    folds: bool = False
    is_bare: bool = False
    comment: Words = ""
    evaluation: Words = ""
    external_code: str = ""


@dataclass(frozen=True)
class PhaseCount:
    """How many actions are so far, and which; `note` says what is the matter with some of them."""

    phase: str
    words: Words
    count: Words
    actions: Sequence[ActionRow] = ()


@dataclass(frozen=True)
class NewsPlace:
    """What stands in the place of the news when there is none: `look` is warning, calm or asleep."""

    look: str
    icon: str
    title: Words
    text: Words
    source: Words = ""
    links: Sequence[tuple[Words, str]] = ()


@dataclass(frozen=True)
class Side:
    """One of the two sides of an assignment, and whether it agrees: `stands` in words, `agrees` None when nothing is said yet."""

    name: Words
    stands: Words = ""
    agrees: bool | None = None
    url: str = ""


@dataclass(frozen=True)
class Agreement:
    """Who asks for it and who does it."""

    asks: Side
    does: Side


@dataclass(frozen=True)
class Card:
    """An assignment on the board of a team; of the `action` that it is for: where that is read, and how it stands."""

    title: Words
    url: str
    text: Words
    area: Words = ""
    emblem: object = None
    action: Words = ""
    action_url: str = ""
    phase: str = ""
    phase_words: Words = ""
    state: str = ""
    state_words: Words = ""
    asleep: Asleep | None = None
    sides: Sequence[tuple[str, Words]] = ()
    button: Words = ""
    is_first: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the board."""

    title: Words
    note: Words
    cards: Sequence[Card] = field(default_factory=tuple)
    key: str = ""
