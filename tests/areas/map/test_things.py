"""Layers made of a queryset: what lies in an area is told the same by rows, by counts, and for all layers at once."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from areas.locate import lying_in
from areas.models import AreaShape
from core.layers import THINGS, layers_of
from core.search import search_all
from tests import made_up
from tests.conftest import Land
from tests.made_up import Bench, Meadow, Route


@pytest.fixture
def border(land: Land) -> Iterator[Land]:
    """A bench, a route and a meadow that touch the border between Bergen and Midden; a route that crosses it."""
    with made_up.installed():
        of = {"municipality": land.municipality}
        bergen, midden = (
            AreaShape.objects.in_force().get(area=land[slug]).geom for slug in ("bergen", "midden")
        )
        line = bergen.intersection(midden)
        x, y = line.centroid.coords
        Bench.objects.create(slug="paal", name="Paal", place=made_up.place(f"POINT ({x} {y})"), **of)
        along = made_up.place(f"LINESTRING ({x} {y}, {x} {y + 0.001})")
        Route.objects.create(slug="grenspad", name="Grenspad", place=along, **of)
        across = made_up.place(f"LINESTRING ({x - 0.001} {y}, {x + 0.001} {y})")
        Route.objects.create(slug="brug", name="Brug", place=across, **of)
        beside = f"MULTIPOLYGON ((({x} {y}, {x + 0.001} {y}, {x + 0.001} {y + 0.001}, {x} {y})))"
        Meadow.objects.create(slug="rand", name="Rand", place=made_up.place(beside), **of)
        yield land


def layers(land: Land) -> list[Any]:
    return [layer for layer in layers_of(land.municipality, *THINGS) if layer.slug != "werklocaties"]


@pytest.mark.parametrize(
    ("slug", "lies"),
    [("bergen", {"paal", "brug"}), ("midden", {"paal", "brug", "rand"}), ("dalen", set())],
)
def test_on_a_border_a_point_lies_on_both_sides_a_line_on_neither(
    border: Land, slug: str, lies: set[str]
) -> None:
    area, shape = border[slug], AreaShape.objects.in_force().get(area=border[slug])
    by_rows, by_counts, at_once = set(), 0, set()
    for layer in layers(border):
        by_rows |= {row.slug for row in layer.rows(chosen={}, area=area, limit=9)}
        by_counts += layer.counted(areas=[area], chosen={})[area.pk]
        rows = layer.rows(chosen={}, area=None, limit=9)
        at_once |= {rows[number].slug for number in lying_in(shape, [row.place for row in rows])}
    assert by_rows == at_once == lies
    assert by_counts == len(lies)
    things = [row for layer in layers(border) for row in layer.rows(chosen={}, area=None, limit=9)]
    assert {
        row.slug for row in things if AreaShape.objects.in_force().at(row.place).filter(pk=shape.pk)
    } == lies
    assert lying_in(shape, []) == set()


def test_rows_are_no_more_than_asked_and_without_a_place_in_no_area(border: Land) -> None:
    Bench.objects.create(municipality=border.municipality, slug="los", name="Aardig")
    (benches, *_others) = layers(border)
    assert [row.slug for row in benches.rows(chosen={}, area=None, limit=9)] == ["los", "paal"]
    assert len(benches.rows(chosen={}, area=None, limit=1)) == 1
    assert [row.slug for row in benches.rows(chosen={}, area=border["bergen"], limit=9)] == ["paal"]
    assert benches.count() == 1
    assert benches.thing(slug="nergens") is None


def test_an_empty_layer(land: Land) -> None:
    with made_up.installed():
        for layer in layers(land):
            assert layer.version().rpartition("-")[2] == "0"  # some name the day before it
            assert layer.extent() is None
            assert layer.build(variant="full") == b'{"type":"FeatureCollection","features":[]}'


def test_areas_are_found_with_their_choice_on_the_map(land: Land) -> None:
    (hit, *_others) = search_all("Bergen", land.municipality, AnonymousUser())
    assert hit.choice == "wijk:bergen"
