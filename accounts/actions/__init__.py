"""What is done with people and roles."""

from accounts.actions.calendars import drop_calendar_address, make_calendar_address
from accounts.actions.invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from accounts.actions.roles import end_role, give_role, replace_role

__all__ = [
    "accept_invitation",
    "drop_calendar_address",
    "end_role",
    "give_role",
    "invite",
    "make_calendar_address",
    "replace_role",
    "resend_invitation",
    "revoke_invitation",
]
