"""Layers of the map have names of their own: a check at the start says which do not."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from core.checks import names_of_layers
from core.layers import LayerSource, MapLayer, layer_names, layer_sources, layers_of, map_url
from core.registry import RegistrationError

Add = Callable[..., LayerSource]


def layer(slug: str) -> MapLayer:
    return MapLayer(
        slug=slug, title=slug, geometry="point", version=lambda: "1", build=lambda *, variant: b"", symbol="action"
    )  # fmt: skip


@pytest.fixture
def add() -> Iterator[Add]:
    """Register a source for this test."""
    names: list[str] = []

    def added(name: str, **fields: Any) -> LayerSource:
        usual = {
            "geometry": "line",
            "layers": lambda *, municipality: [layer(slug) for slug in fields["slugs"]],
        }
        names.append(name)
        return layer_sources.register(LayerSource(name=name, **{**usual, **fields}))

    yield added
    for name in names:
        layer_sources.unregister(name)


def faults() -> list[str | None]:
    return [message.id for message in names_of_layers(None)]


def test_what_apps_registered_is_right() -> None:
    assert faults() == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"slugs": ()}, "layers.E001"),
        ({"slugs": ("Banken",)}, "layers.E002"),
        ({"slugs": ("banken_",)}, "layers.E002"),
        ({"slugs": ("banken",), "chosen_by": "soort"}, "layers.E004"),
        ({"slugs": ("banken",), "chosen_by": "kies"}, "layers.E004"),
    ],
)
def test_a_wrong_name(add: Add, fields: dict[str, Any], fault: str) -> None:
    add("proef.banken", **fields)
    assert faults() == [fault]


def test_a_name_twice(add: Add) -> None:
    add("proef.banken", slugs=("banken", "bomen"), chosen_by="bank")
    add("proef.zitjes", slugs=("banken",), chosen_by="bank")
    assert faults() == ["layers.E003", "layers.E003", "layers.E004", "layers.E004"]
    assert [one.slug for one in layers_of(None, "line") if one.slug.startswith("b")] == ["banken", "bomen"]


def test_a_layer_that_its_source_does_not_name(add: Add) -> None:
    add("proef.banken", slugs=("banken",), layers=lambda *, municipality: [layer("bomen")])
    with pytest.raises(RegistrationError, match="bomen"):
        list(layers_of(None, "line"))


def test_sources_of_other_geometries_are_not_asked(add: Add) -> None:
    add("proef.lijnen", geometry="line", slugs=("lijnen",), layers=lambda *, municipality: 1 / 0)
    assert "lijnen" not in [one.slug for one in layers_of(None, "polygon")]
    assert layer_names()["lijnen"] == "proef.lijnen"


def test_where_a_thing_is_chosen() -> None:
    assert map_url("banken", "linde") == "/kaart/?kies=banken:linde"
