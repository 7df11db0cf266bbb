"""What is done with people and roles."""

from accounts.actions.absences import change_absence, end_absence, note_absence, set_working_week
from accounts.actions.calendars import drop_calendar_address, make_calendar_address
from accounts.actions.invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from accounts.actions.roles import end_role, give_role, replace_role

__all__ = [
    "accept_invitation",
    "change_absence",
    "drop_calendar_address",
    "end_absence",
    "end_role",
    "give_role",
    "invite",
    "make_calendar_address",
    "note_absence",
    "replace_role",
    "resend_invitation",
    "revoke_invitation",
    "set_working_week",
]
