"""What is coming in an area, and what is new there, to subscribe to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from areas.current import municipality_or_404
from areas.models import Area
from core.feeds import NewsFeed, calendar_response, entries_around_today, feed


@feed
def area_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """What is coming in an area, as a calendar."""
    municipality = municipality_or_404(request)
    area = get_object_or_404(Area.objects.of(municipality), slug=slug)
    entries = entries_around_today(municipality, area=area)
    return calendar_response(request, entries, name=area.name, zone=municipality.zone)


@feed
def area_news(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new in an area, as RSS."""
    municipality = municipality_or_404(request)
    area = get_object_or_404(Area.objects.of(municipality), slug=slug)
    news = NewsFeed(
        request, municipality=municipality, area=area, name=area.name, link=area.get_absolute_url()
    )
    return news(request)
