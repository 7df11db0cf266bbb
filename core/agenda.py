"""What is coming, as the rows of an agenda: a day in large, and what happens then."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.calendar import CalendarEntry


@dataclass(frozen=True)
class AgendaRow:
    """An entry with its day: `day` large ("3", "Now"), `beside` small ("dec, Thursday")."""

    day: str
    beside: str
    is_now: bool
    entry: CalendarEntry


def agenda(entries: Iterable[CalendarEntry], today: dt.date) -> list[AgendaRow]:
    """The entries as rows, in the order given."""
    return [_row(entry, today) for entry in entries]


def _row(entry: CalendarEntry, today: dt.date) -> AgendaRow:
    if entry.start > today:
        return AgendaRow(str(entry.start.day), date_format(entry.start, "M, l").lower(), False, entry)
    last = entry.end or entry.start
    beside = _("today") if last == today else _("until %(day)s") % {"day": date_format(last, "j M").lower()}
    return AgendaRow(_("Now"), beside, True, entry)
