"""The columns of a table of members: how a cell is read, and how a member is written, so that what goes out can come back.

A cell that a spreadsheet would take for a formula goes out behind an apostrophe and loses it when it comes in: core/tables.py.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from core.forms import day_in, whole_in
from core.tables import MAX_BYTES, Row, TableError, read_table
from councils.models import Membership, Office, Seat

GENDERS = {"v": "f", "vrouw": "f", "f": "f", "m": "m", "man": "m", "x": "x", "anders": "x", "": ""}
MANDATES = {
    "lid": Seat.Mandate.MEMBER, "plaatsvervanger": Seat.Mandate.SUBSTITUTE, "waarnemer": Seat.Mandate.OBSERVER,
    "deskundige": Seat.Mandate.EXPERT, "secretaris zonder stem": Seat.Mandate.CLERK, "": Seat.Mandate.MEMBER,
}  # fmt: skip
OFFICES = {
    "voorzitter": Office.Kind.CHAIR, "ondervoorzitter": Office.Kind.VICE_CHAIR, "secretaris": Office.Kind.SECRETARY,
}  # fmt: skip
ENDED = {
    "einde zittingsperiode": Membership.Ended.TERM, "ontslag genomen": Membership.Ended.RESIGNED,
    "ontslagen": Membership.Ended.DISMISSED, "andere plaats": Membership.Ended.MOVED_ON, "andere reden": Membership.Ended.OTHER,
    "": "",
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
    rank = whole_in(cell or "0", most=999)
    if rank is None:
        raise ValidationError(_("“%(text)s” is not a whole number.") % {"text": cell[:40]})
    return rank


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


def _offices(cell: str) -> tuple[str, ...]:
    read = _word(OFFICES)
    return tuple(sorted(read(word) for word in cell.split(",") if word.strip()))


def _identifier(cell: str) -> str:
    try:
        return str(UUID(cell)) if cell else ""
    except ValueError:
        raise ValidationError(_("“%(text)s” is no identifier of ours.") % {"text": cell[:40]}) from None


COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "id": ("uuid", _identifier),
    "naam": ("name", str.strip),
    "mandaat": ("mandate", _word(MANDATES)),
    "plaats": ("place", str.strip),
    "vanaf": ("first_on", _day),
    "tot": ("last_on", _day),
    "waarom gestopt": ("ended", _word(ENDED)),
    "functie": ("offices", _offices),
    "spreekt voor": ("delegation", str.strip),
    "rang": ("rank", _rank),
    "besluit van": ("decided_on", _day),
    "besluit nummer": ("decision_number", str.strip),
    "besluit adres": ("decision_uri", str.strip),
    "geslacht": ("gender", _word(GENDERS)),
    "e-mail": ("email", _email),
    "telefoon": ("phone", str.strip),
    "adres": ("postal_address", str.strip),
}
GENDER = "geslacht"
NAMES: dict[str, str] = {key: name for name, (key, _read) in COLUMNS.items()}


def columns_for(*, sees_gender: bool) -> list[str]:
    """The columns of the table that goes out; gender for who may know it."""
    return [name for name in COLUMNS if sees_gender or name != GENDER]


def cells_of(member: Membership, on: dt.date, *, sees_gender: bool) -> list[object]:
    """A member as a row of that table, with the offices of a day; what is read of it again is what was there."""
    person, words = member.person, {value: word for word, value in MANDATES.items() if word}
    ended = {value: word for word, value in ENDED.items()}
    cells: dict[str, object] = {
        "id": member.uuid, "naam": person.name, "mandaat": words[Seat.Mandate(member.seat.mandate)],
        "plaats": member.seat.name, "vanaf": member.first_on, "tot": member.last_on, "waarom gestopt": ended[member.ended],
        "functie": office_words(offices_on(member, on)), "spreekt voor": member.delegation, "rang": member.rank or "",
        "besluit van": member.decided_on, "besluit nummer": member.decision_number, "besluit adres": member.decision_uri,
        GENDER: {"f": "v"}.get(person.gender, person.gender), "e-mail": person.email, "telefoon": person.phone,
        "adres": person.postal_address,
    }  # fmt: skip
    return [cells[name] for name in columns_for(sees_gender=sees_gender)]


def offices_on(member: Membership, on: dt.date) -> tuple[str, ...]:
    """What a member is beside a member on a day; before they come: on their first one."""
    day = max(on, member.first_on)
    return tuple(
        sorted(
            one.kind
            for one in member.offices.all()
            if one.first_on <= day and (one.last_on is None or one.last_on >= day)
        )
    )


def office_words(kinds: Iterable[str]) -> str:
    """Offices as the table writes them."""
    return ", ".join(word for word, kind in OFFICES.items() if kind in kinds)


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
