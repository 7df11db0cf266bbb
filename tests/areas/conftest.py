"""A municipality with kinds and no boundaries yet."""

import pytest

from areas.models import AreaKind
from tests.conftest import make_municipality


@pytest.fixture
def kinds(db: None) -> dict[str, AreaKind]:
    municipality = make_municipality()
    return {
        slug: AreaKind.objects.create(
            municipality=municipality, slug=slug, name=slug.title(), plural=f"{slug.title()}en",
            rank=rank, scheme=f"s-{slug}", is_working_level=slug == "wijk",
        )
        for slug, rank in (("deelgemeente", 20), ("wijk", 40))
    }  # fmt: skip


@pytest.fixture
def wijk(kinds: dict[str, AreaKind]) -> AreaKind:
    return kinds["wijk"]


@pytest.fixture
def deelgemeente(kinds: dict[str, AreaKind]) -> AreaKind:
    return kinds["deelgemeente"]
