"""The accounts of the people of the demo: password, confirmed address, role and second factor."""

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import RoleAssignment, User
from areas.models import Area, Municipality
from portal.demo.people import PEOPLE, DemoPerson
from portal.demo.rows import restore


def restore_people(municipality: Municipality, areas: dict[str, Area]) -> list[User]:
    """Make the accounts of the demo, or give them back their name, password, role and second factor."""
    return [_restore(person, municipality, areas) for person in PEOPLE]


def _restore(person: DemoPerson, municipality: Municipality, areas: dict[str, Area]) -> User:
    user = _account(person)
    restore(EmailAddress, {"user": user, "email": person.email}, verified=True, primary=True)
    if person.role is not None:
        _give_role(user, person.role, municipality, areas[person.area] if person.area else None)
        _give_second_factor(user, person)
    return user


def _account(person: DemoPerson) -> User:
    user = User.objects.filter(email=person.email).first()
    if user is None:
        return User.objects.create_user(person.email, person.password, name=person.name, is_demo=True)
    user.name, user.is_demo, user.is_active = person.name, True, True
    if not user.check_password(person.password):
        user.set_password(person.password)
    user.save()
    return user


def _give_role(user: User, role: RoleAssignment.Role, municipality: Municipality, area: Area | None) -> None:
    held = RoleAssignment.objects.of(user).current()
    if not held.filter(role=role, municipality=municipality, area=area).exists():
        assignment = RoleAssignment(
            user=user,
            role=role,
            municipality=municipality,
            area=area,
            valid_from=timezone.localdate(),
        )
        assignment.full_clean()
        assignment.save()


def _give_second_factor(user: User, person: DemoPerson) -> None:
    totp = Authenticator.Type.TOTP
    held = Authenticator.objects.filter(user=user, type=totp).first() or Authenticator(user=user, type=totp)
    adapter = get_adapter()
    if held.pk is None or adapter.decrypt(held.data["secret"]) != person.totp_secret:
        held.data = {"secret": adapter.encrypt(person.totp_secret)}
        held.save()
