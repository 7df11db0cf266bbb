"""Who joins a team, and who leaves it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.forms import PersonChoice
from accounts.forms.absences import working_colleagues
from accounts.models import User
from areas.models import Municipality
from core.forms import DayField


class JoinForm(forms.Form):
    """A colleague and a period."""

    user = PersonChoice(User.objects.none(), label=gettext_lazy("Who"))
    valid_from = DayField(label=gettext_lazy("From"), initial=timezone.localdate)
    valid_until = DayField(
        label=gettext_lazy("Until"), required=False,
        help_text=gettext_lazy("This day still counts. Empty: for as long as it lasts."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipality: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = working_colleagues(municipality)  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The last day in a team."""

    last_day = DayField(label=gettext_lazy("Last day"), initial=timezone.localdate)
