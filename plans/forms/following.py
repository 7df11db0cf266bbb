"""What a team fills in about its own work: news, what comes next, how it stands, progress.

In a period of the calendar that asks first, a form asks why it goes out now. What was typed waits in a `Consent`, and is read
again by the same form when it goes on.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions.consents import ask_consent
from accounts.consent import period_for
from accounts.forms.consents import WHY_FIRST, ask_why
from accounts.models import Consent
from areas.models import CalendarPeriod
from core.dates import WhenFormField
from core.forms import DayField, value_in_words, version_field
from core.text import StaffTextField
from core.verbs import Actor
from plans.actions import following, progress
from plans.models import Action, Goal, News, Plan, ProgressEntry, Step

NOT_TYPED = ("version", WHY_FIRST)  # what a consent does not keep
BY_DATES = ("", gettext_lazy("as the dates, the steps and the news say"))


class FollowingForm(forms.Form):
    """Something about an action (`about`); `row` is what there is already, when it is changed."""

    name: ClassVar[str]
    kind: ClassVar[str] = following.KIND
    about: Action

    def __init__(
        self, data: Any = None, *, about: Action, by: Actor, row: Any = None, may_ask: bool = True
    ) -> None:
        self.by, self.row, self.about = by, row, about
        super().__init__(data, initial=self.start(row))
        if "version" in self.fields:
            self.initial["version"] = row.version if row else ""
        self.period: CalendarPeriod | None = None
        if may_ask and self.plan.is_public:
            self.period = period_for(self.plan.municipality, by=by)
        if self.period is not None:
            ask_why(self, self.period)

    @property
    def plan(self) -> Plan:
        """The plan that it stands in."""
        return self.about.plan

    @property
    def subject(self) -> UUID:
        """What a consent is about."""
        return self.about.uuid

    def start(self, row: Any) -> dict[str, Any]:
        """What there is, by field."""
        return {
            name: getattr(row, name) for name in self.base_fields if row is not None and hasattr(row, name)
        }

    def apply(self, *, site: str) -> Any:
        """Do it, or ask first whether it may go out."""
        if self.period is None:
            return self.do(by=self.by)
        data: Any = self.data
        typed = {name: data.getlist(name) for name in self.fields if name not in NOT_TYPED}
        return ask_consent(
            kind=self.kind, subject=self.subject, municipality=self.plan.municipality, by=self.by, site=site,
            payload={"form": self.name, "row": self.row.pk if self.row else None, "typed": typed},
            why=self.cleaned_data[WHY_FIRST],
        )  # fmt: skip

    def do(self, *, by: Actor, consent: Consent | None = None) -> Any:
        """The verb, with what was filled in."""
        raise NotImplementedError

    @property
    def seen(self) -> str | None:
        """The version that the person saw; what a consent kept is not held against one."""
        return self.cleaned_data.get("version") or None


class NewsForm(FollowingForm):
    """What is new."""

    name = "news"
    title = forms.CharField(label=gettext_lazy("In one sentence"), max_length=160)
    text = StaffTextField(label=gettext_lazy("More about it"), required=False, level=3)
    on = DayField(label=gettext_lazy("Day"), initial=timezone.localdate)
    version = version_field()

    def do(self, *, by: Actor, consent: Consent | None = None) -> News:
        """Tell it, or correct it."""
        told = {name: self.cleaned_data[name] for name in ("title", "text", "on")}
        if self.row is None:
            return following.tell_news(action=self.about, by=by, consent=consent, **told)
        return following.correct_news(news=self.row, by=by, version=self.seen, values=told, consent=consent)


class UnchangedForm(FollowingForm):
    """That nothing changed, and why."""

    name = "unchanged"
    text = forms.CharField(
        label=gettext_lazy("Why nothing changed"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Everybody reads this on the page of the action."),
    )  # fmt: skip
    version = version_field()

    def do(self, *, by: Actor, consent: Consent | None = None) -> News:
        """Say it, or correct it."""
        reason = self.cleaned_data["text"]
        if self.row is None:
            return following.say_unchanged(action=self.about, by=by, reason=reason, consent=consent)
        values = {"text": reason}
        return following.correct_news(news=self.row, by=by, version=self.seen, values=values, consent=consent)


class StepForm(FollowingForm):
    """What comes next."""

    name = "step"
    title = forms.CharField(label=gettext_lazy("What comes next"), max_length=160)
    when = WhenFormField(label=gettext_lazy("At the latest"))
    text = StaffTextField(label=gettext_lazy("More about it"), required=False, level=3, rows=4)
    version = version_field()

    def do(self, *, by: Actor, consent: Consent | None = None) -> Step:
        """Add it, or change it."""
        values = {name: self.cleaned_data[name] for name in following.STEP}
        if self.row is None:
            return following.add_step(action=self.about, by=by, values=values, consent=consent)
        return following.change_step(step=self.row, by=by, version=self.seen, values=values, consent=consent)


class StandingForm(FollowingForm):
    """How far it is, and whether that is all right; `row` is the action itself."""

    name = "standing"
    phase = forms.ChoiceField(label=gettext_lazy("How far it is"), choices=Action.Phase.choices)
    done_percent = forms.IntegerField(
        label=gettext_lazy("Done, in %"), required=False, min_value=0, max_value=100,
        help_text=gettext_lazy("Empty: follows from how far it is."),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("Is it all right?"), choices=[BY_DATES, *Action.State.choices], required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you say so"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you choose the state yourself; everybody reads it."),
    )  # fmt: skip
    version = version_field()

    def start(self, row: Any) -> dict[str, Any]:
        """What there is; the state only when it was set by hand."""
        return {**super().start(row), "state": row.set_state, "reason": row.set_state_reason}

    def clean(self) -> dict[str, Any]:
        """Who chooses the state says why."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("state") and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why: who reads the plan reads it too."))
        return values

    def do(self, *, by: Actor, consent: Consent | None = None) -> Action:
        """Report it."""
        told = {name: self.cleaned_data[name] for name in ("phase", "done_percent", "state", "reason")}
        return following.report_standing(action=self.about, by=by, version=self.seen, consent=consent, **told)


