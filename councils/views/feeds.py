"""The meetings of a council as a calendar to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from areas.current import municipality_or_404
from core.feeds import AHEAD, BEFORE, calendar_response, feed
from councils.models import Meeting
from councils.reading.coming import ROW, coming, entry_of_row
from councils.views.shared import seen


@feed
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is coming of a council."""
    council = get_object_or_404(seen(request), slug=slug)
    today = timezone.localdate()
    rows = coming(Meeting.objects.filter(council=council), today - BEFORE, today + AHEAD).order_by(
        "starts_at", "pk"
    )
    found = [dict(zip(ROW, values, strict=True)) for values in rows.values_list(*ROW.values())]
    zone = municipality_or_404(request).zone
    return calendar_response(request, map(entry_of_row, found), name=council.name, zone=zone)
