"""The screen of an evening: one list of who is there and how they vote, beside it the minutes that write themselves.

Every tap is one verb; htmx takes the whole part anew, so that two people see the same. What is being typed is kept in its field.
"""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.views.access import me
from core.forms import whole_in
from core.pages import is_part, show
from core.verbs import Refused
from councils.actions import blocks, evening, meetings, minutes, voting
from councils.forms.evening import AgreementForm, DecisionForm, TextForm, VoteForm, papers_in
from councils.models import AgendaItem, Meeting, Membership, Vote, Voter
from councils.reading.onscreen import screen_of
from councils.reading.roll import roll_of
from councils.reading.textblocks import blocks_of
from councils.views.meeting_shared import (
    ROWS,
    attended_or_404,
    day_of,
    keeps,
    kept_meeting_or_404,
    way_to,
)

TEMPLATE = "councils/meetings/evening.html"
ASKED = re.compile(r"[a-z_]+(:[a-z0-9_]*){0,3}")


@require_safe
def screen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The evening as it is now; who sits in the council looks on."""
    return _show(request, attended_or_404(request, slug, number))


def _show(
    request: HttpRequest,
    meeting: Meeting,
    *,
    said: str = "",
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    roll = roll_of(meeting)
    by_rule = voting.by_rule(roll)
    context = {
        "meeting": meeting, "council": meeting.council, "screen": screen_of(meeting, roll), "keeps": keeps(request, meeting),
        "said": said, "now": timezone.now(), "crumbs": way_to(meeting, (_("The evening"), "")),
        "title": _("%(council)s, %(day)s") % {"council": meeting.council.name, "day": day_of(meeting)},
        "text_form": TextForm(auto_id="line_%s"), "decision_form": DecisionForm(auto_id="decision_%s"),
        "agreement_form": AgreementForm(roll=roll), "vote_form": VoteForm(by_rule=by_rule), **(forms or {}),
    }  # fmt: skip
    if context["keeps"] and meeting.opened_at is not None and not meeting.is_approved:
        context["blocks"] = blocks_of(meeting.council)
    return show(request, TEMPLATE, context, status=status)


@require_POST
def do(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One tap: `do` names the verb and what it is about ("in:12", "choose:5:for:")."""
    meeting = kept_meeting_or_404(request, slug, number)
    asked = request.POST.get("do", "")
    word, *about = asked.split(":") if ASKED.fullmatch(asked) else [""]
    if word not in DOES:
        raise Http404
    forms: dict[str, Any] = {}
    said = ""
    try:
        DOES[word](Tap(request, meeting, me(request), about, forms))
    except PermissionDenied:
        raise Http404 from None
    except ValidationError as error:
        said = " ".join(error.messages)
    if not is_part(request):
        if said and not forms:
            messages.error(request, said)
        if not forms:
            return redirect(reverse("councils:evening", args=[slug, number]))
    fresh = get_object_or_404(ROWS, pk=meeting.pk)
    fresh.council = meeting.council
    return _show(request, fresh, said=said, forms=forms, status=422 if said else 200)


class Tap:
    """What a tap is about: the meeting, who taps, the numbers in it; a form that does not fit goes back into `forms`."""

    def __init__(
        self, request: HttpRequest, meeting: Meeting, by: User, about: list[str], forms: dict[str, Any]
    ) -> None:
        self.request, self.meeting, self.by, self.about, self.forms = request, meeting, by, about, forms

    def key(self, place: int = 0) -> int:
        """A number in it."""
        key = whole_in(self.word(place))
        if key is None:
            raise Http404
        return key

    def word(self, place: int) -> str:
        """A word in it."""
        return self.about[place] if place < len(self.about) else ""

    def member(self, key: int | None = None) -> Membership:
        """The member that it is about."""
        rows = Membership.objects.filter(council=self.meeting.council_id)
        return get_object_or_404(rows, pk=self.key() if key is None else key)

    def item(self) -> AgendaItem:
        """The item that it is about."""
        item: AgendaItem = self.own(get_object_or_404(self.meeting.items, pk=self.key()))
        return item

    def vote(self) -> Vote:
        """The vote that it is about."""
        rows = Vote.objects.filter(item__meeting=self.meeting).select_related("item")
        vote = get_object_or_404(rows, pk=self.key())
        vote.item = self.own(vote.item)
        return vote

    def own(self, row: Any) -> Any:
        """A row of the meeting, which knows it as it was read."""
        row.meeting = self.meeting
        return row

    def filled(self, name: str, form: Form) -> dict[str, Any]:
        """What a form holds; raises ValidationError and keeps the form for the page when it does not fit."""
        if form.is_valid():
            return form.cleaned_data
        self.forms[name] = form
        words = [
            f"{form[field].label if field in form.fields else ''}: {' '.join(map(str, errors))}"
            for field, errors in form.errors.items()
        ]
        raise ValidationError(words)

    def with_form(self, name: str, form: Form, verb: Callable[..., Any]) -> None:
        """Call a verb with what a form holds; what it refuses keeps the form for the page."""
        told = self.filled(name, form)
        try:
            verb(told)
        except ValidationError:
            self.forms[name] = form
            raise


def _vote_new(tap: Tap) -> None:
    form = VoteForm(tap.request.POST, by_rule={})
    item = tap.item()
    tap.with_form(
        "vote_form", form, lambda told: voting.prepare_vote(item=item, by=tap.by, values=form.values())
    )


