"""Meetings as a list and one by one, their agenda, and the light form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.views.access import me
from core.access import open_to_all
from core.attachments import attached, attached_each
from core.digest import digest_of
from core.forms import whole_in
from core.pages import answer_button, answer_form, posted, show_form, show_list
from councils.actions import meetings, minutes
from councils.actions.light import MOST_DECISIONS
from councils.forms.evening import ChangeDecisionForm
from councils.forms.filters import MeetingFilter
from councils.forms.light import LightForm
from councils.forms.meetings import ItemForm, MeetingForm
from councils.frozen import agenda_of, place_of
from councils.models import Advice, AdviceQuerySet, AgendaItem, AgendaVersion, Approval, Decision, Meeting
from councils.models.meeting import FILES, ITEM_FILES
from councils.reading.ballots import votes_ready
from councils.reading.linked import linked_ahead, linked_of
from councils.reading.reach import reach_of
from councils.reading.record import minutes_of, public_part
from councils.register import rows_of, with_outcome
from councils.views.meeting_shared import (
    attended_or_404,
    attends,
    day_of,
    keeps,
    kept_meeting_or_404,
    meeting_or_404,
    way_back,
    way_to,
)
from councils.views.shared import kept_or_404, seen

MORE_ROWS = 3
FOUND = ngettext_lazy("%(number)d meeting", "%(number)d meetings", "number")


@open_to_all
@require_safe
def meeting_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings of a council, the last one first."""
    council = get_object_or_404(seen(request).select_related("municipality"), slug=slug)
    rows = council.meetings.select_related("location", "council")
    sits = request.user.has_perm("councils.attend", council)
    form = MeetingFilter(request.GET)
    return show_list(
        request, "councils/meetings/list.html", form.found(rows if sits else rows.announced()), words=FOUND, form=form,
        title=_("Meetings of %(council)s") % {"council": council.name}, council=council, sits=sits,
        keeps=request.user.has_perm("councils.keep_council", council),
        crumbs=[*way_back(council)[:-1], (_("Meetings"), "")],
    )  # fmt: skip


@open_to_all
@require_safe
def meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """When and where, the agenda, what was decided; who attends sees what is for members, who keeps it what to do next."""
    row = meeting_or_404(request, slug, number)
    writes = keeps(request, row)
    inside = writes or attends(request, row)
    context = {
        "meeting": row,
        "council": row.council,
        "place": place_of(row),
        "inside": inside,
        "keeps": writes,
        "files": attached(FILES, row, request.user),
        "agenda": agenda_shown(row, inside=inside, writes=writes),
        "versions": list(row.agendas.all()),
        "crumbs": way_to(row),
        "title": _("%(council)s, %(day)s") % {"council": row.council.name, "day": day_of(row)},
        **_held(request, row, inside=inside, writes=writes),
    }
    if row.state in (Meeting.State.CONVENED, Meeting.State.RUNNING) and context["agenda"]:
        context["linked"] = linked_ahead(row)
    if writes and row.opened_at is None:
        context |= _to_do(row)
    return render(request, "councils/meetings/meeting.html", context)


def agenda_shown(meeting: Meeting, *, inside: bool, writes: bool = False) -> list[Any]:
    """The items with their papers; of one behind closed doors visitors read that it is there."""
    items: list[Any] = list(meeting.items.select_related("plan", "advice"))
    shown = [one for one in items if inside or not one.is_closed]
    papers = {one.thing.pk: one for one in attached_each(ITEM_FILES, shown, reads=inside, changes=writes)}
    ready = votes_ready(meeting) if inside and not meeting.is_over else {}
    for one in items:
        one.meeting = meeting
        one.prepared = ready.get(one.pk, [])
        one.can_move = (
            writes and one.state == AgendaItem.State.WAITING and not (meeting.is_over or meeting.is_light)
        )
        one.papers = papers.get(one.pk)
        one.is_hidden = one.papers is None
        one.about = one.advice if one.advice and (inside or one.advice.number) else None
    return items


