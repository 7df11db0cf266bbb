"""One's own calendar: its secret address, and what a calendar program gets there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from accounts.actions import drop_calendar_address, make_calendar_address
from accounts.models import CalendarAddress, RoleAssignment, User
from accounts.views.access import me
from areas.current import municipality_or_404
from areas.models import Area, Municipality
from core.calendar import CalendarEntry, own_calendars
from core.feeds import calendar_response, entries_around_today, feed
from core.pages import answer_button

SHOWN_ONCE = "calendar_address"  # in the session, until the page has told it
SHOWN_BESIDE = "calendar_addresses_beside"  # of the other calendars behind the same secret: title and address
MOST_AREAS = 12


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make an address for one's own calendar, or another one; the page tells it once."""
    token = make_calendar_address(by=me(request))
    path = reverse("accounts:own_calendar", args=[token])
    request.session[SHOWN_ONCE] = request.build_absolute_uri(path)
    request.session[SHOWN_BESIDE] = [
        (str(one.title), request.build_absolute_uri(one.path(token=token)))
        for one in own_calendars
        if one.is_for(user=request.user)
    ]
    return redirect(reverse("accounts:mine") + "#agenda")


@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Let the address stop working."""
    return answer_button(
        request,
        do=lambda: drop_calendar_address(by=me(request)),
        to=reverse("accounts:mine") + "#agenda",
        done=_("The address of your calendar does not work any more."),
    )


@cache_control(private=True, max_age=900)
@feed
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What is coming in the areas where a person has a role; in the whole municipality for who has none, or one everywhere.

    It holds what everybody may see: who finds the address learns of which areas somebody keeps up, and nothing else.
    """
    found = CalendarAddress.objects.behind(token)
    if found is None:
        raise Http404
    municipality = municipality_or_404(request)
    entries = _entries(found.user, municipality)
    return calendar_response(request, entries, name=_("My areas"), zone=municipality.zone)


def _entries(person: User, municipality: Municipality) -> list[CalendarEntry]:
    roles = RoleAssignment.objects.of(person).current().filter(municipality=municipality)
    keys = set(roles.values_list("area", flat=True))
    if not keys or None in keys or len(keys) > MOST_AREAS:
        return entries_around_today(municipality)
    entries = {
        entry.uid: entry
        for area in Area.objects.filter(pk__in=keys)
        for entry in entries_around_today(municipality, area=area)
    }
    return sorted(entries.values(), key=lambda entry: (entry.start, entry.uid))
