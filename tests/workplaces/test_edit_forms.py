"""The forms of a work location: what they offer to choose from."""

import datetime as dt

from tests.conftest import Land
from workplaces.forms.edit import offer_fields
from workplaces.models import Team, WorkLocation


def test_a_team_that_was_dissolved_is_offered_only_where_it_is_already(
    land: Land, library: WorkLocation, desk: Team
) -> None:
    of = {"municipality": land.municipality, "dissolved_on": dt.date(2025, 1, 1)}
    gone = Team.objects.create(slug="weg", name="Weg", **of)
    was_here = Team.objects.create(slug="balie", name="Balie van toen", **of)
    library.teams.add(was_here)

    def offered(location: WorkLocation | None) -> set[Team]:
        return set(offer_fields(land.municipality, location)["teams"].queryset)  # type: ignore[attr-defined]

    assert offered(None) & {gone, was_here, desk} == {desk}
    assert offered(library) & {gone, was_here, desk} == {was_here, desk}
