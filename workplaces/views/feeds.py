"""The days on which a location is open at other hours, to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from areas.current import municipality_or_404
from core.feeds import AHEAD, BEFORE, calendar_response, feed
from workplaces.calendar import ROW, entry_of
from workplaces.models import DayException, WorkLocation


@feed
def location_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """When a location is closed or open at other hours, as a calendar."""
    municipality = municipality_or_404(request)
    location = get_object_or_404(WorkLocation.objects.of(municipality), slug=slug)
    today = timezone.localdate()
    days = DayException.objects.filter(location=location, day__range=(today - BEFORE, today + AHEAD))
    rows = days.annotate(row=ROW).order_by("day").values_list("row", flat=True)
    entries = [entry_of(row=row) for row in rows]
    return calendar_response(request, entries, name=location.name, zone=municipality.zone)
