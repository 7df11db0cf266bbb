"""The doors of milestones and of the organisation of area work."""

import datetime as dt

from plans.models import AreaOrganisation, Milestone
from tests.conftest import Land
from tests.doors import EDITORS_IN_BERGEN, EDITORS_SOMEWHERE, EVERYONE, STEWARDS, Door, World

DOORS: dict[str, list[Door]] = {
    "plannen/mijlpalen/": [
        Door("/plannen/mijlpalen/", EVERYONE),
        Door("/plannen/mijlpalen/?gebied=bergen", EVERYONE),
    ],
    "plannen/mijlpalen/nieuw/": [Door("/plannen/mijlpalen/nieuw/", EDITORS_SOMEWHERE)],
    "plannen/mijlpalen/<uuid:identifier>/": [Door("/plannen/mijlpalen/{milestone}/", EVERYONE)],
    "plannen/mijlpalen/<uuid:identifier>/wijzigen/": [
        Door("/plannen/mijlpalen/{milestone}/wijzigen/", EDITORS_IN_BERGEN)
    ],
    "plannen/mijlpalen/<uuid:identifier>/weg/": [
        Door("/plannen/mijlpalen/{milestone}/weg/", EDITORS_IN_BERGEN, "post")
    ],
    "plannen/gebiedswerking/<slug:slug>/": [
        Door("/plannen/gebiedswerking/bergen/", EVERYONE),
        Door("/plannen/gebiedswerking/dalen/", EVERYONE),
    ],
    "plannen/gebiedswerking/<slug:slug>/afspreken/": [
        Door("/plannen/gebiedswerking/bergen/afspreken/", STEWARDS)
    ],
    "plannen/gebiedswerking/<slug:slug>/<int:key>/": [
        Door("/plannen/gebiedswerking/bergen/{organisation}/", STEWARDS)
    ],
    "plannen/gebiedswerking/<slug:slug>/<int:key>/weg/": [
        Door("/plannen/gebiedswerking/bergen/{organisation}/weg/", STEWARDS, "post")
    ],
}

PUBLIC = ("/plannen/mijlpalen/",)
STAFF = ("/plannen/mijlpalen/nieuw/", "/plannen/gebiedswerking/meerle/")


def world(made: World) -> None:
    """A milestone and an agreement of Bergen."""
    land = made.land
    milestone = Milestone.objects.create(
        municipality=land.municipality, title=made.named("Zes banken"), when="2026"
    )
    milestone.areas.add(land["bergen"])
    row = AreaOrganisation.objects.create(
        area=land["bergen"], from_on=dt.date(2026, 1, 1), model="coordination"
    )
    made.names |= {"milestone": str(milestone.uuid), "organisation": str(row.pk)}


def rows(land: Land, numbers: range) -> None:
    """More milestones in Bergen."""
    made = Milestone.objects.bulk_create(
        Milestone(municipality=land.municipality, title=f"Mijlpaal {number:05}", when="2026")
        for number in numbers
    )
    land["bergen"].milestones.add(*made)
