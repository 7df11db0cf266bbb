"""What waits for me: what a person has to do or decide, each kind brought by the app that knows, in order of date.

An app registers its sources in `waiting.py`. The page "Voor jou" (`accounts`) shows them, and `templates/partials/waiting.html`
draws them wherever a page needs to.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.intake import intake_kinds
from core.models import Intake
from core.registry import Registry

AHEAD = dt.timedelta(days=30)  # what is due later does not wait yet; the first of it is told


@dataclass(frozen=True, kw_only=True)
class WaitingEntry:
    """Something that one person has to do: `title` begins with what, `url` leads to where.

    `due` is the last day on which it is in time; None waits without a date. `detail` says why in a few words, `area` where.
    `instead_of` says for whom, when that is not the person who reads it.
    """

    title: str
    url: str
    kind: str | Promise
    due: dt.date | None = None
    area: str = ""
    detail: str = ""
    is_example: bool = False
    instead_of: str = ""


class WhatWaits(Protocol):
    """What waits for a person in a municipality, and what will; nothing of what that person may not do. One query."""

    def __call__(self, *, user: Any, municipality: Any, today: dt.date) -> Iterable[WaitingEntry]: ...


@dataclass(frozen=True, kw_only=True)
class WaitingSource:
    """One kind of things that wait; what is of the person alone (an address, an own file) does not pass to a deputy."""

    name: str
    title: str | Promise
    waiting: WhatWaits
    passes: bool = True
    order: int = 100


waiting_sources: Registry[WaitingSource] = Registry(WaitingSource, "waiting")


@dataclass(frozen=True)
class WaitingRow:
    """An entry with its day: `day` large ("4"), `beside` small ("nov"), `late` in words when it is."""

    entry: WaitingEntry
    day: str
    beside: str
    late: str
    is_today: bool


@dataclass(frozen=True)
class WaitingGroup:
    """Rows that belong together: late, today, next, without a date."""

    title: str | Promise
    rows: Sequence[WaitingRow]


@dataclass(frozen=True)
class Waiting:
    """What waits for one person in groups, and the first thing that will."""

    groups: Sequence[WaitingGroup]
    next: WaitingEntry | None = None

    @property
    def number(self) -> int:
        """How many things wait."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(bool(row.late) for group in self.groups for row in group.rows)


@dataclass(frozen=True)
class Absent:
    """Somebody who is away, as far as the reader may do their work, and the words for whom it waits."""

    user: Any
    words: str


def waiting_for(user: Any, municipality: Any, *, today: dt.date, absent: Iterable[Absent] = ()) -> Waiting:
    """What waits for a person today, from every source, and what waits for those who are `absent`; nothing twice."""
    entries: dict[tuple[str, str], WaitingEntry] = {}
    for source in waiting_sources:
        for entry in source.waiting(user=user, municipality=municipality, today=today):
            entries[entry.title, entry.url] = entry
    for one in absent:
        for source in waiting_sources:
            for entry in (
                source.waiting(user=one.user, municipality=municipality, today=today) if source.passes else ()
            ):
                entries.setdefault((entry.title, entry.url), replace(entry, instead_of=one.words))
    return in_groups(entries.values(), today)


def in_groups(entries: Iterable[WaitingEntry], today: dt.date) -> Waiting:
    """Entries in the order of their dates: what is late, of today, after that, and what has no date."""
    ordered = sorted(entries, key=lambda entry: (entry.due or dt.date.max, entry.title))
    late: list[WaitingEntry] = []
    now: list[WaitingEntry] = []
    after: list[WaitingEntry] = []
    whenever: list[WaitingEntry] = []
    later: list[WaitingEntry] = []
    for entry in ordered:
        if entry.due is None:
            whenever.append(entry)
        elif entry.due < today:
            late.append(entry)
        elif entry.due == today:
            now.append(entry)
        else:
            (after if entry.due <= today + AHEAD else later).append(entry)
    named = (
        (gettext_lazy("Late"), late),
        (gettext_lazy("Today"), now),
        (gettext_lazy("After that"), after),
        (gettext_lazy("Without a date"), whenever),
    )
    groups = [WaitingGroup(title, [_row(entry, today) for entry in found]) for title, found in named if found]
    return Waiting(groups, later[0] if later else None)


def _row(entry: WaitingEntry, today: dt.date) -> WaitingRow:
    if entry.due is None:
        return WaitingRow(entry, "", "", "", False)
    days = (today - entry.due).days
    late = ngettext("%(number)d day late", "%(number)d days late", days) % {"number": days}
    month = date_format(entry.due, "M" if entry.due.year == today.year else "M Y").lower()
    return WaitingRow(entry, str(entry.due.day), month, late if days > 0 else "", days == 0)


def files_to_confirm(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """Files that wait for a yes: those that a person uploaded, and those of the municipality that this person may bring in."""
    whose = Q(file__owner=user.uuid) | Q(file__owner__isnull=True)
    found = Intake.objects.filter(whose, place=municipality.pk, subject__isnull=True)
    for intake in found.select_related("file").defer("report").order_by("pk"):
        if intake.kind not in intake_kinds:
            continue
        kind = intake_kinds[intake.kind]
        if not user.has_perm(kind.permission, municipality):
            continue
        yield WaitingEntry(
            title=_("Confirm or throw away: %(name)s") % {"name": intake.file.name},
            url=kind.page(intake=intake),
            kind=kind.title,
            due=intake.file.expires_at.date() if intake.file.expires_at else None,
            detail=_("After this day the file goes by itself.") if intake.file.expires_at else "",
        )


waiting_sources.register(
    WaitingSource(
        name="core.files",
        title=gettext_lazy("Files to confirm"),
        waiting=files_to_confirm,
        passes=False,  # what a person uploaded is theirs alone
        order=10,
    )
)