def record_of(meeting: Meeting) -> Mapping[str, Any]:
    """The minutes: as they were approved, or as they write themselves now."""
    content: Mapping[str, Any] = (
        meeting.approved_minutes.content if meeting.is_approved else minutes_of(meeting)
    )
    return content


def record_shown(meeting: Meeting, *, inside: bool) -> Mapping[str, Any]:
    """The minutes as they are shown to members, or to everybody."""
    content = record_of(meeting)
    return content if inside else public_part(content)


def _held(request: HttpRequest, meeting: Meeting, *, inside: bool, writes: bool) -> dict[str, Any]:
    """What came of a meeting that is over, and the same as linked data."""
    if not meeting.is_over:
        return {}
    content = record_of(meeting)
    if meeting.is_file:
        return {"came": [one for one in content["attendance"] if one["spans"]]}
    shown = content if inside else public_part(content)
    digest = digest_of(content)
    chairs = inside and not meeting.is_approved and request.user.has_perm("councils.chair_meeting", meeting)
    given = Advice.objects.given_in(meeting)
    shown_given = given if inside else given.exclude(vote__item__is_closed=True)
    advised: list[Advice] = list(with_outcome(shown_given).newest_first())
    held = {Approval.Role.CHAIR: chairs, Approval.Role.SECRETARY: writes and not meeting.is_approved}
    may = [(role, role.label) for role in Approval.Role if held[role]]
    return {
        "record": shown,
        "linked": linked_of(meeting, public_part(content)),
        "advices": rows_of(advised),
        "unregistered": _unregistered(shown, advised) if writes else (),
        "minutes_shown": inside or meeting.is_approved,
        "approvals": list(meeting.approvals.select_related("person")),
        "digest": digest,
        "may_approve": may,
    }


def _to_do(meeting: Meeting) -> dict[str, Any]:
    last = meeting.agendas.last()
    is_changed = last is None or last.digest != digest_of(agenda_of(meeting))
    return {"is_changed": is_changed, "reach": reach_of(meeting), "kinds": kinds_of(last), "sent": last}


def kinds_of(last: AgendaVersion | None) -> list[AgendaVersion.Kind]:
    """As what an agenda can be sent, the likeliest first: who has one gets a supplement."""
    kind = AgendaVersion.Kind
    if last is None:
        return list(kind)
    return [kind.SUPPLEMENT, kind.FINAL, *([kind.DRAFT] if last.kind != kind.FINAL else [])]


def _unregistered(record: Mapping[str, Any], given: Sequence[Advice]) -> list[str]:
    """The decisions in a record, by identifier, that are an advice of which the register of advices does not know yet.

    Without a vote nothing joins the two but their number.
    """
    told = [line.get("decision") for section in record["sections"] for line in section["lines"]]
    advised = [one for one in told if one and one["kind"] == Decision.Kind.ADVICE]
    votes = {str(one.vote.uuid) for one in given if one.vote is not None}
    counted = len([one for one in given if one.vote is None])
    bare = [one["uuid"] for one in advised if not one["vote"]]
    voted = [one["uuid"] for one in advised if one["vote"] and one["vote"] not in votes]
    return [*voted, *(bare if counted < len(bare) else [])]


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a meeting."""
    council = kept_or_404(request, slug)
    form = MeetingForm(posted(request), council=council)
    return answer_form(
        request, form, do=lambda: form.apply(by=me(request)), to=lambda row: row.get_absolute_url(),
        done=_("The meeting is planned. Put its agenda together now."), title=_("Plan a meeting"),
        back=reverse("councils:meetings", args=[slug]), crumbs=way_back(council, (_("Plan a meeting"), "")),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change when and where."""
    row = kept_meeting_or_404(request, slug, number)
    form = MeetingForm(posted(request), council=row.council, meeting=row)
    return answer_form(
        request, form, do=lambda: form.apply(by=me(request)), to=row.get_absolute_url(), done=_("Saved."),
        again=lambda now: MeetingForm(council=row.council, meeting=now), title=_("Change the meeting"),
        back=row.get_absolute_url(), crumbs=way_to(row, (_("Change the meeting"), "")),
    )  # fmt: skip


