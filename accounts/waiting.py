"""What waits for a person with an account: an address to confirm, data that is ready, roles that end, invitations that expire."""

import datetime as dt
from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.filekinds import EXPORT
from accounts.models import Consent, Invitation, RoleAssignment, User
from areas.models import Municipality
from core.access import permitted
from core.models import PrivateFile
from core.waiting import WaitingEntry, WaitingSource, waiting_sources

SOON = dt.timedelta(days=90)
ANSWER_WITHIN = dt.timedelta(days=2)  # a colleague waits
LONG_AGO = dt.timedelta(days=30)


def address_to_confirm(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """E-mail addresses of which we do not know yet that they are of this person."""
    for one in EmailAddress.objects.filter(user=user, verified=False):
        yield WaitingEntry(
            title=_("Confirm your e-mail address"),
            url=reverse("account_email"),
            kind=gettext_lazy("Your account"),
            detail=_("Use the link that we mailed to %(address)s, or have us send another one.")
            % {"address": one.email},
        )


def data_ready(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """One's own data, put together and ready to be taken along."""
    for file in PrivateFile.objects.current().filter(kind=EXPORT, owner=user.uuid):
        yield WaitingEntry(
            title=_("Download your data"),
            url=file.get_absolute_url(),
            kind=gettext_lazy("Your account"),
            due=timezone.localtime(file.expires_at).date() if file.expires_at else None,
            detail=_("After this day the file goes by itself."),
        )


def roles_that_end(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """One's own roles that end soon; for who administers those of all others too."""
    administers = user.has_perm("accounts.manage_roles", municipality)
    here = RoleAssignment.objects.filter(municipality=municipality, valid_until__range=(today, today + SOON))
    roles = here if administers else here.of(user)
    for role in roles.select_related("user", "area").order_by("pk"):
        is_own = role.user_id == user.pk
        words = {"role": role.get_role_display(), "name": str(role.user)}
        yield WaitingEntry(
            title=(
                _("Hand over your work as %(role)s")
                if is_own
                else _("Lengthen or let end: %(role)s, %(name)s")
            )
            % words,
            url=reverse("accounts:mine") + "#roles" if is_own else reverse("accounts:roles"),
            kind=gettext_lazy("Role"),
            due=role.valid_until,
            area=role.area.name if role.area else "",
            detail=_("The role ends on this day."),
        )


def invitations_that_expire(
    *, user: User, municipality: Municipality, today: dt.date
) -> Iterator[WaitingEntry]:
    """Invitations that nobody answered, for who administers; what expired a month ago is let go."""
    if not user.has_perm("accounts.invite", municipality):
        return
    since = timezone.now() - LONG_AGO
    found = Invitation.objects.unanswered().filter(municipality=municipality, expires_at__gt=since)
    for one in found.select_related("area").order_by("pk"):
        yield WaitingEntry(
            title=_("Invite again or withdraw: %(role)s") % {"role": one.get_role_display()},
            url=reverse("accounts:roles"),
            kind=gettext_lazy("Invitation"),
            due=timezone.localtime(one.expires_at).date(),
            area=one.area.name if one.area else "",
            detail=_("%(address)s did not answer. The link works until this day.") % {"address": one.email},
        )


def consents_to_decide(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """What colleagues want to publish or mail in a period that asks first, for who answers."""
    asked = Consent.objects.of(municipality).waiting()
    for one in permitted(asked, user, "accounts.decide_consent").select_related("asked_by"):
        yield WaitingEntry(
            title=_("Answer: %(title)s") % {"title": one.title},
            url=one.get_absolute_url(),
            kind=gettext_lazy("Asked first"),
            due=timezone.localtime(one.asked_at).date() + ANSWER_WITHIN,
            detail=_("%(name)s asks whether this can go out (%(period)s).")
            % {"name": one.asked_by or _("somebody who has left"), "period": one.period_name},
        )


waiting_sources.register(
    WaitingSource(
        name="accounts.consents",
        title=gettext_lazy("What can go out"),
        waiting=consents_to_decide,
        order=15,
    )
)


def work_of_blocked(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """Colleagues whose account is blocked while they still hold a role, for who administers."""
    if not user.has_perm("accounts.manage_roles", municipality):
        return
    lasting = RoleAssignment.objects.filter(municipality=municipality).exclude(valid_until__lt=today)
    for one in User.objects.filter(is_active=False, pk__in=lasting.values("user")).order_by("pk"):
        yield WaitingEntry(
            title=_("Hand over the work of %(name)s") % {"name": one},
            url=reverse("accounts:colleague", args=[one.uuid]),
            kind=gettext_lazy("Account"),
            detail=_("The account is blocked, and what it held waits for somebody."),
        )


for name, title, waiting, order in (
    ("accounts.address", gettext_lazy("Addresses to confirm"), address_to_confirm, 1),
    ("accounts.export", gettext_lazy("Your data"), data_ready, 2),
    ("accounts.roles", gettext_lazy("Roles that end"), roles_that_end, 30),
    ("accounts.invitations", gettext_lazy("Invitations"), invitations_that_expire, 31),
    ("accounts.blocked", gettext_lazy("Work to hand over"), work_of_blocked, 32),
):  # all of the person or of an administrator: a deputy gets none of it
    waiting_sources.register(
        WaitingSource(name=name, title=title, waiting=waiting, passes=False, order=order)
    )
