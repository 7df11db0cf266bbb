"""The parameters of a question, read and checked; one that the description does not name is refused, as the standard wants."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from areas.bbox import BadBbox, corners_from
from areas.ogc.problems import Problem, bad
from core.layers import Box

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
JSON, HTML = "json", "html"
LIMIT, MOST = 100, 10_000
NUMBER = re.compile(r"[0-9]{1,9}")
DAY = "(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
MOMENT = f"{DAY}(T{CLOCK})?"
MOMENTS = rf"^({MOMENT}|({MOMENT}|\.\.)?/({MOMENT}|\.\.)?)$"  # as the description has it too
OPEN = ("", "..")

ANYWHERE = frozenset({"f"})
OF_A_FEATURE = ANYWHERE | {"crs"}
OF_ITEMS = OF_A_FEATURE | {"bbox", "bbox-crs", "datetime", "limit", "offset"}


@dataclass(frozen=True, kw_only=True)
class ItemsQuestion:
    """Which features of a collection: `asked` holds what narrows them, as it was asked."""

    limit: int
    offset: int
    box: Box | None
    until: dt.datetime | None
    asked: dict[str, str]

    def parameters(self, offset: int) -> dict[str, Any]:
        """The same question, from another feature on."""
        return self.asked | ({"offset": offset} if offset else {})


def check_known(given: QueryDict, known: frozenset[str]) -> None:
    """Refuse what the description does not name, and what is asked twice."""
    for name, values in given.lists():
        if name not in known:
            raise bad(_("There is no parameter “%(name)s” here.") % {"name": name[:40]})
        if len(values) > 1:
            raise bad(_("The parameter “%(name)s” is there more than once.") % {"name": name})


def asked_format(given: QueryDict) -> str:
    """The format that `f` names, or none."""
    if given.get("f", JSON) not in (JSON, HTML):
        raise bad(_("f is json or html."))
    return given.get("f", "")


def check_crs(given: QueryDict) -> None:
    """Everything is in longitude and latitude; who wants another system is told so."""
    for name in ("crs", "bbox-crs"):
        if given.get(name, CRS84) != CRS84:
            raise bad(_("%(name)s can only be %(crs)s.") % {"name": name, "crs": CRS84})


def asked_items(parameters: QueryDict) -> ItemsQuestion:
    """The question for features of a collection."""
    check_crs(parameters)
    given = {name: str(value) for name, value in parameters.items()}
    until = _until(given["datetime"]) if "datetime" in given else None
    return ItemsQuestion(
        limit=min(_number(given, "limit", default=LIMIT, least=1), MOST),
        offset=_number(given, "offset", default=0, least=0),
        box=_box(given["bbox"]) if "bbox" in given else None,
        until=until,
        asked={name: given[name] for name in ("bbox", "datetime", "limit") if name in given},
    )


def _number(given: dict[str, str], name: str, *, default: int, least: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not NUMBER.fullmatch(text) or int(text) < least:
        raise bad(_("%(name)s is a whole number, %(least)d or more.") % {"name": name, "least": least})
    return int(text)


def _box(text: str) -> Box:
    try:
        return corners_from(text, with_heights=True)
    except BadBbox as refused:
        raise bad(str(refused)) from None


def _until(text: str) -> dt.datetime | None:
    """The last moment of an instant or interval; none when it is open."""
    if not re.fullmatch(MOMENTS, text):
        raise _no_moment()
    first, slash, last = text.partition("/")
    start = None if first in OPEN else _moment(first)
    end = _moment(last if slash else first, ends=True) if (last or not slash) and last != ".." else None
    if start and end and start > end:
        raise bad(_("datetime ends before it starts."))
    return end


def _moment(text: str, *, ends: bool = False) -> dt.datetime:
    """A moment of RFC 3339, or a day: its first moment, or its last."""
    try:
        if "T" in text:
            return dt.datetime.fromisoformat(text)
        clock = dt.time.max if ends else dt.time.min
        return dt.datetime.combine(dt.date.fromisoformat(text), clock, dt.UTC)
    except ValueError:  # the thirtieth of February
        raise _no_moment() from None


def _no_moment() -> Problem:
    return bad(_("datetime is a moment such as 2026-01-31T12:00:00Z, or two with a slash between them."))
