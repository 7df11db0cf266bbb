"""Work locations and what happens there."""

from workplaces.models.hours import DayException, OpeningHours
from workplaces.models.location import WorkLocation, WorkLocationQuerySet
from workplaces.models.member import TeamMember
from workplaces.models.offer import ServiceOffer, TeamPlace
from workplaces.models.quality import QualityWaiver
from workplaces.models.service import Service
from workplaces.models.team import Team, TeamArea

__all__ = [
    "DayException",
    "OpeningHours",
    "QualityWaiver",
    "Service",
    "ServiceOffer",
    "Team",
    "TeamArea",
    "TeamMember",
    "TeamPlace",
    "WorkLocation",
    "WorkLocationQuerySet",
]
