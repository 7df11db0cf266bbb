"""The year of councils in numbers, many councils and years at once: meetings, who came, places that are free, how it was spread."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.makeup import MemberFact, holding, makeup_of, with_makeup
from councils.models import Advice, Council, Meeting, Presence, Seat

LAST = (12, 31)
WEEK = 7


@dataclass(frozen=True)
class YearOf:
    """What a council did in a year; None is what cannot be known (nobody was written down, no place, nothing yet).

    `present` are the presences of members with a vote out of `expected`, over the meetings of which presence was written down.
    `members` are those with a vote at the end of the year (or today), `spoken` how many of them speak for which organisation.
    `longest` is the longest time without a meeting, in weeks, from the first day of the year until the last (or until today).
    """

    council: Council
    year: int
    meetings: int = 0
    present: int = 0
    expected: int = 0
    free: int | None = None
    places: int | None = None
    longest: int | None = None
    advices: int = 0
    in_time: int = 0
    due: int = 0
    members: int = 0
    spoken: tuple[tuple[str, int], ...] = ()

    @property
    def spoken_words(self) -> str:
        """How many members speak for an organisation."""
        if not self.members:
            return ""
        number = sum(times for _name, times in self.spoken)
        return _("%(number)d of %(all)d") % {"number": number, "all": self.members}

    @property
    def in_time_words(self) -> str:
        """Of the advices that were answered or should have been: how many in time."""
        return _("%(number)d of %(all)d") % {"number": self.in_time, "all": self.due} if self.due else ""

    @property
    def free_words(self) -> str:
        """How many places nobody had at the end of the year."""
        if self.free is None:
            return ""
        return _("%(number)d of %(all)d") % {"number": self.free, "all": self.places}

    @property
    def longest_words(self) -> str:
        """The longest time without a meeting."""
        if self.longest is None:
            return ""
        return ngettext("%(number)d week", "%(number)d weeks", self.longest) % {"number": self.longest}

    @property
    def attendance(self) -> float | None:
        """The share of members that came, out of a hundred."""
        return 100 * self.present / self.expected if self.expected else None


def years_of(councils: Iterable[Council], years: Sequence[int]) -> dict[tuple[int, int], YearOf]:
    """By council (its key) and year; a query each for councils, meetings, who was there, and advices."""
    known = {one.pk: one for one in with_makeup(Council.objects.filter(pk__in=[one.pk for one in councils]))}
    zone = timezone.get_current_timezone()
    first = dt.datetime(min(years), 1, 1, tzinfo=zone)
    last = dt.datetime(max(years) + 1, 1, 1, tzinfo=zone)
    held = list(
        Meeting.objects.held()
        .filter(council__in=known, starts_at__gte=first, starts_at__lt=last)
        .order_by("starts_at")
    )
    came = _came(held)
    advised = _advised(known, years)
    found: dict[tuple[int, int], YearOf] = {}
    for key, council in known.items():
        for year in years:
            mine = [one for one in held if one.council_id == key and _day(one).year == year]
            found[key, year] = _year(council, year, mine, came, advised.get((key, year), ()))
    return found


def _day(meeting: Meeting) -> dt.date:
    return timezone.localtime(meeting.starts_at).date()


def _came(meetings: Sequence[Meeting]) -> Mapping[int, int]:
    """How many members with a vote were there, by meeting; none where nobody was written down."""
    rows = (
        Presence.objects.filter(meeting__in=[one.pk for one in meetings])
        .filter(Q(membership__seat__mandate=Seat.Mandate.MEMBER))
        .values("meeting")
        .annotate(people=Count("membership", distinct=True))
        .values_list(F("meeting"), F("people"))
    )
    return dict(rows)


def _advised(councils: Iterable[int], years: Sequence[int]) -> dict[tuple[int, int], list[bool | None]]:
    """Of each advice that was given: whether its answer came in time; None while there still is time."""
    rows = Advice.objects.adopted().filter(council__in=list(councils), year__in=years)
    found: dict[tuple[int, int], list[bool | None]] = {}
    today = timezone.localdate()
    for council, year, due, answered in rows.with_answer().values_list(
        "council", "year", "due_on", "answered_at"
    ):
        in_time: bool | None = None
        if due is not None and answered is not None:
            in_time = timezone.localtime(answered).date() <= due
        elif due is not None and due < today:
            in_time = False
        found.setdefault((council, year), []).append(in_time)
    return found


def _year(
    council: Council,
    year: int,
    meetings: Sequence[Meeting],
    came: Mapping[int, int],
    advised: Sequence[bool | None],
) -> YearOf:
    makeup, today = makeup_of(council), timezone.localdate()
    end = min(dt.date(year, *LAST), today)
    mandates = {one.key: one.mandate for one in makeup.seats}

    def seated(day: dt.date) -> list[MemberFact]:
        members: Iterable[MemberFact] = holding(makeup.members, day)
        return [one for one in members if mandates.get(one.seat) == Seat.Mandate.MEMBER]

    def voting(day: dt.date) -> int:
        return len(seated(day))

    noted = [one for one in meetings if one.pk in came]
    places = sum(one.most for one in holding(makeup.seats, end) if one.mandate == Seat.Mandate.MEMBER)
    is_past = end >= dt.date(year, 1, 1)
    return YearOf(
        council,
        year,
        meetings=len(meetings),
        present=sum(came[one.pk] for one in noted),
        expected=sum(max(voting(_day(one)), came[one.pk]) for one in noted),
        places=places if is_past and places else None,
        free=max(places - voting(end), 0) if is_past and places else None,
        longest=_longest([_day(one) for one in meetings], dt.date(year, 1, 1), end) if meetings else None,
        advices=len(advised),
        in_time=sum(one is True for one in advised),
        due=sum(one is not None for one in advised),
        members=voting(end) if is_past else 0,
        spoken=most_first(Counter(name for one in seated(end) if (name := one.delegation.strip())))
        if is_past
        else (),
    )


def most_first(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Names and how often each is there, most often first."""
    return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0].casefold())))


def _longest(days: Sequence[dt.date], first: dt.date, last: dt.date) -> int:
    """The longest time between two of these days, or from an end of the year, in weeks."""
    return max(((later - one).days for one, later in pairwise([first, *days, last])), default=0) // WEEK