def _close_vote(tap: Tap) -> None:
    vote = tap.vote()
    if vote.how == Vote.How.SECRET:
        tap.forms["papers"] = tap.request.POST
        voting.close_vote(vote=vote, by=tap.by, papers=papers_in(tap.request.POST, vote))
        del tap.forms["papers"]
    elif vote.how == Vote.How.AGREEMENT:
        voting.close_vote(vote=vote, by=tap.by, is_agreed=tap.word(1) != "no")
    else:
        voting.close_vote(vote=vote, by=tap.by, silent=tap.word(1) == "silent")


def _choose(tap: Tap) -> None:
    rows = Voter.objects.filter(vote__item__meeting=tap.meeting).select_related("vote__item")
    voter = get_object_or_404(rows, pk=tap.key())
    voter.vote.item = tap.own(voter.vote.item)
    voting.choose(voter=voter, by=tap.by, choice=tap.word(1), seen=tap.word(2))


def _line(tap: Tap) -> None:
    form = TextForm(tap.request.POST, auto_id="line_%s")
    tap.with_form(
        "text_form",
        form,
        lambda told: minutes.add_line(meeting=tap.meeting, by=tap.by, values=told, item=_item_said(tap)),
    )


def _item_said(tap: Tap) -> AgendaItem | None:
    """The item that was chosen beside the text: after the meeting there is none that goes on."""
    key = whole_in(tap.request.POST.get("item", ""))
    return get_object_or_404(tap.meeting.items, pk=key) if key is not None else None


def _block(tap: Tap) -> None:
    blocks.put_block(meeting=tap.meeting, key=tap.word(0), by=tap.by, item=_item_said(tap))


def _decide(tap: Tap) -> None:
    form = DecisionForm(tap.request.POST, auto_id="decision_%s")
    tap.with_form(
        "decision_form",
        form,
        lambda told: minutes.decide(meeting=tap.meeting, by=tap.by, values=told, item=_item_said(tap)),
    )


def _agree(tap: Tap) -> None:
    form: Any = AgreementForm(tap.request.POST, roll=roll_of(tap.meeting))
    tap.with_form(
        "agreement_form",
        form,
        lambda told: minutes.agree_on(meeting=tap.meeting, by=tap.by, values=told, item=_item_said(tap)),
    )


def _rewrite(tap: Tap) -> None:
    line = tap.own(get_object_or_404(tap.meeting.lines, pk=tap.key()))
    values = {"text": tap.request.POST.get("text", "").strip()}
    minutes.change_line(line=line, by=tap.by, values=values, version=tap.request.POST.get("version") or None)


def _proxy(tap: Tap) -> None:
    keys = [whole_in(tap.request.POST.get(name, "")) for name in ("giver", "holder")]
    if None in keys:
        raise Refused(_("Choose who gives the proxy, and to whom."), "choose")
    giver, holder = (tap.member(key) for key in keys)
    evening.give_proxy(meeting=tap.meeting, giver=giver, holder=holder, by=tap.by)


def _unproxy(tap: Tap) -> None:
    proxy = tap.own(get_object_or_404(tap.meeting.proxies, pk=tap.key()))
    evening.withdraw_proxy(proxy=proxy, by=tap.by)


def _item_new(tap: Tap) -> None:
    title = tap.request.POST.get("title", "").strip()
    meetings.add_item(meeting=tap.meeting, by=tap.by, values={"title": title})


DOES: dict[str, Callable[[Tap], Any]] = {
    "open": lambda tap: evening.open_meeting(meeting=tap.meeting, by=tap.by),
    "close": lambda tap: evening.close_meeting(meeting=tap.meeting, by=tap.by),
    "item": lambda tap: evening.go_to(item=tap.item(), by=tap.by),
    "drop": lambda tap: evening.drop_item(item=tap.item(), by=tap.by),
    "item_new": _item_new,
    "in": lambda tap: evening.come_in(meeting=tap.meeting, membership=tap.member(), by=tap.by),
    "all_in": lambda tap: evening.all_come_in(meeting=tap.meeting, by=tap.by),
    "out": lambda tap: evening.go_out(meeting=tap.meeting, membership=tap.member(), by=tap.by),
    "conflict": lambda tap: evening.go_out(meeting=tap.meeting, membership=tap.member(), by=tap.by, why="conflict"),
    "excuse": lambda tap: evening.excuse(meeting=tap.meeting, membership=tap.member(), by=tap.by),
    "proxy": _proxy,
    "unproxy": _unproxy,
    "pause": lambda tap: evening.adjourn(meeting=tap.meeting, by=tap.by),
    "resume": lambda tap: evening.resume(meeting=tap.meeting, by=tap.by),
    "vote_new": _vote_new,
    "vote_open": lambda tap: voting.open_vote(vote=tap.vote(), by=tap.by),
    "vote_back": lambda tap: voting.take_back_vote(vote=tap.vote(), by=tap.by),
    "vote_away": lambda tap: voting.remove_vote(vote=tap.vote(), by=tap.by),
    "vote_close": _close_vote,
    "choose": _choose,
    "rest": lambda tap: voting.choose_rest(vote=tap.vote(), by=tap.by),
    "line": _line,
    "block": _block,
    "rewrite": _rewrite,
    "decide": _decide,
    "agree": _agree,
}  # fmt: skip
