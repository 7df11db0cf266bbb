"""Work locations and what happens there.."""

from workplaces.models.hours import DayException, OpeningHours
from workplaces.models.location import WorkLocation
from workplaces.models.offer import ServiceOffer
from workplaces.models.service import Service
from workplaces.models.team import Team

__all__ = ["DayException", "OpeningHours", "Service", "ServiceOffer", "Team", "WorkLocation"]
