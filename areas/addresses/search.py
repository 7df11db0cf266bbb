"""Addresses and streets as answers to what a person types, a typing error included.

A house that is there leads to its area; a street leads to its area, or to the page where one chooses the number when it
lies in more than one.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from areas.addresses.words import TypedAddress, box_key, street_words, taken_apart
from areas.models import Municipality
from areas.models.address import address_line
from areas.models.edition import IN_FORCE
from core.search import Hit

SHORTEST = 2
STREET = 0.92  # a street below an area of exactly that name
WITHOUT_NUMBER = 0.9  # the street of a number that is not there: one to choose, not to be led to

# Which addresses are alike is told by their index; where they lie by the boundaries of the level of area-based work.
FIND = f"""
WITH alike AS MATERIALIZED (
    SELECT uuid, street, street_key, house_number, number_key, box, postcode, locality, point, CASE
        WHEN street_key = %(key)s THEN 1.0
        WHEN starts_with(street_key, %(key)s) THEN 0.85
        ELSE 0.8 * greatest(similarity(street_key, %(key)s), word_similarity(%(words)s, words))
    END * CASE
        WHEN %(locality)s = '' THEN 1 ELSE 0.9 + 0.1 * similarity(search_fold(locality), search_fold(%(locality)s))
    END AS likeness
    FROM areas_address
    WHERE municipality_id = %(municipality)s
        AND (street_key %% %(key)s OR words %%> %(words)s)
        AND (%(postcode)s = '' OR starts_with(postcode, %(postcode)s))
),
houses AS (
    SELECT DISTINCT ON (street_key, postcode, locality) *
    FROM alike
    WHERE %(number)s <> '' AND number_key = %(number)s
    ORDER BY street_key, postcode, locality, (ltrim(lower(box), '0') = %(box)s) DESC, box
),
streets AS (
    SELECT min(street) AS street, locality, max(likeness) AS likeness, ST_Collect(point) AS points
    FROM alike
    WHERE NOT EXISTS (
        SELECT 1 FROM houses WHERE houses.street_key = alike.street_key AND houses.locality = alike.locality
    )
    GROUP BY street_key, locality
    ORDER BY likeness DESC, street
    LIMIT %(limit)s
),
found AS (
    SELECT uuid, street, house_number, box, postcode, locality, likeness, point AS place FROM houses
    UNION ALL
    SELECT NULL, street, '', '', '', locality, likeness, points FROM streets
    ORDER BY likeness DESC, street
    LIMIT %(limit)s
),
level AS (
    SELECT edition.id
    FROM areas_areaedition edition
    JOIN areas_areakind kind ON kind.id = edition.kind_id
    WHERE kind.municipality_id = %(municipality)s AND {IN_FORCE}
    ORDER BY kind.is_working_level DESC, kind.rank DESC
    LIMIT 1
)
SELECT found.uuid, found.street, found.house_number, found.box, found.postcode, found.locality,
    found.likeness, here.slugs, here.names
FROM found
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(area.slug ORDER BY area.name, area.slug), '{{}}') AS slugs,
        coalesce(array_agg(area.name ORDER BY area.name, area.slug), '{{}}') AS names
    FROM areas_areashape shape
    JOIN areas_area area ON area.id = shape.area_id
    WHERE shape.edition_id = (SELECT id FROM level) AND ST_Intersects(shape.geom, found.place)
) here
ORDER BY found.likeness DESC, found.street, found.locality
"""  # noqa: S608 (our own words)


@dataclass(frozen=True)
class Found:
    """A house (with `address`) or a street that is like what was typed, with the areas it lies in."""

    address: uuid.UUID | None
    street: str
    number: str
    box: str
    postcode: str
    locality: str
    likeness: float
    slugs: list[str]
    names: list[str]

    @property
    def label(self) -> str:
        """The address on one line; a street with its village."""
        return address_line(self.street, self.number, self.box, self.postcode, self.locality)

    @property
    def url(self) -> str:
        """The page of its area; of the street when there are more areas, or none."""
        if self.slugs and (self.address or len(self.slugs) == 1):
            page = reverse("areas:detail", args=[self.slugs[0]])
            return f"{page}?{urlencode({'adres': self.address})}" if self.address else page
        return street_url(self.street, self.locality)

    @property
    def detail(self) -> str:
        """Where it lies, in words."""
        if not self.names:
            return ""
        if self.address or len(self.names) == 1:
            return _("lies in %(area)s") % {"area": self.names[0]}
        count = len(self.names)
        return ngettext(
            "lies in %(count)d area: choose your number", "lies in %(count)d areas: choose your number", count
        ) % {"count": count}


def street_url(street: str, locality: str) -> str:
    """The page of a street: its numbers by area."""
    return f"{reverse('areas:street')}?{urlencode({'straat': street, 'plaats': locality})}"


def alike(typed: TypedAddress, municipality: Municipality, limit: int) -> list[Found]:
    """Houses and streets that are like what was typed, the best first; one query."""
    if len(typed.street_key) < SHORTEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute(FIND, parameters(typed, municipality, limit))
        rows = cursor.fetchall()
    return [Found(*row) for row in rows]


def parameters(typed: TypedAddress, municipality: Municipality, limit: int) -> dict[str, Any]:
    """What the statement is asked with."""
    return {
        "key": typed.street_key,
        "words": street_words(f"{typed.street} {typed.locality}"),
        "locality": typed.locality,
        "number": typed.number_key,
        "box": box_key(typed.box),
        "postcode": typed.postcode,
        "municipality": municipality.pk,
        "limit": limit,
    }


def find(*, text: str, municipality: Municipality, user: Any, limit: int) -> Sequence[Hit]:
    """The addresses and streets that fit best; one query."""
    typed = taken_apart(text)
    return [_hit(one, typed) for one in alike(typed, municipality, limit)]


def _hit(one: Found, typed: TypedAddress) -> Hit:
    if one.address:
        return Hit(title=one.label, url=one.url, kind=_("Address"), detail=one.detail, score=one.likeness)
    score, detail = STREET * one.likeness, one.detail
    if typed.number:  # never led on as if it were this house
        unknown = _("number %(number)s is not known here") % {"number": typed.number}
        score, detail = WITHOUT_NUMBER * score, f"{unknown}; {detail}" if detail else unknown
    return Hit(title=one.label, url=one.url, kind=_("Street"), detail=detail, score=score)
