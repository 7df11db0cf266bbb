"""The verbs for how area work is organised in an area (seed 002): each day on which something else was agreed is a row."""

from collections.abc import Mapping
from typing import Any

from areas.models import Area
from core.history import because
from core.verbs import Actor, locked, require, same_version, verb
from plans.actions.shared import checked
from plans.models import AreaOrganisation

AGREED = ("from_on", "model", "mandate", "budget", "expectations", "agreed_on", "ask_again_on")


@verb
def agree_organisation(*, area: Area, by: Actor, values: Mapping[str, Any]) -> AreaOrganisation:
    """Agree on how area work goes in an area from a day on; what was agreed before stays readable."""
    require("plans.change_organisation", area, by=by)
    return _written(AreaOrganisation(area=area), values, by=by)


@verb
def change_organisation(
    *, organisation: AreaOrganisation, by: Actor, version: str | None, values: Mapping[str, Any]
) -> AreaOrganisation:
    """Put right what was written down of an agreement."""
    organisation = locked(organisation, queryset=AreaOrganisation.objects.select_related("area"))
    require("plans.change_organisation", organisation, by=by)
    same_version(organisation, version)
    return _written(organisation, values, by=by)


@verb
def remove_organisation(*, organisation: AreaOrganisation, by: Actor, version: str | None) -> None:
    """Take away what was never agreed."""
    organisation = locked(organisation)
    require("plans.change_organisation", organisation, by=by)
    same_version(organisation, version)
    with because("plans.removed", by=by):
        organisation.delete()


def _written(organisation: AreaOrganisation, values: Mapping[str, Any], *, by: Actor) -> AreaOrganisation:
    for name in AGREED:
        if name in values:
            setattr(organisation, name, values[name])
    checked(organisation)
    with because("plans.organisation", by=by):
        organisation.save()
    return organisation