@require_POST
def meeting_do(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Send the agenda, or call the meeting off."""
    row = kept_meeting_or_404(request, slug, number)
    by, version = me(request), request.POST.get("version") or None
    if request.POST.get("do") == "cancel":
        return answer_button(
            request, do=lambda: meetings.cancel_meeting(meeting=row, by=by, version=version),
            to=row.get_absolute_url(), done=_("The meeting is called off."),
        )  # fmt: skip
    kind = request.POST.get("kind", "")
    known = kind if kind in AgendaVersion.Kind.values else AgendaVersion.Kind.DRAFT
    return answer_button(
        request, do=lambda: meetings.convene(meeting=row, by=by, kind=known), to=row.get_absolute_url(),
        done=_("The agenda is sent to the members."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, slug: str, number: int, key: int | None = None) -> HttpResponse:
    """An item of the agenda: a new one, or one that there is."""
    row = kept_meeting_or_404(request, slug, number)
    old = get_object_or_404(row.items, pk=key) if key is not None else None
    form = ItemForm(posted(request), meeting=row, item=old)
    title = _("Change the item") if old else _("Item for the agenda")
    return answer_form(
        request, form, do=lambda: form.apply(by=me(request)), to=f"{row.get_absolute_url()}#agenda",
        done=_("Saved."), again=lambda now: ItemForm(meeting=row, item=now), title=title,
        back=row.get_absolute_url(), crumbs=way_to(row, (title, "")),
    )  # fmt: skip


@require_POST
def item_do(request: HttpRequest, slug: str, number: int, key: int) -> HttpResponse:
    """Put an item one place earlier or later, or take it off."""
    row = kept_meeting_or_404(request, slug, number)
    one = get_object_or_404(row.items, pk=key)
    to, by = f"{row.get_absolute_url()}#agenda", me(request)
    if request.POST.get("do") == "remove":
        return answer_button(
            request, do=lambda: meetings.remove_item(item=one, by=by), to=to, done=_("The item is taken off.")
        )
    keys = list(row.items.values_list("pk", flat=True))
    place = keys.index(one.pk)
    other = place + (1 if request.POST.get("do") == "later" else -1)
    if 0 <= other < len(keys):
        keys[place], keys[other] = keys[other], keys[place]
    return answer_button(request, do=lambda: meetings.order_items(meeting=row, by=by, keys=keys), to=to)


@require_http_methods(["GET", "HEAD", "POST"])
def light_form(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A meeting that was held, on one page."""
    council = kept_or_404(request, slug)
    row = kept_meeting_or_404(request, slug, number) if number is not None else None
    if row is not None:
        row.council = council
    rows = whole_in(request.POST.get("rows", "")) or 3
    title = _("Short minutes")
    rows += MORE_ROWS * ("more" in request.POST)
    asked: dict[str, Any] = {
        "council": council, "meeting": row, "rows": min(rows, MOST_DECISIONS), "files": request.FILES, "owner": me(request).uuid,
    }  # fmt: skip
    page: dict[str, Any] = {
        "title": title, "lead": _("Four things, five minutes. Your own minutes stay as you wrote them."),
        "template": "councils/meetings/light.html", "button": _("Save the minutes"),
        "back": row.get_absolute_url() if row else reverse("councils:meetings", args=[slug]),
        "crumbs": way_back(council, (title, "")), "files": attached(FILES, row, request.user).files if row else [],
    }  # fmt: skip
    if request.method == "POST" and {"people", "more"} & set(request.POST):
        return show_form(request, LightForm(typed=request.POST, **asked), **page)
    form = LightForm(posted(request), **asked)
    return answer_form(
        request, form, do=lambda: form.apply(by=me(request)), to=lambda now: now.get_absolute_url() + "#bestanden",
        done=_("Saved. Let the chair and the secretary approve."),
        again=lambda now: LightForm(council=council, meeting=now, rows=rows),
        shown_at={"starts_at": "day", "ends_at": "ends"}, **page,
    )  # fmt: skip


@require_POST
def approve(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Approve the minutes as chair or as secretary."""
    row = attended_or_404(request, slug, number)
    role = request.POST.get("role", "")
    if role not in Approval.Role.values:
        raise Http404
    digest = request.POST.get("digest", "")
    return answer_button(
        request, do=lambda: minutes.approve_minutes(meeting=row, by=me(request), role=role, digest=digest),
        to=f"{row.get_absolute_url()}#verslag", done=_("Approved, with the moment and the checksum."),
    )  # fmt: skip


@open_to_all
@require_safe
def decision(request: HttpRequest, slug: str, year: int, serial: int) -> HttpResponse:
    """The extract: one decision with its meeting and its vote."""
    found = decision_or_404(request, slug, year, serial)
    title = _("Decision %(number)s of %(council)s") % {
        "number": found.full_number,
        "council": found.council.name,
    }
    context = {
        **extract_of(found),
        "title": title,
        "may_change": keeps(request, found.meeting) and not found.meeting.is_approved,
        "advices": rows_of(with_outcome(_became(found)).newest_first()),
        "crumbs": way_to(found.meeting, (found.full_number, "")),
    }
    return render(request, "councils/meetings/decision.html", context)


def decision_change(request: HttpRequest, slug: str, year: int, serial: int) -> HttpResponse:
    """Put the words of a decision right, until the minutes are approved."""
    found = decision_or_404(request, slug, year, serial)
    if not keeps(request, found.meeting):
        raise Http404
    form = ChangeDecisionForm(posted(request), decision=found)
    return answer_form(
        request, form, do=lambda: form.apply(by=me(request)), to=found, done=_("Saved."),
        again=lambda now: ChangeDecisionForm(decision=now), back=found.get_absolute_url(),
        title=_("Change decision %(number)s") % {"number": found.full_number},
        crumbs=way_to(found.meeting, (found.full_number, found.get_absolute_url()), (_("Change"), "")),
    )  # fmt: skip


def _became(found: Decision) -> AdviceQuerySet:
    """The advices that a decision was about: those of its vote, or of its meeting when it had none."""
    if found.kind != Decision.Kind.ADVICE:
        return Advice.objects.none()
    given = Advice.objects.given_in(found.meeting)
    return given.filter(vote=found.vote) if found.vote_id else given.filter(vote=None)


def decision_or_404(request: HttpRequest, slug: str, year: int, serial: int) -> Decision:
    """A decision that a person may read: of a meeting that is over and not behind closed doors, or of their council."""
    rows = Decision.objects.select_related(
        "meeting__council__municipality", "meeting__location", "item", "vote"
    ).prefetch_related("meeting__council__areas")
    rows = rows.filter(council__in=seen(request), council__slug=slug, year=year, number=serial)
    found = get_object_or_404(rows)
    inside = attends(request, found.meeting)
    if not inside and not Decision.objects.public().filter(pk=found.pk).exists():
        raise Http404
    return found


def extract_of(found: Decision) -> dict[str, Any]:
    """What an extract says, on the page and on paper."""
    content = record_of(found.meeting)
    lines = [line for section in content["sections"] for line in section["lines"]]
    told = next(line for line in lines if line.get("decision", {}).get("uuid") == str(found.uuid))
    vote = next(
        (one for one in lines if "vote" in one and one["vote"]["uuid"] == told["decision"]["vote"]), None
    )
    return {
        "decision": found,
        "meeting": found.meeting,
        "council": found.meeting.council,
        "vote": vote,
        "told": told,
        "record": content,
    }
