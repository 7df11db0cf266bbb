"""The areas of a kind in one query, with what the apps know of them; for the start page and the panel of the map."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from areas.models import Area, AreaKind, AreaShape
from areas.models.edition import AreaShapeQuerySet
from core.facts import fact_columns
from portal.maplayers import LayerChoice

Words = Mapping[int, str]  # what there is to say of areas, by primary key


@dataclass(frozen=True)
class AreaCard:
    """An area to choose: its emblem (`path` in `box`), where it leads, what there is to say of it in a few words."""

    name: str
    slug: str
    url: str
    path: str
    box: str
    words: str


def area_cards(
    kind: AreaKind, words_of: Callable[[Sequence[Area]], Words], *, limit: int | None = None
) -> list[AreaCard]:
    """The areas of a kind by name, each with what `words_of` knows of it; one query for the areas."""
    shapes = list(_shapes(kind)[:limit])
    words = words_of([shape.area for shape in shapes])
    return [
        AreaCard(
            shape.area.name,
            shape.area.slug,
            shape.area.get_absolute_url(),
            shape.path,
            shape.box,
            words.get(shape.area.pk, ""),
        )
        for shape in shapes
    ]


def fact_words(user: Any) -> Callable[[Sequence[Area]], Words]:
    """What every app counts in an area; one query a source of facts."""

    def words(areas: Sequence[Area]) -> Words:
        columns = fact_columns(areas, user)
        found = {area.pk: [column.by_pk.get(area.pk) for column in columns] for area in areas}
        return {
            key: ", ".join(f"{fact.figure} {fact.words}" for fact in facts if fact)
            for key, facts in found.items()
        }

    return words


def counted_words(narrowed: Iterable[LayerChoice]) -> Callable[[Sequence[Area]], Words]:
    """How many things each area has of layers that are narrowed to a choice ("3 × Bibliotheek"); one query a layer."""

    def words(areas: Sequence[Area]) -> Words:
        found: dict[int, list[str]] = {area.pk: [] for area in areas}
        for choice in narrowed:
            counted = choice.layer.counted(areas=areas, chosen=choice.chosen) if choice.layer.counted else {}
            told = ", ".join(one.words for one in choice.filters if one.value)
            for key, number in counted.items():
                found[key].append(f"{number} × {told}")
        return {key: ", ".join(parts) for key, parts in found.items()}

    return words


def _shapes(kind: AreaKind) -> AreaShapeQuerySet:
    return (
        AreaShape.objects.in_force()
        .filter(edition__kind=kind, area__is_residual=False)
        .select_related("area")
        .only("path", "box", "area_m2", "area__name", "area__slug")
        .order_by("area__name")
    )
