"""The places of an object, and whether they lie within somebody's reach: asked of one object, and of a queryset.

Both follow from what the model declares as `where`, so that they cannot say different things of the same row.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Exists, Model, OuterRef, Q

from areas.models import Area, AreaShape
from areas.models.where import Where


@dataclass(frozen=True)
class Place:
    """A place: any of its areas names it (wijk, deelgemeente…); without areas it is the whole municipality."""

    municipality_id: int
    areas: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reach:
    """Where something counts: in whole municipalities, and in areas by their municipality."""

    wide: frozenset[int] = frozenset()
    within: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.wide or self.within)

    def covers(self, place: Place) -> bool:
        """Whether a place lies within it."""
        here = self.within.get(place.municipality_id, frozenset())
        return place.municipality_id in self.wide or not here.isdisjoint(place.areas)


def where(model: type[Model]) -> Where:
    """Where the objects of a model are; raises TypeError when the model does not say so."""
    said = getattr(model, "where", None)
    if not isinstance(said, Where):
        raise TypeError(f"{model.__name__} does not say where it is (areas.models.where)")
    return said


def places_of(obj: Model) -> tuple[Place, ...]:
    """The places of an object: one for each of its areas, or the one around its point, or its whole municipality.

    An object without a place at all (only areas, and none of them chosen yet) has none, so that no role counts there.
    """
    said = where(type(obj))
    if said.parent:
        parent = getattr(obj, said.parent)
        return () if parent is None else places_of(parent)
    if not said.municipality:
        return tuple(Place(area.municipality_id, frozenset({area.pk})) for area in _areas(obj, said.areas))
    municipality = _key(obj, said.municipality)
    if municipality is None:
        return ()
    if said.point:
        return (Place(municipality, _around(getattr(obj, said.point), municipality)),)
    found = _area_keys(obj, said.areas) if said.areas else ()
    return tuple(Place(municipality, frozenset({key})) for key in found) or (Place(municipality),)


def is_covered(obj: Model, reach: Reach, *, every: bool) -> bool:
    """Whether any of the places of an object (or every one) lies within reach."""
    if not reach:
        return False
    said = where(type(obj))
    if said.parent:
        parent = getattr(obj, said.parent)
        return parent is not None and is_covered(parent, reach, every=every)
    if said.municipality:  # most questions end here, without asking for areas
        municipality = _key(obj, said.municipality)
        if municipality in reach.wide or municipality not in reach.within:
            return municipality in reach.wide
    covered = [reach.covers(place) for place in places_of(obj)]
    return bool(covered) and (all(covered) if every else any(covered))


def covered(model: type[Model], reach: Reach, *, every: bool) -> Q:
    """The condition for a queryset of the model that agrees with `is_covered`; repeats no rows."""
    said = where(model)
    if not reach:
        return Q(pk__in=[])
    if said.parent:
        parent: Any = model._meta.get_field(said.parent).related_model
        return Q(**{f"{said.parent}__in": parent._base_manager.filter(covered(parent, reach, every=every))})
    if not said.municipality:
        keys = [key for areas in reach.within.values() for key in areas]
        return _chosen(model, said.areas, Q(municipality__in=reach.wide) | Q(pk__in=keys), every)
    found = Q(**{f"{said.municipality}__in": reach.wide})
    for municipality, areas in reach.within.items():
        here = Q(**{said.municipality: municipality})
        if said.point:
            found |= here & Q(Exists(_shapes(municipality, OuterRef(said.point)).filter(area__in=areas)))
        elif said.areas:
            found |= here & _chosen(model, said.areas, Q(pk__in=areas), every)
    return found


def _chosen(model: type[Model], name: str, own: Q, every: bool) -> Q:
    """Whose areas are among one's own: any, or all of them."""
    if name == "pk" or not model._meta.get_field(name).many_to_many:
        return Q(**{f"{name}__in": Area.objects.filter(own)})
    rows = model._base_manager
    some = Q(pk__in=rows.filter(**{f"{name}__in": Area.objects.filter(own)}).values("pk"))
    if not every:
        return some
    return some & ~Q(pk__in=rows.filter(**{f"{name}__in": Area.objects.exclude(own)}).values("pk"))


def _shapes(municipality: int, point: Any) -> Any:
    """The boundaries in force around a point, of a municipality."""
    return AreaShape.objects.in_force().filter(area__municipality=municipality, geom__intersects=point)


def _around(point: Point | None, municipality: int) -> frozenset[int]:
    if point is None:
        return frozenset()
    return frozenset(_shapes(municipality, point).values_list("area_id", flat=True))


def _key(obj: Model, name: str) -> int | None:
    """The key that a foreign key holds, or the object's own."""
    key: int | None = getattr(obj, name if name == "pk" else f"{name}_id")
    return key


def _areas(obj: Model, name: str) -> list[Area]:
    """The areas of an object; one that is not written yet has none in a many-to-many."""
    if obj._meta.get_field(name).many_to_many:
        return [] if obj.pk is None else list(getattr(obj, name).all())
    area = getattr(obj, name)
    return [] if area is None else [area]


def _area_keys(obj: Model, name: str) -> list[int]:
    if name == "pk" or not obj._meta.get_field(name).many_to_many:
        key = _key(obj, name)
        return [] if key is None else [key]
    return [area.pk for area in _areas(obj, name)]
