"""The codes and names by which an area is known, and those it had; all of them in one query."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from areas.models import Area, AreaCode, AreaFormerCode, AreaName
from areas.models.area import AreaQuerySet


@dataclass(frozen=True)
class Code:
    """A code in its scheme; `until` is the day of the boundaries that gave the area another one."""

    scheme: str
    code: str
    until: dt.date | None = None


@dataclass(frozen=True)
class Names:
    """How an area is known besides its name."""

    codes: list[Code]
    aliases: list[str]
    former: list[Code]


def with_names(areas: AreaQuerySet) -> AreaQuerySet:
    """Areas that bring their codes and other names along, so that `names_of` needs no query."""
    here = {"area": OuterRef("pk")}
    former = AreaFormerCode.objects.filter(**here)
    return areas.annotate(
        known_codes=ArraySubquery(
            AreaCode.objects.filter(**here).values(json=JSONObject(scheme="scheme", code="code"))
        ),
        known_aliases=ArraySubquery(AreaName.objects.filter(**here).values("name")),
        former_known=ArraySubquery(
            former.values(json=JSONObject(scheme="scheme", code="code", until="edition__reference_date"))
        ),
    )


def names_of(area: Area) -> Names:
    """How an area is known; one query, none when it came `with_names`."""
    if not hasattr(area, "known_codes"):
        area = with_names(Area.objects.filter(pk=area.pk)).get()
    former = (
        Code(one["scheme"], one["code"], dt.date.fromisoformat(one["until"]))
        for one in area.former_known  # type: ignore[attr-defined]
    )
    return Names(
        [Code(**one) for one in area.known_codes],  # type: ignore[attr-defined]
        list(area.known_aliases),  # type: ignore[attr-defined]
        list(former),
    )
