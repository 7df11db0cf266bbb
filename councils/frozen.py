"""An agenda and minutes as data, the way they are frozen: the same meeting gives the same text and the same digest."""

from typing import Any

from core.digest import digest_of
from councils.models import AgendaItem, Meeting

FORMAT = 1
ITEM = ("order", "title", "text", "kind", "minutes_planned", "is_closed")


def agenda_of(meeting: Meeting) -> dict[str, Any]:
    """The agenda as JSON knows it, in one query more than the meeting with its place."""
    return {
        "format": FORMAT,
        "uuid": str(meeting.uuid),
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat() if meeting.ends_at else None,
        "place": place_of(meeting),
        "how": meeting.how,
        "is_public": meeting.is_public,
        "items": [
            _item(one) for one in meeting.items.exclude(state=AgendaItem.State.DROPPED).select_related("plan")
        ],
    }


def place_of(meeting: Meeting) -> str:
    """Where it is, in a line."""
    return meeting.location.name if meeting.location else meeting.place


def is_whole(version: Any) -> bool:
    """Whether a version of an agenda or of minutes still is what was frozen, by its digest."""
    return bool(digest_of(version.content) == version.digest)


def _item(item: AgendaItem) -> dict[str, Any]:
    told = {name: getattr(item, name) for name in ITEM}
    plan = {"uuid": str(item.plan.uuid), "name": item.plan.name} if item.plan else None
    return {"uuid": str(item.uuid), **told, "plan": plan}
