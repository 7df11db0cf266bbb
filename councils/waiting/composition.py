"""What waits for who keeps a council: mandates that end, and rules that are not met or soon will not be."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access import permitted
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from councils.composition import Verdict, periods_of
from councils.makeup import DAY, Makeup, makeup_of, with_makeup
from councils.models import Council

AHEAD = dt.timedelta(days=90)  # in time for the next meeting of a municipal council that appoints


def to_look_after(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """The councils that a person keeps of which the composition asks for something; one query."""
    kept = permitted(Council.objects.of(municipality).working(today), user, "councils.keep_council")
    writes = permitted(Council.objects.filter(pk=OuterRef("pk")), user, "councils.see_gender")
    councils: Any = with_makeup(kept).annotate(sees_gender=Exists(writes)).order_by("name", "pk")
    for council in councils:
        makeup = makeup_of(council)
        if makeup.members:
            yield from _broken(council, makeup, today)
            yield from _ending(council, makeup, today)


def _entry(council: Council, title: str, detail: str, due: dt.date | None) -> WaitingEntry:
    return WaitingEntry(
        title=title, url=reverse("councils:keep", args=[council.slug]), kind=gettext_lazy("Composition"),
        due=due, detail=detail, area=council.name, is_example=council.is_example,
    )  # fmt: skip


def _broken(council: Any, makeup: Makeup, today: dt.date) -> Iterator[WaitingEntry]:
    """The first day, from today on, on which a rule is not met; of gender nothing hangs on what this person may not know."""
    for one in periods_of(makeup, today, today + AHEAD):
        told = one.judgement if council.sees_gender else one.judgement.for_others()
        if told.verdict is not Verdict.NOT_MET:
            continue
        wrong = [one.words for one in told.findings if one.counts and one.verdict is Verdict.NOT_MET]
        words = _("Put the composition of %(council)s in order")
        due = None if one.first_on == today else one.first_on - DAY
        yield _entry(council, words % {"council": council.name}, wrong[0], due)
        return


def _ending(council: Council, makeup: Makeup, today: dt.date) -> Iterator[WaitingEntry]:
    """How many with a vote leave first, unless somebody takes over by then."""
    ends = [
        one.last_on
        for one in makeup.voters(today)
        if one.last_on is not None and one.last_on <= today + AHEAD
    ]
    if not ends:
        return
    first = min(ends)
    staying = {one.person for one in makeup.voters(first + DAY)}
    number = sum(one.person not in staying for one in makeup.voters(today) if one.last_on == first)
    if number:
        words = ngettext("%(number)d mandate ends", "%(number)d mandates end", number) % {"number": number}
        yield _entry(council, _("Appoint for %(council)s") % {"council": council.name}, words, first)


waiting_sources.register(
    WaitingSource(
        name="councils.composition",
        title=gettext_lazy("Composition of councils"),
        waiting=to_look_after,
        order=60,
    )
)
