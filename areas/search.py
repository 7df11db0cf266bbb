"""Areas as answers to what a person types: by name, other name or code, without accents and with a typo or two; and addresses."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from areas.addresses import search as addresses
from areas.models import Area, Indicator, Municipality
from core.layers import choice_of
from core.search import Hit, SearchSource, search_sources

# The whole name scores 1, its beginning 0.9, the rest by how many groups of three letters it shares.
FIND = """
WITH asked AS (SELECT search_fold(%(text)s) AS word),
found AS (
    SELECT area.id, search_fold(area.name) AS name, '' AS alias
    FROM areas_area area, asked
    WHERE search_fold(area.name) %%> asked.word OR search_fold(area.name) %% asked.word
        OR search_fold(area.name) LIKE asked.word || '%%'
    UNION ALL
    SELECT other.area_id, search_fold(other.name), other.name
    FROM areas_areaname other, asked
    WHERE search_fold(other.name) %%> asked.word OR search_fold(other.name) %% asked.word
        OR search_fold(other.name) LIKE asked.word || '%%'
    UNION ALL
    SELECT code.area_id, asked.word, code.code
    FROM areas_areacode code, asked
    WHERE lower(code.code) = asked.word
    UNION ALL
    SELECT former.area_id, asked.word, former.code
    FROM areas_areaformercode former, asked
    WHERE lower(former.code) = asked.word
),
scored AS (
    SELECT found.id, found.alias, CASE
        WHEN found.name = asked.word THEN 1.0
        WHEN starts_with(found.name, asked.word) THEN 0.9
        ELSE 0.8 * greatest(word_similarity(asked.word, found.name), similarity(asked.word, found.name))
    END AS score
    FROM found, asked
),
best AS (
    SELECT DISTINCT ON (id) id, alias, score FROM scored ORDER BY id, score DESC, alias
)
SELECT area.id, area.name, area.slug, area.kind_id, area.municipality_id, best.alias,
    best.score * CASE WHEN area.retired_by_id IS NULL THEN 1 ELSE 0.7 END AS score,
    area.retired_by_id, kind.name AS kind_name, kind.slug AS kind_slug, (
        SELECT string_agg(heir.name, ', ' ORDER BY link.weight DESC, heir.name)
        FROM areas_areasuccession link
        JOIN areas_area heir ON heir.id = link.successor_id
        WHERE link.predecessor_id = area.id AND link.edition_id = area.retired_by_id
    ) AS heirs
FROM best
JOIN areas_area area ON area.id = best.id
JOIN areas_areakind kind ON kind.id = area.kind_id
WHERE area.municipality_id = %(municipality)s AND NOT area.is_residual
ORDER BY score DESC, kind.is_working_level DESC, kind.rank, area.name
LIMIT %(limit)s
"""


def find(*, text: str, municipality: Municipality, user: Any, limit: int) -> Sequence[Hit]:
    """The areas that fit best; one query."""
    typed = text.replace("\\", "").replace("%", "").replace("_", " ").strip()
    if len(typed) < 2:
        return []
    areas: Iterable[Any] = Area.objects.raw(
        FIND, {"text": typed, "municipality": municipality.pk, "limit": limit}
    )
    return [
        Hit(
            title=area.name,
            url=area.get_absolute_url(),
            kind=area.kind_name,
            detail=_detail(area),
            choice="" if area.retired_by_id else choice_of(area.kind_slug, area.slug),
            score=float(area.score),
        )
        for area in areas
    ]


def _detail(area: Any) -> str:
    """The other name or code that was typed; of an area that is no longer there, what is there now."""
    if not area.retired_by_id:
        return area.alias if area.alias != area.name else ""
    if area.heirs:
        return gettext_lazy("no longer exists, now: %(names)s") % {"names": area.heirs}
    return str(gettext_lazy("no longer exists"))


search_sources.register(SearchSource(name="areas.areas", title=gettext_lazy("Areas"), find=find, order=10))
search_sources.register(
    SearchSource(name="areas.addresses", title=gettext_lazy("Addresses"), find=addresses.find, order=15)
)


FIND_FIGURES = """
WITH asked AS (SELECT search_fold(%(text)s) AS word),
scored AS (
    SELECT indicator.id, CASE
        WHEN search_fold(indicator.name) = asked.word THEN 0.95
        WHEN starts_with(search_fold(indicator.name), asked.word) THEN 0.85
        ELSE 0.75 * greatest(
            word_similarity(asked.word, search_fold(indicator.name)), similarity(asked.word, search_fold(indicator.name))
        )
    END AS score
    FROM areas_indicator indicator, asked
    WHERE indicator.municipality_id = %(municipality)s
        AND EXISTS (SELECT FROM areas_indicatorvalue known WHERE known.indicator_id = indicator.id)
)
SELECT indicator.*, scored.score
FROM scored JOIN areas_indicator indicator ON indicator.id = scored.id
WHERE scored.score > 0.45
ORDER BY scored.score DESC, indicator.name
LIMIT %(limit)s
"""


def find_figures(*, text: str, municipality: Municipality, user: Any, limit: int) -> Sequence[Hit]:
    """The figures whose names fit best; one query."""
    typed = text.strip()
    if len(typed) < 2:
        return []
    indicators: Iterable[Any] = Indicator.objects.raw(
        FIND_FIGURES, {"text": typed, "municipality": municipality.pk, "limit": limit}
    )
    return [
        Hit(
            title=indicator.name,
            url=indicator.get_absolute_url(),
            kind=gettext_lazy("Figure"),
            detail=indicator.theme,
            score=float(indicator.score),
        )
        for indicator in indicators
    ]


search_sources.register(
    SearchSource(name="areas.figures", title=gettext_lazy("Figures"), find=find_figures, order=15)
)
