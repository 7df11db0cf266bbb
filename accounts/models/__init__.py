"""People and what they may do."""

from accounts.models.calendar import CalendarAddress
from accounts.models.field import PolicyField
from accounts.models.invitation import Invitation
from accounts.models.log import AccessLog
from accounts.models.roles import RoleAssignment
from accounts.models.user import User
from accounts.models.verification import Verification

__all__ = [
    "AccessLog",
    "CalendarAddress",
    "Invitation",
    "PolicyField",
    "RoleAssignment",
    "User",
    "Verification",
]
