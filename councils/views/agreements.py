"""What a council agreed that somebody will do: what is late first, ticked off here by who keeps the council or who does it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.views.access import me
from core.pages import answer_button, show_list
from councils.actions.minutes import tick_off
from councils.models import Agreement
from councils.views.meeting_shared import way_back
from councils.views.shared import seen

FOUND = ngettext_lazy("%(number)d thing agreed", "%(number)d things agreed", "number")


@require_safe
def agreement_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything for who sits in the council or keeps it; for somebody else what they took upon them, if there is such."""
    council = get_object_or_404(seen(request).select_related("municipality"), slug=slug)
    keeps = request.user.has_perm("councils.keep_council", council)
    rows = Agreement.objects.filter(meeting__council=council)
    inside = keeps or request.user.has_perm("councils.attend", council)
    if not inside:
        rows = rows.owned_by(request.user)
        if not rows.exists():
            raise Http404
    found = rows.select_related("who__person", "item", "meeting__council").in_order()
    return show_list(
        request, "councils/meetings/agreements.html", found, words=FOUND, council=council,
        beside=lambda shown: {"shown": _shown(shown, request.user, keeps=keeps, inside=inside)},
        title=_("What %(council)s agreed") % {"council": council.name}, crumbs=way_back(council, (_("What was agreed"), "")),
    )  # fmt: skip


def _shown(rows: Sequence[Agreement], user: Any, *, keeps: bool, inside: bool) -> list[dict[str, Any]]:
    """Each with its state; of an item behind closed doors who no longer sits in the council reads not what it is called."""
    today = timezone.localdate()
    heads = {"late": _("Late"), "open": _("To do"), "done": _("Done")}
    found = []
    for one in rows:
        state = "done" if one.done_on else "late" if one.is_late(today) else "open"
        names_item = one.item is not None and (inside or not one.item.is_closed)
        is_own = one.who is not None and one.who.person.user_id == user.pk
        found.append(
            {
                "row": one,
                "state": state,
                "head": heads[state],
                "is_own": is_own,
                "may_tick": keeps or is_own,
                "names_item": names_item,
            }
        )
    return found


@require_POST
def agreement_tick(request: HttpRequest, slug: str, identifier: UUID) -> HttpResponse:
    """Say that it is done, or not after all."""
    rows = Agreement.objects.select_related("meeting").filter(meeting__council__in=seen(request))
    found = get_object_or_404(rows, meeting__council__slug=slug, uuid=identifier)
    done = request.POST.get("do") != "undo"
    return answer_button(
        request,
        do=lambda: tick_off(
            agreement=found, by=me(request), done=done, version=request.POST.get("version") or None
        ),
        to=reverse("councils:agreements", args=[slug]),
        done=_("Ticked off.") if done else _("It is open again."),
    )
