"""The filter of the list."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.conftest import Land
from workplaces.forms import filters
from workplaces.forms.filters import LocationFilter


def offered(land: Land, **data: str) -> set[str]:
    form = LocationFilter(data, municipality=land.municipality, user=AnonymousUser())
    return set(form.areas)


def test_every_area_can_be_chosen(land: Land) -> None:
    assert offered(land) == set(land.areas)


def test_a_kind_of_many_areas_is_not_a_choice(land: Land, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "LONGEST_CHOICE", 2)
    assert offered(land) == {"noord-deelgemeente", "zuid-deelgemeente"}
    assert offered(land, gebied="bergen") == {"noord-deelgemeente", "zuid-deelgemeente", "bergen"}


@pytest.mark.parametrize("asked", ["\x00", "bergen\n", "a" * 5000, "' OR 1=1"])
def test_nonsense_is_no_area(land: Land, asked: str) -> None:
    assert offered(land, gebied=asked) == set(land.areas)
    assert not LocationFilter(
        {"gebied": asked}, municipality=land.municipality, user=AnonymousUser()
    ).is_valid()
