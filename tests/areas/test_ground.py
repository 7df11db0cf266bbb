"""What a form draws upon: the municipality, or some of its areas."""

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from areas.ground import ground_of
from core.drawing import DrawingField
from tests.conftest import Land, make_municipality


def test_the_ground_is_the_municipality(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        ground = ground_of(land.municipality, others=["werklocaties"])
    assert ground.name == "Proefdorp"
    assert ground.box == (4.70, 51.40, 4.80, 51.47)
    assert ground.layer == "/kaartlagen/wijk.geojson"
    assert ground.others == ("/kaartlagen/werklocaties.geojson",)
    with django_assert_num_queries(1):
        surface = ground.surface()
    assert surface is not None
    assert surface.covers(land["bergen"].shapes.get().geom)


def test_the_ground_is_some_areas(land: Land) -> None:
    field = DrawingField(allow=("point",))
    field.ground = ground_of(land.municipality, [land["dalen"]])
    assert field.ground.chosen == ("dalen",)
    assert field.clean(["point", "51,41 4,72"]) is not None
    with pytest.raises(ValidationError, match="buiten Dalen"):
        field.clean(["point", "51,46 4,72"])


def test_without_boundaries_anything_on_earth_will_do(db: None) -> None:
    ground = ground_of(make_municipality())
    assert ground.surface() is None
    assert ground.layer == ""
