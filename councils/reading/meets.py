"""The meetings that the page of a council shows: the next one at its head, and some before and after it as rows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from councils.models import Advice, AgendaItem, Meeting, Presence, Seat

MOST = 6
POINTS = 3  # that stand for a whole agenda
# What is on every agenda says nothing of this one.
FORMAL = (AgendaItem.Kind.MINUTES, AgendaItem.Kind.INFORMATION)


@dataclass(frozen=True)
class Met:
    """A meeting in a row: `came` are the members with a vote who were there (0: nobody was written down)."""

    meeting: Meeting
    items: list[AgendaItem]
    came: int
    advices: int

    @property
    def points(self) -> list[AgendaItem]:
        """What it was mainly about."""
        return [one for one in self.items if one.kind not in FORMAL][:POINTS] or self.items[:POINTS]

    @property
    def title(self) -> str:
        """What it was mainly about, in a line; its number when no item says."""
        return " · ".join(one.title for one in self.points) or _("Meeting %(number)d") % {
            "number": self.meeting.number
        }

    @property
    def is_coming(self) -> bool:
        """Whether it is still to be held, or going on."""
        return not self.meeting.is_over

    @property
    def short(self) -> str:
        """What else there is to say of one that is over: who came and what it advised."""
        said = []
        if self.came and self.meeting.entitled:
            entitled = max(self.meeting.entitled, self.came)
            said.append(_("%(came)d of %(all)d members.") % {"came": self.came, "all": entitled})
        elif self.came:
            said.append(
                ngettext("%(came)d member was there.", "%(came)d members were there.", self.came)
                % {"came": self.came}
            )
        if self.advices:
            said.append(
                ngettext("%(number)d advice.", "%(number)d advices.", self.advices) % {"number": self.advices}
            )
        return " ".join(said)

    @property
    def away(self) -> str:
        """How long it is until then."""
        days = (self.meeting.day - timezone.localdate()).days
        if days < 1:
            return _("Today.") if days == 0 else ""
        return ngettext("In %(number)d day.", "In %(number)d days.", days) % {"number": days}


def meetings_once(council: Any, *, keeps: bool) -> list[Met]:
    """The meetings of a council, the last first, read once for all of its page; who keeps it sees the planned ones too."""
    if not hasattr(council, "_met"):
        council._met = _meetings(council, keeps=keeps)
    found: list[Met] = council._met
    return found


def next_of(found: list[Met], now: dt.datetime | None = None) -> Met | None:
    """The soonest that is still to come, or going on, among those that members know of."""
    since = (now or timezone.now()) - dt.timedelta(hours=12)
    states = (Meeting.State.CONVENED, Meeting.State.RUNNING)
    coming = [one for one in found if one.meeting.state in states and one.meeting.starts_at >= since]
    return min(coming, key=lambda one: one.meeting.starts_at, default=None)


def _meetings(council: Any, *, keeps: bool) -> list[Met]:
    rows = council.meetings.select_related("location").exclude(state=Meeting.State.CANCELLED)
    if not keeps:
        rows = rows.announced()
    items = AgendaItem.objects.filter(is_closed=False).exclude(state=AgendaItem.State.DROPPED)
    came = Presence.objects.filter(membership__seat__mandate=Seat.Mandate.MEMBER)
    rows = rows.annotate(
        came=_number(came, distinct="membership"), advised=_number(Advice.objects.adopted(), distinct="pk")
    ).prefetch_related(Prefetch("items", items, to_attr="open_items"))
    for row in (found := list(rows[:MOST])):
        row.council = council
    return [Met(one, one.open_items, one.came, one.advised) for one in found]


def _number(rows: Any, *, distinct: str) -> Any:
    """How many of some rows a meeting has."""
    counted = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    number = counted.annotate(number=Count(distinct, distinct=True)).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
