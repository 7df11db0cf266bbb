"""The columns of a table of a plan, the same out and in, with what planning software in Flanders calls them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from core.tables import TableError
from plans.exchange import cells
from plans.exchange.cells import Parse, folded
from plans.models import Action, Amount, Goal
from plans.money import euro_in, euro_text

Thing = Goal | Action
BOTH, ACTIONS = "both", "actions"


@dataclass(frozen=True)
class Column:
    """One column: how it is called here and elsewhere, how a cell is read and written, and whether goals have it too."""

    key: str
    name: str
    parse: Parse = cells.plain
    show: Callable[[Any], str] = str
    get: Callable[[Any], Any] | None = None
    of: str = BOTH
    elsewhere: tuple[str, ...] = ()

    def value(self, thing: Thing) -> Any:
        """What the thing has."""
        return self.get(thing) if self.get else getattr(thing, self.key)

    def cell(self, thing: Thing) -> str:
        """What the column shows of a thing; nothing where goals have no such thing."""
        return self.show(self.value(thing)) if self.applies(thing) else ""

    def applies(self, thing: Thing) -> bool:
        """Whether such a thing has it."""
        return self.of == BOTH or isinstance(thing, Action)


def _level(thing: Thing) -> str:
    return cells.ACTION if isinstance(thing, Action) else thing.level


def _under(thing: Thing) -> str:
    return cells.ref(thing.goal if isinstance(thing, Action) else thing.parent)


_for_actions = partial(Column, of=ACTIONS)
COLUMNS: tuple[Column, ...] = (
    Column(
        "level", "niveau", cells.one_of(cells.LEVELS, "", "level"), lambda value: cells.LEVELS[value], _level,
        elsewhere=("type", "soort", "element", "doelstellingsniveau", "type doelstelling"),
    ),
    Column(
        "code", "code",
        elsewhere=("nummer", "nr", "nr.", "mjp-code", "mjpcode", "beleidscode", "code doelstelling", "codering"),
    ),
    Column(
        "under", "ligt onder", get=_under,
        elsewhere=(
            "bovenliggende code", "code bovenliggend", "bovenliggend", "hoofdcode", "valt onder", "onderdeel van", "parent",
            "parentcode", "oudercode", "behoort tot",
        ),
    ),
    Column("external_code", "externerapporteringscode", elsewhere=("externe code", "deelrapportcode", "rapporteringscode")),
    Column(
        "name", "korteOmschrijving",
        elsewhere=("omschrijving kort", "naam", "titel", "benaming", "omschrijving"),
    ),
    Column(
        "text", "langeOmschrijving",
        elsewhere=("omschrijving lang", "toelichting", "beschrijving", "volledige omschrijving", "omschrijving"),
    ),
    Column("comment", "commentaar", elsewhere=("opmerking", "opmerkingen", "motivering")),
    Column("evaluation", "evaluatie", elsewhere=("opvolgingsrapportering", "beoordeling")),
    Column(
        "passed_by", "bestuur", cells.bodies, cells.body_words,
        elsewhere=("besturen", "entiteit", "rechtspersoon", "gemeente/ocmw", "gemeente of ocmw"),
    ),
    Column(
        "is_priority", "prioritair", cells.yes, cells.yes_word,
        elsewhere=("prioriteit", "prioritaire actie", "prioritair?", "prioritaire doelstelling"),
    ),
    Column("weight", "gewicht", cells.whole(1000, 1), cells.optional),
    _for_actions("kind", "actie of product", cells.one_of(cells.KINDS, Action.Kind.ACTION), lambda v: cells.KINDS[v]),
    _for_actions("when", "wanneer", cells.when, cells.when_text, elsewhere=("periode", "timing", "looptijd", "termijn")),
    _for_actions(
        "phase", "fase", cells.one_of(cells.PHASES, Action.Phase.NOT_STARTED, "phase"), lambda v: cells.PHASES[v],
        elsewhere=("status", "voortgang"),
    ),
    _for_actions("done_percent", "gedaan in %", cells.whole(100, None), cells.optional, elsewhere=("realisatiegraad",)),
    _for_actions(
        "set_state", "stand", cells.one_of(cells.STATES, ""), lambda v: cells.STATES[v] if v else "", elsewhere=("toestand",)
    ),
    _for_actions("set_state_reason", "reden van de stand", elsewhere=("reden van de toestand",)),
    _for_actions("set_state_on", "stand sinds", cells.day, cells.optional, elsewhere=("toestand sinds",)),
    _for_actions(
        "team", "team", cells.team, cells.slug,
        elsewhere=("dienst", "verantwoordelijke dienst", "uitvoerende dienst", "trekker"),
    ),
    _for_actions(
        "areas", "gebieden", cells.areas, cells.slugs, lambda action: list(action.areas.all()), elsewhere=("gebied", "wijk")
    ),
    _for_actions("place", "plek", elsewhere=("plaats", "locatie")),
    _for_actions("is_approximate", "plek bij benadering", cells.yes, cells.yes_word),
    _for_actions("geometry", "geometrie", cells.shape, cells.shape_text, elsewhere=("wkt", "geometry")),
    _for_actions(
        "parties", "organisaties", cells.parties, cells.party_lines,
        lambda action: [(one.name, one.role, one.does) for one in action.parties.all()],
        elsewhere=("partners", "externe partners"),
    ),
    _for_actions(
        "needs", "wacht op", cells.refs, ", ".join,
        lambda action: sorted(cells.ref(one, action.plan) for one in action.needs.all()),
    ),
    _for_actions("carries_out", "voert uit", get=lambda action: cells.ref(action.carries_out, action.plan)),
    _for_actions("leads_to", "leidt naar", get=lambda action: cells.ref(action.leads_to, action.plan)),
    _for_actions(
        "leads_how", "hoe het verder gaat", cells.one_of(cells.LEADS, ""), lambda v: cells.LEADS[v] if v else ""
    ),
)  # fmt: skip
IDENTIFIER = Column(
    "id", "id", get=lambda thing: str(thing.uuid), elsewhere=("uuid", "identificatie", "identifier", "uri")
)
BY_KEY = {column.key: column for column in COLUMNS}

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
INCOME = ("ontvangst", "inkomst", "opbrengst", "income")
EXPENDITURE = ("uitgave", "kost", "expenditure")
SPENT = (
    "gerealiseerd",
    "realisatie",
    "rekening",
    "besteed",
    "werkelijk",
    "aangerekend",
    "uitgevoerd",
    "spent",
)
PLANNED = ("gepland", "raming", "geraamd", "budget", "krediet", "mjp", "meerjarenplan", "planned")


@dataclass(frozen=True, order=True)
class Money:
    """What a column of amounts holds: the year, expenditure or income, planned or spent."""

    year: int
    kind: str
    is_spent: bool = False

    @property
    def name(self) -> str:
        """Its name in a table that goes out."""
        kind = "ontvangsten" if self.kind == Amount.Kind.INCOME else "uitgaven"
        return f"{kind} {self.year} {'gerealiseerd' if self.is_spent else 'gepland'}"

    def of(self, action: Action) -> Decimal | None:
        """The amount of an action; uses what was fetched."""
        for one in action.amounts.all():
            if (one.year, one.kind) == (self.year, self.kind):
                return one.spent if self.is_spent else one.planned
        return None


def money_in(name: str) -> Money | None:
    """What a column of amounts holds, by its name: “Raming uitgaven 2026”, “2026 ontvangsten gerealiseerd”, “2026”."""
    years = YEAR.findall(name)
    if len(years) != 1:
        return None
    rest = YEAR.sub("", name.lower())
    is_income, is_spent = any(word in rest for word in INCOME), any(word in rest for word in SPENT)
    known = (*INCOME, *EXPENDITURE, *SPENT, *PLANNED)
    if folded(rest).strip("()") and not any(word in rest for word in known):
        return None
    if is_income and any(word in rest for word in EXPENDITURE):
        return None  # a balance, or both at once
    return Money(int(years[0]), Amount.Kind.INCOME if is_income else Amount.Kind.EXPENDITURE, is_spent)


def amount(text: str) -> Decimal | None:
    """The amount in a cell; none where it is empty."""
    return euro_in(text) if text not in ("", "-", "–") else None


def amount_text(value: Decimal | None) -> str:
    """The amount in words of a difference; nothing where there is none."""
    return "" if value is None else euro_text(value)


@dataclass(frozen=True)
class Layout:
    """Which column of a file holds what: keys of columns, amounts, and names that nobody knows."""

    keys: Mapping[str, str]
    money: Mapping[str, Money]
    unknown: tuple[str, ...]


def layout_of(names: Sequence[str]) -> Layout:
    """Which column holds what; raises TableError when two say the same, or what is needed is not there."""
    keys, money, unknown = _named(names), {}, []
    for name in names:
        if name in keys:
            continue
        if found := money_in(name):
            money[name] = found
        else:
            unknown.append(name)
    said: dict[Any, list[str]] = {}
    for name, what in {**keys, **money}.items():
        said.setdefault(what, []).append(name)
    if twice := next((same for same in said.values() if len(same) > 1), None):
        raise TableError(_("These columns say the same: %(names)s.") % {"names": ", ".join(twice)})
    if "name" not in keys.values():
        raise TableError(
            _("No column says what a goal or an action is called: “korteOmschrijving” or “naam”.")
        )
    if not {"level", "code"} & set(keys.values()):
        raise TableError(_("No column says what is a goal and what an action: “niveau” or “code”."))
    return Layout(keys, money, tuple(unknown))


def _named(names: Sequence[str]) -> dict[str, str]:
    """The columns that are called as here, then those that are called as elsewhere, when nothing took their place."""
    found: dict[str, str] = {}
    for name in names:
        for column in (*COLUMNS, IDENTIFIER):
            if folded(name) == folded(column.name):
                found[name] = column.key
    for name in names:
        for column in (*COLUMNS, IDENTIFIER):
            if (
                name not in found
                and column.key not in found.values()
                and folded(name) in map(folded, column.elsewhere)
            ):
                found[name] = column.key
    return found


def names_columns(names: Sequence[str]) -> bool:
    """Whether a line of a file names the columns of a plan, and is no title above them."""
    return len(set(_named(names).values()) & {"level", "code", "name", "under"}) >= 2


def money_of(actions: Iterable[Action]) -> list[Money]:
    """The columns of amounts that some actions need."""
    rows = [one for action in actions for one in action.amounts.all()]
    found = {Money(one.year, one.kind, is_spent) for one in rows for is_spent in (False, True)}
    return sorted(found)


def heads(money: Sequence[Money]) -> list[str]:
    """The names of the columns of a table that goes out."""
    return [*(column.name for column in COLUMNS), *(one.name for one in money), IDENTIFIER.name]


def rows_of(things: Iterable[Thing], money: Sequence[Money]) -> Iterator[list[Any]]:
    """Goals and actions as rows; amounts are numbers, all else is text."""
    for thing in things:
        row: list[Any] = [column.cell(thing) for column in COLUMNS]
        row += [one.of(thing) if isinstance(thing, Action) else None for one in money]
        yield [*row, IDENTIFIER.cell(thing)]
