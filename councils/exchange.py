"""Members of a council as rows of a table: what a table would add, change, end, leave or refuse; read only.

A row is a member of the council with the same identifier, else with the same name from the same day on. A column that is not there
leaves what there is, an empty cell empties (but for who it is, in which place and until when). Who sits where from when is no
detail: somebody leaves, and is appointed anew. Who is there and not in the table is told, and stays. Gender is compared for who may
know it alone; nothing of it is in what is shown.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.tables import Row, starts_formula
from councils.makeup import Makeup, holding, makeup_of
from councils.membercolumns import COLUMNS, GENDER, LONGEST, NAMES, office_words, offices_on
from councils.models import Council, Membership, Office, Person, Seat

CONTACT = ("name", "email", "phone", "postal_address")
DECISION = ("decided_on", "decision_number", "decision_uri")
DETAILS = ("delegation", "rank", *DECISION)
TEXTS = (*CONTACT, "place", "delegation", "decision_number", "decision_uri")
ONE_HOLDER = {Office.Kind.CHAIR, Office.Kind.SECRETARY}


@dataclass
class PlannedMember:
    """What becomes of one row, and why; `changes` say in words what differs (column, before, after)."""

    number: int
    outcome: Literal["add", "change", "end", "same", "refuse"]
    name: str
    reasons: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    seat: int = 0  # the key of its places
    person: Person | None = None
    member: Membership | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    differs: dict[str, Any] = field(default_factory=dict)


@dataclass
class MembersPlan:
    """What becomes of every row of a table for a council, and who sits there and is not in it."""

    council: Council
    rows: list[PlannedMember]
    missing: list[Membership] = field(default_factory=list)

    def of(self, outcome: str) -> list[PlannedMember]:
        """The rows with one outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def added(self) -> list[PlannedMember]:
        """The rows that become a member."""
        return self.of("add")

    @property
    def changed(self) -> list[PlannedMember]:
        """The rows that say something else of a member."""
        return self.of("change")

    @property
    def ended(self) -> list[PlannedMember]:
        """The rows by which a member leaves, or leaves on another day."""
        return self.of("end")

    @property
    def same(self) -> list[PlannedMember]:
        """The rows that are there already."""
        return self.of("same")

    @property
    def refused(self) -> list[PlannedMember]:
        """The rows that are left out."""
        return self.of("refuse")

    @property
    def digest(self) -> str:
        """Changes when anything in the plan does: whoever confirms, confirms this plan."""
        told = [
            (row.number, row.outcome, row.name, row.values, row.differs, row.changes)
            for row in self.rows
            if row.outcome != "refuse"
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def tells_gender(rows: Sequence[Row]) -> bool:
    """Whether a table says it of anybody."""
    return any(row.cells.get(GENDER, "").strip() for row in rows)


def make_plan(council: Council, rows: Sequence[Row], *, sees_gender: bool = False) -> MembersPlan:
    """Hold the rows against who sits in a council; a few queries for any number of rows."""
    people: dict[str, list[Person]] = {}
    for person in Person.objects.filter(municipality=council.municipality_id):
        people.setdefault(person.name.casefold(), []).append(person)
    members = list(council.memberships.select_related("person", "seat").prefetch_related("offices"))
    planner = _Planner(makeup_of(council), people, members, sees_gender=sees_gender)
    planned = [planner.row(row) for row in rows]
    today = timezone.localdate()
    missing = [
        one for one in members if one.pk not in planner.met and (one.last_on is None or one.last_on >= today)
    ]
    return MembersPlan(council, planned, sorted(missing, key=lambda one: one.person.name))


class _Planner:
    """Remembers what the rows before said."""

    def __init__(
        self,
        makeup: Makeup,
        people: dict[str, list[Person]],
        members: Sequence[Membership],
        *,
        sees_gender: bool,
    ) -> None:
        self.makeup, self.people, self.members, self.sees_gender = makeup, people, members, sees_gender
        self.there = [(one.person.name.casefold(), one.first_on, one.last_on) for one in members]
        self.met: set[int] = set()
        self.given: set[str] = set()
        self.today = timezone.localdate()

    def row(self, row: Row) -> PlannedMember:
        """What becomes of a row."""
        planned = PlannedMember(row.number, "refuse", row.cells.get("naam", "").strip()[:120])
        for name, cell in row.cells.items():
            key, parse = COLUMNS[name]
            if name == GENDER and not self.sees_gender:
                if cell.strip():
                    planned.reasons.append(
                        _("Only the secretary of the council brings in gender. Leave that column out.")
                    )
                continue
            try:
                planned.values[key] = parse(cell.strip())
                if len(cell) > LONGEST.get(name, 200):
                    raise ValidationError(_("This is too long."))
            except ValidationError as error:
                planned.reasons += [f"{name}: {message}" for message in error.messages]
        if not planned.reasons:
            self._check(planned, {name for name, cell in row.cells.items() if cell.strip()})
        return planned

    def _check(self, planned: PlannedMember, said: set[str]) -> None:
        values = planned.values
        member = self._find_member(planned)
        if planned.reasons:
            return
        if not planned.name or (values.get("first_on") is None and member is None):
            planned.reasons.append(_("A member has a name and a first day."))
        elif member is None:
            self._add(planned)
        elif member.pk in self.met:
            planned.reasons.append(_("This member is in the table twice."))
        else:
            self.met.add(member.pk)
            planned.member = member
            self._compare(planned, member, said)

    def _find_member(self, planned: PlannedMember) -> Membership | None:
        key, first = planned.values.get("uuid"), planned.values.get("first_on")
        if key:
            found = next((one for one in self.members if str(one.uuid) == key), None)
            if found is None:
                planned.reasons.append(_("No member of this council has this identifier."))
            return found
        name = planned.name.casefold()
        called = [one for one in self.members if (one.person.name.casefold(), one.first_on) == (name, first)]
        if len(called) > 1:
            planned.reasons.append(_("Several people are called so. Give the identifier, or use the page."))
        return called[0] if called else None

    # --- somebody new -------------------------------------------------------------------------------------------------------------

    def _add(self, planned: PlannedMember) -> None:
        values, name = planned.values, planned.name.casefold()
        first, last = values["first_on"], values.get("last_on")
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
        self._check_values(planned, {key: values.get(key) for key in DECISION}, values)
        self._claim(planned, values.get("offices", ()))
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

    # --- somebody who sits there --------------------------------------------------------------------------------------------------

    def _compare(self, planned: PlannedMember, member: Membership, said: set[str]) -> None:
        values = planned.values
        self._refuse_another_seat(planned, member, said)
        for key in (*CONTACT, "gender"):
            self._differ(planned, key, getattr(member.person, key))
        for key in DETAILS:
            self._differ(planned, key, getattr(member, key))
        decision = {key: values.get(key, getattr(member, key)) for key in DECISION}
        self._check_values(planned, decision, planned.differs)
        self._compare_offices(planned, member)
        ends = self._compare_end(planned, member)
        if not planned.reasons:
            planned.outcome = "end" if ends else "change" if planned.changes else "same"

    def _refuse_another_seat(self, planned: PlannedMember, member: Membership, said: set[str]) -> None:
        there = {"mandate": member.seat.mandate, "place": member.seat.name, "first_on": member.first_on}
        if any(NAMES[key] in said and planned.values[key] != value for key, value in there.items()):
            planned.reasons.append(
                _(
                    "A first day, mandate or place does not change: let this member leave, and appoint them anew."
                )
            )

    def _differ(self, planned: PlannedMember, key: str, before: Any) -> None:
        if key not in planned.values or planned.values[key] == before:
            return
        after = planned.differs[key] = planned.values[key]
        words = ("", "") if key == "gender" else (_shown(before), _shown(after))
        planned.changes.append((NAMES[key], *words))

    def _compare_offices(self, planned: PlannedMember, member: Membership) -> None:
        if "offices" not in planned.values:
            return
        before, after = offices_on(member, self.today), planned.values["offices"]
        if before == after:
            self._claim(planned, after)
            return
        if member.last_on is not None and member.last_on < self.today:
            planned.reasons.append(_("Who has left gets no office."))
        gone = set(before) - set(after)
        if any(one.kind in gone and one.first_on >= self.today for one in member.offices.all()):
            planned.reasons.append(_("An office that begins today or later is changed on the page."))
        self._claim(planned, after)
        planned.differs["offices"] = after
        planned.changes.append((NAMES["offices"], office_words(before), office_words(after)))

    def _claim(self, planned: PlannedMember, offices: Sequence[str]) -> None:
        mine = ONE_HOLDER & set(offices)
        if mine & self.given:
            planned.reasons.append(_("Another row gives this office to somebody else."))
        self.given |= mine

    def _compare_end(self, planned: PlannedMember, member: Membership) -> bool:
        """Whether the row lets the member leave on another day; an empty cell leaves the day that there is."""
        last = planned.values.get("last_on")
        ended = planned.values.get("ended") or member.ended
        if last is None or (last == member.last_on and ended == member.ended):
            return False
        if last < member.first_on:
            planned.reasons.append(_("The last day comes before the first one."))
        if member.last_on is not None and last > member.last_on:
            self._check_longer(planned, member, last)
        planned.differs |= {"last_on": last, "ended": ended or Membership.Ended.OTHER}
        planned.changes.append((NAMES["last_on"], _shown(member.last_on), _shown(last)))
        return True

    def _check_longer(self, planned: PlannedMember, member: Membership, last: dt.date) -> None:
        term = next(iter(holding(self.makeup.terms, member.first_on)), None)
        if term is not None and term.last_on is not None and last > term.last_on:
            planned.reasons.append(_("The term ends before this day."))
        others = (one for one in self.members if one.person_id == member.person_id and one.pk != member.pk)
        if any(_meet(one.first_on, one.last_on, member.first_on, last) for one in others):
            planned.reasons.append(_("This person has a seat in the council in these days already."))

    def _check_values(self, planned: PlannedMember, decision: dict[str, Any], new: dict[str, Any]) -> None:
        if bool(decision["decided_on"]) != bool(decision["decision_number"] or decision["decision_uri"]):
            planned.reasons.append(
                _("A decision has a day, and a number or an address; leave all empty when there is none.")
            )
        for key in TEXTS:
            text = new.get(key) or ""
            if starts_formula(text) and not text.startswith("+"):
                planned.reasons.append(_("“%(text)s” could be a formula.") % {"text": text[:40]})


def _meet(one: dt.date, until: dt.date | None, other: dt.date, ends: dt.date | None) -> bool:
    return (until is None or other <= until) and (ends is None or one <= ends)


def _shown(value: Any) -> str:
    return date_format(value, "j F Y") if isinstance(value, dt.date) else str(value or "")