class ProgressForm(FollowingForm):
    """Aimed for? Done? In a period, of a plan, a goal or an action."""

    name = "progress"
    kind = progress.KIND
    first_on = DayField(label=gettext_lazy("From"), quiet=True)
    last_on = DayField(
        label=gettext_lazy("Until"), quiet=True, help_text=gettext_lazy("This day still counts.")
    )
    aimed = StaffTextField(label=gettext_lazy("What we wanted to reach"), level=4, rows=4)
    done = StaffTextField(label=gettext_lazy("What was done"), level=4, rows=4, required=False)
    state = forms.ChoiceField(label=gettext_lazy("Is it all right?"), choices=ProgressEntry.State.choices)
    needed = StaffTextField(label=gettext_lazy("What is needed"), level=4, rows=3, required=False)
    version = version_field()

    def __init__(
        self,
        data: Any = None,
        *,
        about: Plan | Goal | Action,
        by: Actor,
        row: Any = None,
        may_ask: bool = True,
    ) -> None:
        self.of = about
        super().__init__(data, about=about, by=by, row=row, may_ask=may_ask)  # type: ignore[arg-type]

    @property
    def plan(self) -> Plan:
        """The plan itself, or that of the goal or the action."""
        return self.of if isinstance(self.of, Plan) else self.of.plan

    @property
    def subject(self) -> UUID:
        """What a consent is about."""
        return self.of.uuid

    def do(self, *, by: Actor, consent: Consent | None = None) -> ProgressEntry:
        """Write it, or write it better."""
        values = {name: self.cleaned_data[name] for name in progress.VALUES}
        if self.row is not None:
            return progress.change_progress(
                entry=self.row, by=by, version=self.seen, values=values, consent=consent
            )
        return progress.write_progress(
            plan=self.plan, by=by, values=values, consent=consent,
            goal=self.of if isinstance(self.of, Goal) else None,
            action=self.of if isinstance(self.of, Action) else None,
        )  # fmt: skip


FORMS: Mapping[str, type[FollowingForm]] = {
    form.name: form for form in (NewsForm, UnchangedForm, StepForm, StandingForm, ProgressForm)
}
ROWS: Mapping[str, Any] = {"news": News, "unchanged": News, "step": Step, "progress": ProgressEntry}


def kept_form(payload: Mapping[str, Any], *, about: Any, by: Actor) -> FollowingForm:
    """The form with what a consent kept; raises ValidationError when what it changes is gone."""
    row = about if payload["form"] == StandingForm.name else None
    if payload["row"] is not None and payload["form"] in ROWS:
        row = ROWS[payload["form"]].objects.filter(pk=payload["row"]).first()
        if row is None:
            raise forms.ValidationError(_("This is no longer there."), code="gone")
    return FORMS[payload["form"]](
        MultiValueDict(payload["typed"]), about=about, by=by, row=row, may_ask=False
    )


def typed_in_words(payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """What was typed, field by field, for who answers."""
    fields = FORMS[payload["form"]].base_fields
    words = ((fields[name], values[-1] if values else "") for name, values in payload["typed"].items())
    return [(str(field.label), value_in_words(field, value)) for field, value in words if value]
