"""A street with its house numbers, by the area they lie in."""

import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from areas.addresses.words import street_key
from areas.models import Area, Municipality
from areas.models.edition import IN_FORCE

# One row a house; a house on a border belongs to the area whose name comes first, as for any point.
HOUSES = f"""
WITH level AS (
    SELECT edition.id
    FROM areas_areaedition edition
    JOIN areas_areakind kind ON kind.id = edition.kind_id
    WHERE kind.municipality_id = %(municipality)s AND {IN_FORCE}
    ORDER BY kind.is_working_level DESC, kind.rank DESC
    LIMIT 1
)
SELECT DISTINCT ON (address.number_key, address.postcode)
    address.uuid, address.street, address.house_number, address.postcode, address.locality,
    area.id, area.name, area.slug, area.path, area.box
FROM areas_address address
LEFT JOIN LATERAL (
    SELECT area.id, area.name, area.slug, shape.path, shape.box
    FROM areas_areashape shape
    JOIN areas_area area ON area.id = shape.area_id
    WHERE shape.edition_id = (SELECT id FROM level) AND ST_Intersects(shape.geom, address.point)
    ORDER BY area.name, area.slug
    LIMIT 1
) area ON true
WHERE address.municipality_id = %(municipality)s AND address.street_key = %(street)s
    AND (%(locality)s = '' OR address.locality = %(locality)s)
ORDER BY address.number_key, address.postcode, address.box
"""  # noqa: S608 (our own words)


@dataclass(frozen=True)
class House:
    """A number in a street."""

    address: uuid.UUID
    number: str


@dataclass
class StreetPart:
    """The numbers of a street that lie in one area; without an area they lie outside every boundary."""

    name: str
    slug: str
    path: str
    box: str
    houses: list[House] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The page of the area."""
        return Area(slug=self.slug).get_absolute_url()


@dataclass(frozen=True)
class Street:
    """A street as the register writes it, with its parts by the name of their area."""

    name: str
    place: str
    parts: list[StreetPart]

    @property
    def count(self) -> int:
        """In how many areas it lies."""
        return sum(1 for part in self.parts if part.slug)


def street_of(municipality: Municipality, name: str, locality: str) -> Street | None:
    """The street with this name in a village (in all of them when none is named); None when there is none. One query."""
    asked: dict[str, Any] = {
        "municipality": municipality.pk,
        "street": street_key(name),
        "locality": locality,
    }
    with connection.cursor() as cursor:
        cursor.execute(HOUSES, asked)
        rows = cursor.fetchall()
    if not rows:
        return None
    parts: dict[int | None, StreetPart] = {}
    for identifier, _street, number, _postcode, _locality, area, title, slug, path, box in rows:
        part = parts.setdefault(area, StreetPart(title or "", slug or "", path or "", box or ""))
        part.houses.append(House(identifier, number))
    for part in parts.values():
        part.houses.sort(key=lambda house: in_order(house.number))
    places = sorted({f"{row[3]} {row[4]}".strip() for row in rows})
    found = sorted(parts.values(), key=lambda part: (not part.slug, part.name))
    return Street(str(rows[0][1]), ", ".join(places), found)


def in_order(number: str) -> tuple[int, str]:
    """House numbers as one walks along them: 2, 10, 10A."""
    digits = re.match(r"\d+", number)
    return (int(digits[0]) if digits else 0, number)
