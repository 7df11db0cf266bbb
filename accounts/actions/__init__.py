"""What is done with people and roles."""

from accounts.actions.invitations import accept_invitation, invite, resend_invitation, revoke_invitation
from accounts.actions.roles import end_role, give_role, replace_role

__all__ = [
    "accept_invitation",
    "end_role",
    "give_role",
    "invite",
    "replace_role",
    "resend_invitation",
    "revoke_invitation",
]
