"""People and what they may do."""

from accounts.models.absence import Absence, WorkingWeek
from accounts.models.calendar import CalendarAddress
from accounts.models.competence import Competence, MandateHolder
from accounts.models.consent import Consent, PeriodKeeper
from accounts.models.field import PolicyField
from accounts.models.invitation import Invitation
from accounts.models.log import AccessLog
from accounts.models.roles import RoleAssignment
from accounts.models.user import User
from accounts.models.verification import Verification

__all__ = [
    "Absence",
    "AccessLog",
    "CalendarAddress",
    "Competence",
    "Consent",
    "Invitation",
    "MandateHolder",
    "PeriodKeeper",
    "PolicyField",
    "RoleAssignment",
    "User",
    "Verification",
    "WorkingWeek",
]
