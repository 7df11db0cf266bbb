"""Inviting staff by mail: a link that works once, for a week."""

import datetime as dt
import hashlib
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.roles import checked, lock, refuse_oneself
from accounts.addresses import spelled
from accounts.models import Invitation, RoleAssignment, User
from accounts.models.invitation import DAYS
from areas.models import Area, Municipality
from core.history import because
from core.states import move
from core.verbs import Actor, Operator, Participant, Refused, locked, require, verb

ANSWERED = gettext_lazy("This invitation was accepted or revoked already.")


@verb
def invite(
    *,
    by: Actor,
    municipality: Municipality,
    email: str,
    name: str = "",
    role: str,
    area: Area | None = None,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    why: str,
    site: str,
) -> Invitation:
    """Send somebody a link to take up a role; `site` is the address of this site ("https://…/"). Says nothing of accounts."""
    require("accounts.invite", municipality, by=by)
    lock(municipality)
    try:
        email = spelled(email)
    except ValidationError as error:
        raise ValidationError({"email": error}) from error
    if isinstance(by, User) and email in emails_of(by):
        refuse_oneself(by, by)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        municipality=municipality, email=email, name=name.strip(), role=role, area=area,
        valid_from=valid_from, valid_until=valid_until, why=why, invited_by=by if isinstance(by, User) else None,
        token_hash=checksum(token), expires_at=_expiry(),
    )  # fmt: skip
    invitation.full_clean()
    with because("accounts.invited", by=by, note=why):
        invitation.save()
    _mail(invitation, token, site)
    return invitation


@verb
def resend_invitation(*, by: Actor, invitation: Invitation, site: str) -> None:
    """Send a new link; the old one stops working."""
    require("accounts.invite", invitation, by=by)
    current = locked(invitation)
    move(current, "state", Invitation.State.SENT, refusal=ANSWERED, code="answered")
    token = secrets.token_urlsafe(32)
    current.token_hash, current.expires_at = checksum(token), _expiry()
    with because("accounts.invitation_sent_again", by=by):
        current.save(update_fields=["token_hash", "expires_at"])
    _mail(current, token, site)


@verb
def revoke_invitation(*, by: Actor, invitation: Invitation) -> None:
    """Take back an invitation; its link stops working."""
    require("accounts.invite", invitation, by=by)
    current = locked(invitation)
    move(current, "state", Invitation.State.REVOKED, refusal=ANSWERED, code="answered")
    current.revoked_at = timezone.now()
    with because("accounts.invitation_revoked", by=by):
        current.save(update_fields=["state", "revoked_at"])


def find_invitation(token: str) -> Invitation | None:
    """The invitation that a link opens, if it still works."""
    return (
        Invitation.objects.open()
        .filter(token_hash=checksum(token))
        .select_related("municipality", "area")
        .first()
    )


def account_of(invitation: Invitation) -> User | None:
    """The account that has the invited address, if any; only who holds the link may know."""
    return User.objects.filter(email=invitation.email).first()


def belongs_to(invitation: Invitation, user: User) -> bool:
    """Whether a person may take up the invitation: it was sent to an address of theirs."""
    return invitation.email in emails_of(user)


@verb
def accept_invitation(*, token: str, by: Actor, name: str = "", password: str = "") -> RoleAssignment:
    """Take up a role: as the person who is signed in, or, as who holds the link (`holder_of`), with a new account."""
    invitation = Invitation.objects.select_for_update().filter(token_hash=checksum(token)).first()
    if invitation is None or not invitation.is_open:
        raise Refused(gettext_lazy("This invitation no longer works: ask for a new one."), "closed")
    if isinstance(by, Operator) or (isinstance(by, Participant) and by != holder_of(invitation)):
        raise PermissionDenied("only who was invited takes up a role")
    lock(invitation.municipality)
    inviter = invitation.invited_by
    if inviter is not None and not inviter.has_perm("accounts.invite", invitation):
        raise Refused(gettext_lazy("This invitation no longer works: ask for a new one."), "closed")
    person = by if isinstance(by, User) else _new_account(invitation, name, password)
    if not belongs_to(invitation, person):
        raise Refused(gettext_lazy("This invitation was sent to another address."), "other_address")
    if inviter is not None:
        refuse_oneself(inviter, person)
    assignment = checked(
        RoleAssignment(
            user=person, role=invitation.role, municipality=invitation.municipality, area=invitation.area,
            valid_from=invitation.valid_from, valid_until=invitation.valid_until,
        )
    )  # fmt: skip
    move(invitation, "state", Invitation.State.ACCEPTED)
    invitation.accepted_at = timezone.now()
    with because("accounts.invitation_accepted", by=person, note=invitation.why):
        assignment.save()
        invitation.save(update_fields=["state", "accepted_at"])
    return assignment


def holder_of(invitation: Invitation) -> Participant:
    """Who opened the link of an invitation and has no account yet."""
    return Participant(str(invitation.uuid))


def checksum(token: str) -> str:
    """What the database keeps of a link; the link itself has 256 random bits, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def emails_of(user: User) -> set[str]:
    """The addresses that are known to be a person's."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {user.email, *verified}


def _new_account(invitation: Invitation, name: str, password: str) -> User:
    if account_of(invitation) is not None:
        raise Refused(gettext_lazy("Sign in first, then open the link again."), "sign_in")
    person = User(email=invitation.email, name=name.strip())
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    person = User.objects.create_user(invitation.email, password, name=name.strip())
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def _expiry() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=DAYS)


def _mail(invitation: Invitation, token: str, site: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        invitation.link = site.rstrip("/") + reverse("accounts:accept_invitation", args=[token])
        subject = _("Work along on the areas of %(name)s") % {"name": invitation.municipality.name}
        body = render_to_string("accounts/mail/invitation.txt", {"invitation": invitation, "days": DAYS})
    EmailMessage(subject=subject, body=body, to=[invitation.email]).send()
