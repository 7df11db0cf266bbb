"""Votes that are prepared before the evening: what is asked and how it is counted stands ready at the item."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.access import me
from core.pages import answer_button, answer_form, posted
from councils.actions import voting
from councils.forms.evening import PreparedForm
from councils.models import AgendaItem, Meeting, Vote
from councils.reading.roll import roll_of
from councils.views.meeting_shared import kept_meeting_or_404, way_to


def _item(meeting: Meeting, key: int) -> AgendaItem:
    found = get_object_or_404(meeting.items, pk=key)
    found.meeting = meeting
    return found


def _vote(item: AgendaItem, key: int) -> Vote:
    found = get_object_or_404(Vote.objects.filter(item=item), pk=key)
    found.item = item
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, slug: str, number: int, key: int, vote: int | None = None) -> HttpResponse:
    """Prepare a vote at an item, or change one that is not open yet."""
    row = kept_meeting_or_404(request, slug, number)
    item = _item(row, key)
    old = _vote(item, vote) if vote is not None else None
    by_rule = voting.by_rule(roll_of(row))
    form = PreparedForm(posted(request), by_rule=by_rule, vote=old)
    title = _("Change the vote") if old else _("Prepare a vote")
    return answer_form(
        request, form, do=lambda: form.apply(item=item, by=me(request)), to=item.get_absolute_url(),
        done=_("The vote stands ready for the evening."), title=title, lead=f"{item.order}. {item.title}",
        again=lambda now: PreparedForm(by_rule=by_rule, vote=now), back=row.get_absolute_url(),
        crumbs=way_to(row, (title, "")),
    )  # fmt: skip


@require_POST
def vote_remove(request: HttpRequest, slug: str, number: int, key: int, vote: int) -> HttpResponse:
    """Take a prepared vote away."""
    row = kept_meeting_or_404(request, slug, number)
    item = _item(row, key)
    found = _vote(item, vote)
    return answer_button(
        request, do=lambda: voting.remove_vote(vote=found, by=me(request)), to=item.get_absolute_url(),
        done=_("The vote is taken away."),
    )  # fmt: skip
