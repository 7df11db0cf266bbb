"""The meetings of a council, or of those in which a person sits, as a calendar to subscribe to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from accounts.models import CalendarAddress
from areas.current import municipality_or_404
from core.feeds import AHEAD, BEFORE, calendar_response, feed
from councils.models import Meeting, MeetingQuerySet
from councils.reading.coming import ROW, coming, entry_of_row
from councils.rules import sat_in_by
from councils.views.shared import seen


@feed
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is coming of a council."""
    council = get_object_or_404(seen(request), slug=slug)
    return _calendar(request, Meeting.objects.filter(council=council), council.name)


@cache_control(private=True, max_age=900)
@feed
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What is coming of the councils in which a person sits today: of each meeting what everybody may know, and nothing else."""
    found = CalendarAddress.objects.behind(token)
    if found is None:
        raise Http404
    councils = sat_in_by(found.user).filter(municipality=municipality_or_404(request))
    return _calendar(request, Meeting.objects.filter(council__in=councils.values("pk")), _("My councils"))


def _calendar(request: HttpRequest, meetings: MeetingQuerySet, name: str) -> HttpResponse:
    today = timezone.localdate()
    rows = coming(meetings, today - BEFORE, today + AHEAD).order_by("starts_at", "pk")
    found = [dict(zip(ROW, values, strict=True)) for values in rows.values_list(*ROW.values())]
    zone = municipality_or_404(request).zone
    return calendar_response(request, map(entry_of_row, found), name=name, zone=zone)
