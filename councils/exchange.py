"""Members of a council as rows of a table: what a table would add, leave or refuse; read only.

Who is there already (the same name from the same day on) stays as it is: what is different is changed on the page, where it has a
reason. Gender is a column for who may know it; nothing of it is in what is shown.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.forms import day_in
from core.tables import MAX_BYTES, Row, TableError, read_table, starts_formula
from councils.makeup import Makeup, holding, makeup_of
from councils.models import Council, Office, Person, Seat

GENDERS = {"v": "f", "vrouw": "f", "f": "f", "m": "m", "man": "m", "x": "x", "anders": "x", "": ""}
MANDATES = {
    "lid": Seat.Mandate.MEMBER, "plaatsvervanger": Seat.Mandate.SUBSTITUTE, "waarnemer": Seat.Mandate.OBSERVER,
    "deskundige": Seat.Mandate.EXPERT, "secretaris zonder stem": Seat.Mandate.CLERK, "": Seat.Mandate.MEMBER,
}  # fmt: skip
OFFICES = {
    "voorzitter": Office.Kind.CHAIR, "ondervoorzitter": Office.Kind.VICE_CHAIR, "secretaris": Office.Kind.SECRETARY, "": "",
}  # fmt: skip
LONGEST = {
    "naam": 120,
    "plaats": 100,
    "spreekt voor": 120,
    "besluit nummer": 60,
    "besluit adres": 500,
    "telefoon": 40,
    "adres": 300,
}


def _text(cell: str) -> str:
    if starts_formula(cell) and not cell.startswith("+"):
        raise ValidationError(_("“%(text)s” could be a formula.") % {"text": cell[:40]})
    return cell.strip()


def _day(cell: str) -> dt.date | None:
    if not cell.strip():
        return None
    try:
        found = day_in(cell.strip()[:10] if cell[:4].isdigit() else cell.strip())
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_("“%(text)s” is not a date. Write it like 2026-12-31.") % {"text": cell[:40]})
    return found


def _rank(cell: str) -> int:
    if cell and not (cell.isascii() and cell.isdigit() and int(cell) < 1000):
        raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": cell[:40]})
    return int(cell or 0)


def _email(cell: str) -> str:
    if cell:
        validate_email(cell)
    return cell


def _word(words: dict[str, Any]) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        try:
            return words[cell.strip().casefold()]
        except KeyError:
            known = ", ".join(word for word in words if word)
            raise ValidationError(
                _("“%(text)s” is none of: %(known)s.") % {"text": cell[:40], "known": known}
            ) from None

    return read


COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "naam": ("name", _text),
    "mandaat": ("mandate", _word(MANDATES)),
    "plaats": ("place", _text),
    "vanaf": ("first_on", _day),
    "tot": ("last_on", _day),
    "functie": ("office", _word(OFFICES)),
    "spreekt voor": ("delegation", _text),
    "rang": ("rank", _rank),
    "besluit van": ("decided_on", _day),
    "besluit nummer": ("decision_number", _text),
    "besluit adres": ("decision_uri", _text),
    "geslacht": ("gender", _word(GENDERS)),
    "e-mail": ("email", _email),
    "telefoon": ("phone", _text),
    "adres": ("postal_address", _text),
}


@dataclass
class PlannedMember:
    """What becomes of one row, and why."""

    number: int
    outcome: Literal["add", "same", "refuse"]
    name: str
    reasons: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    seat: int = 0  # the key of its places
    person: Person | None = None


@dataclass
class MembersPlan:
    """What becomes of every row of a table for a council."""

    council: Council
    rows: list[PlannedMember]

    def of(self, outcome: str) -> list[PlannedMember]:
        """The rows with one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def added(self) -> list[PlannedMember]:
        """The rows that become a member."""
        return self.of("add")

    @property
    def changed(self) -> list[PlannedMember]:
        """None: what is there is changed on its page."""
        return []

    @property
    def same(self) -> list[PlannedMember]:
        """The rows that are there already."""
        return self.of("same")

    @property
    def refused(self) -> list[PlannedMember]:
        """The rows that are left out."""
        return self.of("refuse")

    @property
    def tells_gender(self) -> bool:
        """Whether any row says it."""
        return any(row.values.get("gender") for row in self.added)

    @property
    def digest(self) -> str:
        """Changes when anything in the plan does: whoever confirms, confirms this plan."""
        told = [
            (row.number, row.outcome, row.name, row.values) for row in self.rows if row.outcome != "refuse"
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def read_rows(content: IO[bytes]) -> list[Row]:
    """The rows of a table of members; raises TableError when it is none, or has columns that nobody knows."""
    rows = read_table(content.read(MAX_BYTES + 1))
    if not rows:
        raise TableError(_("The table has no rows."))
    names = set(rows[0].cells)
    if unknown := names - COLUMNS.keys():
        raise TableError(_("These columns are not known: %(names)s.") % {"names": ", ".join(sorted(unknown))})
    for needed in ("naam", "vanaf"):
        if needed not in names:
            raise TableError(_("The column “%(name)s” is missing.") % {"name": needed})
    return rows


def make_plan(council: Council, rows: Sequence[Row]) -> MembersPlan:
    """Hold the rows against who sits in a council; two queries for any number of rows."""
    makeup = makeup_of(council)
    people: dict[str, list[Person]] = {}
    for person in Person.objects.filter(municipality=council.municipality_id):
        people.setdefault(person.name.casefold(), []).append(person)
    planner = _Planner(makeup, people)
    return MembersPlan(council, [planner.row(row) for row in rows])


class _Planner:
    """Remembers what the rows before said."""

    def __init__(self, makeup: Makeup, people: dict[str, list[Person]]) -> None:
        self.makeup, self.people = makeup, people
        self.there = [(one.name.casefold(), one.first_on, one.last_on) for one in makeup.members]

    def row(self, row: Row) -> PlannedMember:
        """What becomes of a row."""
        planned = PlannedMember(row.number, "refuse", row.cells.get("naam", "").strip()[:120])
        for name, cell in row.cells.items():
            key, parse = COLUMNS[name]
            try:
                planned.values[key] = parse(cell.strip())
                if len(cell) > LONGEST.get(name, 200):
                    raise ValidationError(_("This is too long."))
            except ValidationError as error:
                planned.reasons += [f"{name}: {message}" for message in error.messages]
        if not planned.reasons:
            self._check(planned)
        return planned

    def _check(self, planned: PlannedMember) -> None:
        values, name = planned.values, planned.name.casefold()
        first, last = values.get("first_on"), values.get("last_on")
        if not name or first is None:
            planned.reasons.append(_("A member has a name and a first day."))
            return
        if any((who, since) == (name, first) for who, since, _until in self.there):
            planned.outcome = "same"
            return
        if last is not None and last < first:
            planned.reasons.append(_("The last day comes before the first one."))
        term = next(iter(holding(self.makeup.terms, first)), None)
        if term is None:
            planned.reasons.append(_("The council has no term on this day. Add the term first."))
        elif term.last_on is not None and last is not None and last > term.last_on:
            planned.reasons.append(_("The term ends before this day."))
        ends = last or (term.last_on if term else None)
        self._find_places(planned, first)
        self._find_person(planned)
        if bool(values.get("decided_on")) != bool(
            values.get("decision_number") or values.get("decision_uri")
        ):
            planned.reasons.append(
                _("A decision has a day, and a number or an address; leave all empty when there is none.")
            )
        if any(who == name and _meet(since, until, first, ends) for who, since, until in self.there):
            planned.reasons.append(_("This person has a seat in the council in these days already."))
        if not planned.reasons:
            planned.outcome = "add"
            self.there.append((name, first, ends))

    def _find_places(self, planned: PlannedMember, first: dt.date) -> None:
        mandate, name = planned.values.get("mandate", Seat.Mandate.MEMBER), planned.values.get("place", "")
        found = [one for one in holding(self.makeup.seats, first) if one.mandate == mandate]
        named = (
            [one for one in found if one.name.casefold() == name.casefold()]
            if name or len(found) > 1
            else found
        )
        if not named:
            planned.reasons.append(_("These places are not there on the first day."))
        else:
            planned.seat = named[0].key

    def _find_person(self, planned: PlannedMember) -> None:
        known = self.people.get(planned.name.casefold(), [])
        if len(known) > 1:
            planned.reasons.append(_("Several people are called so. Appoint this one on the page."))
        planned.person = known[0] if known else None


def _meet(one: dt.date, until: dt.date | None, other: dt.date, ends: dt.date | None) -> bool:
    return (until is None or other <= until) and (ends is None or one <= ends)
