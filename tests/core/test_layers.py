"""Layers of the map have names of their own: a check at the start says which do not."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.http import QueryDict

from core.checks import names_of_layers
from core.layers import (
    LayerFilter,
    LayerSource,
    MapLayer,
    chosen_in,
    filter_choice,
    layer_names,
    layer_sources,
    layers_of,
    map_url,
    named_layers,
)
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


def test_an_address_says_which_layers_are_on() -> None:
    shown, hidden = layer("banken"), replace(layer("routes"), shown_at_first=False)
    for query, on in (
        ("", [True, False]),
        ("lagen=", [False, False]),
        ("lagen=routes", [False, True]),
        ("lagen=&lagen=banken&lagen=a%20b,routes", [True, True]),
    ):
        named = named_layers(QueryDict(query))
        assert [one.is_on(named) for one in (shown, hidden)] == on
    assert named_layers(QueryDict("lagen=a,a,../b,c")) == ("a", "c")
    assert named_layers(QueryDict("lagen=" + ",".join(f"l{number}" for number in range(6_000)))) == tuple(
        f"l{number}" for number in range(50)
    )


def test_a_filter_takes_no_unknown_word() -> None:
    stuff = LayerFilter(
        parameter="stof", member="made_of", title="Stof", everything="Alles", heading="Van %(choice)s",
        choices=lambda *, municipality: [("hout", "Hout")], narrow=lambda *, queryset, value: queryset,
    )  # fmt: skip
    wood, gold = (filter_choice(stuff, None, value) for value in ("hout", "goud"))
    assert (wood.words, wood.heading, gold.words) == ("Hout", "Van Hout", "")
    assert chosen_in([wood]) == {"stof": "hout"}
    assert chosen_in([gold]) == {}


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
