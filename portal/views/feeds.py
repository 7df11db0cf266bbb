"""What is coming in the whole municipality, and what is new, to subscribe to."""

from django.http import HttpRequest, HttpResponse

from areas.current import municipality_or_404
from core.feeds import NewsFeed, calendar_response, entries_around_today, feed


@feed
def calendar(request: HttpRequest) -> HttpResponse:
    """What is coming in the municipality, as a calendar."""
    municipality = municipality_or_404(request)
    entries = entries_around_today(municipality)
    return calendar_response(request, entries, name=municipality.name, zone=municipality.zone)


@feed
def news(request: HttpRequest) -> HttpResponse:
    """What is new in the municipality, as RSS."""
    municipality = municipality_or_404(request)
    found = NewsFeed(request, municipality=municipality, area=None, name=municipality.name, link="/")
    return found(request)
