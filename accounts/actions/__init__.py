"""What is done with people and roles."""

from accounts.actions.absences import change_absence, end_absence, note_absence, set_working_week
from accounts.actions.calendars import drop_calendar_address, make_calendar_address
from accounts.actions.closing import block_account, close_account, unblock_account
from accounts.actions.competence import (
    add_policy_field,
    change_competence,
    change_holder,
    end_competence,
    give_competence,
    name_holder,
    pass_on_competences,
    rename_policy_field,
)
from accounts.actions.invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from accounts.actions.roles import end_role, give_role, replace_role

__all__ = [
    "accept_invitation",
    "add_policy_field",
    "block_account",
    "change_absence",
    "change_competence",
    "change_holder",
    "close_account",
    "drop_calendar_address",
    "end_absence",
    "end_competence",
    "end_role",
    "give_competence",
    "give_role",
    "invite",
    "make_calendar_address",
    "name_holder",
    "note_absence",
    "pass_on_competences",
    "rename_policy_field",
    "replace_role",
    "resend_invitation",
    "revoke_invitation",
    "set_working_week",
    "unblock_account",
]
