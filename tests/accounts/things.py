"""Who is competent in every area and in none."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import Competence, MandateHolder, PolicyField, User
from areas.models import Area, Municipality


def things(municipality: Municipality, areas: Iterable[Area | None], person: User) -> None:
    """A mandate holder, competent for one field in each of these areas."""
    field = PolicyField.objects.create(municipality=municipality, slug="mobiliteit", name="Mobiliteit")
    holder = MandateHolder.objects.create(municipality=municipality, name="Lid 1 (voorbeeld)")
    for area in areas:
        Competence.objects.create(
            municipality=municipality, holder=holder, field=field, area=area, valid_from=dt.date(2025, 1, 1)
        )
