"""What people fill in about roles and about themselves."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.addresses import spelled, validate_ascii
from accounts.guessing import take_turn
from accounts.models import RoleAssignment, User
from accounts.models.roles import RoleAssignmentQuerySet
from areas.models import Area, Municipality
from core.forms import DayField, FewChoice

Role = RoleAssignment.Role
WHY_HELP = gettext_lazy("Kept in the history, next to your name.")


class AreaChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An area with its kind."""

    def label_from_instance(self, obj: Any) -> str:
        """Names alone are ambiguous: Meer is a deelgemeente and a wijk."""
        return f"{obj.name} ({obj.kind.name.lower()})"


class PersonChoice(FewChoice):
    """A colleague, by name and address."""

    def label_from_instance(self, obj: Any) -> str:
        """Two colleagues may share a name."""
        return f"{obj.name} · {obj.email}" if obj.name else obj.email


def areas_to_choose(municipality: Municipality) -> Any:
    """The areas of a municipality in which a role can be held."""
    return Area.objects.of(municipality).active().filter(is_residual=False).select_related("kind").in_order()


def colleagues(municipality: Municipality, but: User | None = None) -> Any:
    """Those who hold or held a role here; others are invited, so that nobody learns who has an account."""
    people = User.objects.filter(roles__municipality=municipality, is_active=True).distinct()
    return (people.exclude(pk=but.pk) if but else people).order_by("name", "email")


class WhyForm(forms.Form):
    """A change that asks why."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=300, help_text=WHY_HELP)


class PlaceForm(WhyForm):
    """A role, a place and a period."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=[("", gettext_lazy("Choose a role")), *Role.choices]
    )
    area = AreaChoice(
        Area.objects.none(), label=gettext_lazy("Area"), required=False, empty_label=gettext_lazy("The whole municipality"),
        help_text=gettext_lazy("A role also counts in the areas that lie within."),
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    valid_until = DayField(
        label=gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("This day still counts. Empty: for as long as it lasts."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_to_choose(municipality)  # type: ignore[attr-defined]


class GiveRoleForm(PlaceForm):
    """Give a colleague a role."""

    user = PersonChoice(User.objects.none(), label=gettext_lazy("Person"))
    field_order = ["user", "role", "area", "valid_from", "valid_until", "why"]

    def __init__(self, *args: Any, by: User, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, municipality=municipality, **kwargs)
        self.fields["user"].queryset = colleagues(municipality, by)  # type: ignore[attr-defined]


class InviteForm(PlaceForm):
    """Invite somebody by mail."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, validators=[validate_ascii]
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=150, required=False)
    field_order = ["email", "name", "role", "area", "valid_from", "valid_until", "why"]


class EndRoleForm(WhyForm):
    """End a role."""

    last_day = DayField(
        label=gettext_lazy("Last day"), initial=timezone.localdate,
        help_text=gettext_lazy("This day still counts. A role that has not started by then is taken away."),
    )  # fmt: skip
    field_order = ["last_day", "why"]


class ReplaceForm(WhyForm):
    """Name a replacement."""

    user = PersonChoice(User.objects.none(), label=gettext_lazy("Replacement"))
    valid_from = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    valid_until = DayField(label=gettext_lazy("Until"), help_text=gettext_lazy("This day still counts."))
    field_order = ["user", "valid_from", "valid_until", "why"]

    def __init__(self, *args: Any, by: User, assignment: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues(assignment.municipality, by).exclude(pk=assignment.user_id)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class SignUpForm(allauth_forms.SignupForm):  # type: ignore[misc]
    """Make an account; as much work for an address that has one as for a new one."""

    def try_save(self, request: HttpRequest) -> Any:
        """Write the account; for one that is there already only a mail goes out, and a password is hashed for nothing."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class CodeByMailForm(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    """Ask for a code by mail."""

    def clean_email(self) -> str:
        """Whose; not too often."""
        take_turn(context.request, spelled(self.cleaned_data["email"]), "mail")
        return str(super().clean_email())


class ResetByMailForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to choose another password."""

    def clean_email(self) -> str:
        """Whose; not too often."""
        take_turn(context.request, spelled(self.cleaned_data["email"]), "mail")
        return str(super().clean_email())


class AcceptForm(forms.Form):
    """Make an account from an invitation."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150, help_text=gettext_lazy("As others may see it.")
    )
    password = forms.CharField(
        label=gettext_lazy("Password"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least eight characters; a sentence is easy to remember."),
    )  # fmt: skip


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    """How others see one's name."""

    class Meta:
        model = User
        fields = ["name"]


class EraseForm(forms.Form):
    """Delete one's account."""

    password = forms.CharField(
        label=gettext_lazy("Your password"), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    understood = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if not user.has_usable_password():  # signs in through the municipality; has just done so again
            del self.fields["password"]

    def clean_password(self) -> str:
        """The password of the person who asks."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(gettext_lazy("This is not your password."))
        return password


class RolesFilter(forms.Form):
    """Which roles the list shows."""

    is_filter = True  # the labels need not say that everything may be left empty
    STATES = [
        ("current", gettext_lazy("Now")),
        ("coming", gettext_lazy("Coming")),
        ("ended", gettext_lazy("Ended")),
    ]

    q = forms.CharField(label=gettext_lazy("Name or e-mail address"), required=False, max_length=150)
    area = AreaChoice(
        Area.objects.none(),
        label=gettext_lazy("Area"),
        required=False,
        empty_label=gettext_lazy("Every area"),
    )
    state = forms.ChoiceField(label=gettext_lazy("When"), choices=STATES, required=False, initial="current")

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_to_choose(municipality)  # type: ignore[attr-defined]

    def apply(self, roles: RoleAssignmentQuerySet) -> RoleAssignmentQuerySet:
        """The roles that fit; none when the filter itself makes no sense."""
        if not self.is_valid():
            return roles.none()
        chosen = self.cleaned_data
        state = chosen.get("state") or "current"
        roles = {"coming": roles.coming, "ended": roles.ended}.get(state, roles.current)()
        if words := chosen.get("q"):
            roles = roles.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
        if area := chosen.get("area"):
            roles = roles.filter(Q(area__in=Area.objects.within(area)) | Q(area=None))
        return roles
