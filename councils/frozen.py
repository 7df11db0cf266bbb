"""An agenda and minutes as data, the way they are frozen: the same meeting gives the same text and the same digest."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from core.digest import digest_of
from core.models import Attachment
from councils.models import AgendaItem, Meeting

FORMAT = 1
ITEM = ("order", "title", "text", "kind", "minutes_planned", "is_closed")


def agenda_of(meeting: Meeting) -> dict[str, Any]:
    """The agenda with its papers as JSON knows it, in two queries more than the meeting with its place."""
    items = list(meeting.items.exclude(state=AgendaItem.State.DROPPED).select_related("plan", "advice"))
    papers = _papers([meeting.uuid, *(one.uuid for one in items)])
    return {
        "format": FORMAT,
        "uuid": str(meeting.uuid),
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat() if meeting.ends_at else None,
        "place": place_of(meeting),
        "how": meeting.how,
        "is_public": meeting.is_public,
        "items": [{**_item(one), **papers[one.uuid]} for one in items],
        **papers[meeting.uuid],
    }


def _papers(things: list[UUID]) -> defaultdict[UUID, dict[str, Any]]:
    """What each has of papers; one without says nothing of them, as agendas did before."""
    found: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)
    for file in Attachment.objects.filter(subject__in=things).select_related("file").order_by("order", "pk"):
        said = {
            "uuid": str(file.uuid),
            "title": file.title,
            "sha256": file.file.sha256,
            "is_public": file.is_public,
        }
        found[file.subject].setdefault("papers", []).append(said)
    return found


def place_of(meeting: Meeting) -> str:
    """Where it is, in a line."""
    return meeting.location.name if meeting.location else meeting.place


def is_whole(version: Any) -> bool:
    """Whether a version of an agenda or of minutes still is what was frozen, by its digest."""
    return bool(digest_of(version.content) == version.digest)


def _item(item: AgendaItem) -> dict[str, Any]:
    told = {name: getattr(item, name) for name in ITEM}
    plan = {"uuid": str(item.plan.uuid), "name": item.plan.name} if item.plan else None
    about = {"advice": {"uuid": str(item.advice.uuid), "title": item.advice.title}} if item.advice else {}
    return {"uuid": str(item.uuid), **told, "plan": plan, **about}
