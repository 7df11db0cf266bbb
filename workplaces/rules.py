"""Who may change work locations: the office everywhere, an area worker in the own areas.

`may_change` is the twin of `WorkLocation.objects.editable_by`.
"""

from typing import Any

import rules
from django.contrib.gis.geos import Point

from accounts.models import RoleAssignment
from accounts.rules import areas_of, has_role, municipalities_of, predicate
from areas.models import AreaShape, Municipality
from workplaces.models import WorkLocation
from workplaces.models.around import EVERYWHERE

Role = RoleAssignment.Role
STEWARDS = (Role.DATA_STEWARD, Role.ADMINISTRATOR)


def works_everywhere(user: Any, municipality: Municipality) -> bool:
    """Whether a person may change every location of a municipality."""
    return any(has_role(user, role, municipality=municipality) for role in EVERYWHERE)


def works_at(user: Any, municipality: Municipality, point: Point | None) -> bool:
    """Whether a person may have a location at a place; without a place it takes a role for the whole municipality."""
    if not getattr(user, "is_authenticated", False):
        return False
    if works_everywhere(user, municipality):
        return True
    if point is None:
        return False
    own = areas_of(user, Role.AREA_WORKER).filter(municipality=municipality, retired_by__isnull=True)
    shapes = AreaShape.objects.filter(area__in=own, edition__status="active", geom__intersects=point)
    return shapes.exists()


def is_staff_of(user: Any, municipality: Municipality) -> bool:
    """Whether a person is an area worker somewhere in a municipality, or belongs to its office."""
    if not getattr(user, "is_authenticated", False):
        return False
    if works_everywhere(user, municipality):
        return True
    return areas_of(user, Role.AREA_WORKER).filter(municipality=municipality).exists()


@predicate
def may_change(user: Any, location: WorkLocation | None) -> bool:
    """May change this location."""
    return location is not None and works_at(user, location.municipality, location.point)


@predicate
def may_add(user: Any, municipality: Municipality | None) -> bool:
    """May add locations somewhere in this municipality; where exactly is checked with the place."""
    return municipality is not None and is_staff_of(user, municipality)


@predicate
def may_import(user: Any, municipality: Municipality | None) -> bool:
    """May bring in a table of locations."""
    if municipality is None or not getattr(user, "is_authenticated", False):
        return False
    return municipalities_of(user, *STEWARDS).filter(pk=municipality.pk).exists()


rules.add_perm("workplaces.change_location", may_change)
rules.add_perm("workplaces.add_location", may_add)
rules.add_perm("workplaces.import_locations", may_import)
rules.add_perm("workplaces.view_quality", may_add)
