"""What is asked of who brings something to the public: to whom it was put, what was decided, and from when it may be read."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, version_field
from core.models import Release
from core.release import (
    ReleaseKind,
    decide,
    name_reader,
    plan_release,
    put_before,
    release_now,
    send_back,
    withdraw,
)

WHY_FIRST = "why_first"  # the field of a form that asks first


class StepForm(forms.Form):
    """A form about one release, by one person."""

    def __init__(
        self, *args: Any, release: Release, thing: Any, kind: ReleaseKind, by: Any, **options: Any
    ) -> None:
        initial = {"version": release.version, "body": release.body, **options.pop("initial", {})}
        super().__init__(*args, **{**options, "initial": initial})
        self.release, self.thing, self.kind, self.by = release, thing, kind, by

    def do(self, *, site: str) -> Any:
        """The verb, with what was filled in."""
        raise NotImplementedError


class PutForm(StepForm):
    """To whom it is put, and on which day."""

    body = forms.CharField(label=gettext_lazy("Who decides"), max_length=120)
    on = DayField(label=gettext_lazy("Put to them on"))
    version = version_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"on": timezone.localdate()}, **options)

    def do(self, *, site: str) -> Release:
        return put_before(release=self.release, by=self.by, **self.cleaned_data)


class WhyForm(StepForm):
    """A reason, for the history."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept in the history."),
    )  # fmt: skip


class BackForm(WhyForm):
    """Why it is changed once more."""

    def do(self, *, site: str) -> Release:
        return send_back(release=self.release, by=self.by, why=self.cleaned_data["why"])


class WithdrawForm(WhyForm):
    """Why it stops before it is public."""

    def do(self, *, site: str) -> Release:
        return withdraw(release=self.release, by=self.by, why=self.cleaned_data["why"])


class DecideForm(StepForm):
    """What was decided: by whom, on which day, under which number."""

    body = forms.CharField(label=gettext_lazy("Who decided"), max_length=120)
    decided_on = DayField(label=gettext_lazy("Decided on"))
    number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=60)
    version = version_field()

    def do(self, *, site: str) -> Release:
        return decide(release=self.release, by=self.by, **self.cleaned_data)


class MomentForm(StepForm):
    """From when everybody reads it; on a day that asks somebody first, with the reason."""

    why_first = forms.CharField(
        label=gettext_lazy("Why on this day?"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Only on a day on which somebody has to be asked first. That person reads this and says yes or no."),
    )  # fmt: skip
    version = version_field()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = ""
        if self.kind.first is None:
            del self.fields[WHY_FIRST]

    def moment(self) -> dt.datetime | None:
        """The moment that was chosen; None is at once."""
        return None

    def clean(self) -> dict[str, Any]:
        """On a day that asks somebody first, the reason may not be empty."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.kind.first is not None and not self.errors:
            day = timezone.localdate(self.moment() or timezone.now())
            self.asked = self.kind.first.asks(thing=self.thing, by=self.by, on=day)
            if self.asked and not cleaned.get(WHY_FIRST):
                self.add_error(WHY_FIRST, ValidationError(self.asked, code="asks_first"))
        return cleaned

    def do(self, *, site: str) -> Any:
        at, version = self.moment(), self.cleaned_data["version"]
        if self.kind.first is not None and self.asked:
            why = self.cleaned_data[WHY_FIRST]
            return self.kind.first.ask(
                release=self.release, thing=self.thing, at=at, why=why, by=self.by, site=site
            )
        if at is None:
            return release_now(release=self.release, by=self.by, version=version)
        return plan_release(release=self.release, by=self.by, at=at, version=version)


class PlanForm(MomentForm):
    """The day and the hour of the release."""

    field_order = ("day", "time", WHY_FIRST)
    day = DayField(label=gettext_lazy("Public from"))
    time = forms.TimeField(
        label=gettext_lazy("At"), initial=dt.time(18), widget=forms.TimeInput(format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H"],
        error_messages={"invalid": gettext_lazy("Write the hour as 18:00.")},
    )  # fmt: skip

    def __init__(self, *args: Any, release: Release, **options: Any) -> None:
        initial: dict[str, Any] = {}
        if release.release_at is not None:
            local = timezone.localtime(release.release_at)
            initial = {"day": local.date(), "time": local.time()}
        super().__init__(*args, release=release, initial=initial, **options)

    def moment(self) -> dt.datetime | None:
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))

    def clean(self) -> dict[str, Any]:
        """A moment that is still to come."""
        cleaned = super().clean()
        moment = self.moment() if {"day", "time"} <= set(cleaned) else None
        if moment is not None and moment <= timezone.now():
            words = _("This moment is over. Release it at once, or choose a later one.")
            self.add_error("day", ValidationError(words, code="moment"))
        return cleaned


class ReaderForm(StepForm):
    """Who else reads it before it is public, and why."""

    person: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(queryset=None, label=gettext_lazy("Who"))
    because_of = forms.CharField(
        label=gettext_lazy("Why this person"), max_length=120,
        help_text=gettext_lazy("As that person reads it: “secretary of the council”."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        named = self.release.readers.values("person")
        self.fields["person"].queryset = self.kind.people(thing=self.thing).exclude(uuid__in=named)  # type: ignore[attr-defined]

    def do(self, *, site: str) -> Any:
        return name_reader(release=self.release, by=self.by, **self.cleaned_data)
