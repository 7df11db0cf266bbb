"""Who may change work locations: the office everywhere, an area worker in the own areas."""

from typing import Any

from django.contrib.gis.geos import Point

from accounts.models import RoleAssignment
from accounts.rules import grant, role_everywhere, role_here, role_somewhere
from areas.models import Municipality
from workplaces.models import Team, WorkLocation

Role = RoleAssignment.Role
OFFICE = role_everywhere(Role.DATA_STEWARD, Role.ADMINISTRATOR)
STAFF = role_somewhere(Role.AREA_WORKER) | OFFICE

grant("workplaces.change_location", role_here(Role.AREA_WORKER) | OFFICE, WorkLocation)
# Somewhere in the municipality; where exactly is checked with the place.
grant("workplaces.add_location", STAFF, Municipality)
grant("workplaces.view_quality", STAFF, Municipality)
grant("workplaces.import_locations", OFFICE, Municipality)
# Who works in which team.
grant("workplaces.view_members", STAFF, Municipality, Team)
grant("workplaces.manage_team", OFFICE, Municipality, Team)


def works_at(user: Any, municipality: Municipality, point: Point | None) -> bool:
    """Whether a person may have a location at a place; without a place it takes a role for the whole municipality."""
    there = WorkLocation(municipality=municipality, point=point)
    return bool(user.has_perm("workplaces.change_location", there))
