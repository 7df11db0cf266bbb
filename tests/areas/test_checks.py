"""Kinds of areas and layers of the map do not bear one name."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from areas.checks import kinds_beside_layers
from areas.models import AreaKind
from core.layers import layers_of
from tests.conftest import Land


def test_a_kind_may_not_have_the_name_of_a_layer(land: Land) -> None:
    kind = land.kinds["wijk"]
    kind.slug = "werklocaties"
    with pytest.raises(ValidationError) as refused:
        kind.full_clean()
    assert list(refused.value.message_dict) == ["slug"]
    assert "“werklocaties-" in refused.value.message_dict["slug"][0]


def test_one_that_had_it_before_keeps_it_and_is_told(land: Land) -> None:
    AreaKind.objects.filter(slug="wijk").update(slug="werklocaties")
    kind = AreaKind.objects.get(slug="werklocaties")
    kind.name = "Buurt"
    kind.full_clean()
    kind.save()
    (warning,) = kinds_beside_layers(None, databases=["default"])
    assert warning.id == "areas.W001"
    assert "workplaces.locations" in warning.msg
    bearers = [layer for layer in layers_of(land.municipality) if layer.slug == "werklocaties"]
    assert [layer.geometry for layer in bearers] == ["area"]
    html = Client().get("/kaart/?kies=werklocaties:bergen").content.decode()
    assert 'id="panel" data-kind="werklocaties"' in html
    assert 'name="lagen" value="werklocaties"' not in html


def test_nothing_to_tell(land: Land) -> None:
    assert kinds_beside_layers(None, databases=["default"]) == []
    assert kinds_beside_layers(None) == []
