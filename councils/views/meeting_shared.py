"""What every page of meetings needs: which meeting, who may read what of it, and the way back."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.access import permitted_or_404
from councils.models import Council, Meeting
from councils.views.shared import crumbs, seen

ROWS = Meeting.objects.select_related("council__municipality", "location")


def meeting_or_404(request: HttpRequest, slug: str, number: int) -> Meeting:
    """A meeting that a person may know of: planned ones are for who keeps or attends the council."""
    council = get_object_or_404(seen(request), slug=slug)
    meeting = get_object_or_404(ROWS.filter(council=council), number=number)
    if meeting.state == Meeting.State.PLANNED and not attends(request, meeting):
        raise Http404
    return meeting


def kept_meeting_or_404(request: HttpRequest, slug: str, number: int) -> Meeting:
    """A meeting of a council that the person keeps."""
    return attended_or_404(request, slug, number, "councils.keep_meeting")


def attended_or_404(
    request: HttpRequest, slug: str, number: int, permission: str = "councils.attend_meeting"
) -> Meeting:
    """A meeting of a council in which the person sits, or that they keep."""
    rows = ROWS.filter(council__in=seen(request), council__slug=slug)
    return permitted_or_404(rows, request.user, permission, number=number)


def attends(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether a person reads what is for members."""
    return request.user.has_perm("councils.attend_meeting", meeting)


def keeps(request: HttpRequest, meeting: Meeting) -> bool:
    """Whether a person writes."""
    return request.user.has_perm("councils.keep_meeting", meeting)


def day_of(meeting: Meeting) -> str:
    """Its day in words."""
    return date_format(meeting.day, "j F Y")


def way_back(council: Council, *more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The council, its meetings, and what lies between."""
    return crumbs(
        (council.name, council.get_absolute_url()),
        (_("Meetings"), reverse("councils:meetings", args=[council.slug])),
        *more,
    )


def way_to(meeting: Meeting, *more: tuple[str, str]) -> list[tuple[str, Any]]:
    """The meeting, and what lies between."""
    return way_back(meeting.council, (day_of(meeting), meeting.get_absolute_url() if more else ""), *more)
