"""What an edition changes to areas apart from their boundaries, kept so that it can be taken back."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection

from areas.models import (
    Area,
    AreaCode,
    AreaEdition,
    AreaFormerCode,
    AreaKind,
    AreaName,
    AreaSuccession,
    EditionUndo,
)

# One statement: with a thousand names a CASE of as many branches costs more than all else of it.
RENAME = """
UPDATE areas_area SET name = given.name, retired_by_id = given.retired_by
FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS given (id, name, retired_by)
WHERE areas_area.id = given.id
"""


@dataclass
class Undo:
    """What was there before, by the numbers of areas: names (and the name that was given), who retired them, codes."""

    areas: dict[int, dict[str, Any]] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    aliases: list[int] = field(default_factory=list)
    created: list[int] = field(default_factory=list)
    retired: list[int] = field(default_factory=list)

    def note(self, area: Area, given: str) -> None:
        """Remember an area before it gets a name or comes back."""
        self.areas[area.pk] = {"name": area.name, "given": given, "retired_by": area.retired_by_id}

    def keep(self, edition: AreaEdition) -> None:
        """Keep the record with its edition."""
        EditionUndo.objects.create(edition=edition, record=asdict(self))

    @classmethod
    def of(cls, edition: AreaEdition) -> "Undo | None":
        """The record of an edition; None when it came into force before records were kept."""
        kept = EditionUndo.objects.filter(edition=edition).first()
        if kept is None:
            return None
        record: dict[str, Any] = kept.record
        return cls(
            **{
                **record,
                "areas": {int(pk): before for pk, before in record["areas"].items()},
                "codes": {int(pk): code for pk, code in record["codes"].items()},
            }
        )

    @property
    def returned(self) -> list[int]:
        """The areas that were retired before the edition, and are retired again without it."""
        return [pk for pk, before in self.areas.items() if before["retired_by"]]

    def apply(self, edition: AreaEdition) -> None:
        """Put everything back; areas that exist in this edition only retire by it."""
        AreaSuccession.objects.filter(edition=edition).delete()
        Area.objects.filter(pk__in=self.retired).update(retired_by=None)
        Area.objects.filter(pk__in=self.created).update(retired_by=edition)
        AreaName.objects.filter(pk__in=self.aliases).delete()
        self._put_back_names()
        AreaFormerCode.objects.filter(edition=edition).delete()
        # A new area may have got the code that another one had to give up; that one takes it back.
        taken = AreaCode.objects.filter(area__in=self.created, scheme=edition.kind.scheme)
        taken.filter(code__in=self.codes.values()).delete()
        recode(edition.kind, self.codes)

    def _put_back_names(self) -> None:
        """A name that somebody gave by hand since then stays."""
        areas = Area.objects.select_for_update().in_bulk(self.areas)
        for pk, area in areas.items():
            before = self.areas[pk]
            area.name = before["name"] if area.name == before["given"] else area.name
            area.retired_by_id = before["retired_by"]
        rename(areas.values())


def rename(areas: Collection[Area]) -> None:
    """Write the names of areas, and which edition retired them."""
    if areas:
        rows = zip(*((area.pk, area.name, area.retired_by_id) for area in areas), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(RENAME, [list(column) for column in rows])


def recode(kind: AreaKind, codes: Mapping[int, str]) -> None:
    """Give areas another code in the scheme of their kind; codes may change places."""
    rows = list(AreaCode.objects.select_for_update().filter(area__in=codes, scheme=kind.scheme))
    for row in rows:  # out of the way first: the database allows no code twice, not even for a moment
        row.code = f"\N{SECTION SIGN}{row.pk}"
    AreaCode.objects.bulk_update(rows, ["code"])
    for row in rows:
        row.code = codes[row.area_id]
    AreaCode.objects.bulk_update(rows, ["code"])
