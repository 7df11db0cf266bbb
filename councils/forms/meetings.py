"""What is filled in about a meeting: when and where, an item of its agenda, the light form on one page."""

import datetime as dt
from contextlib import suppress
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, version_field
from core.verbs import Actor
from councils.actions import light, meetings
from councils.makeup import makeup_once
from councils.models import AgendaItem, Council, Decision, Meeting, Membership
from plans.models import Plan
from workplaces.models import WorkLocation

EVENING = dt.time(20)


class HourField(forms.TimeField):
    """An hour as people write it: 20.00, 20:00 or 20."""

    default_error_messages: ClassVar = {
        "required": gettext_lazy("Give an hour, such as 20.00."),
        "invalid": gettext_lazy("This is no hour. Write it as 20.00 or 20:00."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H.%M", attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(input_formats=["%H.%M", "%H:%M", "%H"], widget=widget, **kwargs)


def moment_of(day: dt.date, hour: dt.time) -> dt.datetime:
    """A day and an hour on the clock of the municipality."""
    return timezone.make_aware(dt.datetime.combine(day, hour))


class WhenForm(forms.Form):
    """A day, from when until when; the end on the day after when it is earlier on the clock."""

    day = DayField(label=gettext_lazy("Day"))
    starts = HourField(label=gettext_lazy("From"), initial=EVENING)
    ends = HourField(label=gettext_lazy("Until (hour)"), required=False)

    def moments(self) -> dict[str, Any]:
        """Beginning and end as moments."""
        told = self.cleaned_data
        starts, ends = moment_of(told["day"], told["starts"]), None
        if told.get("ends"):
            later = told["day"] + dt.timedelta(days=told["ends"] <= told["starts"])
            ends = moment_of(later, told["ends"])
        return {"starts_at": starts, "ends_at": ends}


def begins_as(meeting: Meeting | None) -> dict[str, Any]:
    """What the fields of `WhenForm` begin with."""
    if meeting is None:
        return {}
    if meeting.is_file:
        return {"day": meeting.day}
    starts = timezone.localtime(meeting.starts_at)
    ends = timezone.localtime(meeting.ends_at).time() if meeting.ends_at else None
    return {"day": starts.date(), "starts": starts.time(), "ends": ends}


class MeetingForm(WhenForm):
    """A meeting: a new one of a council, or one that there is."""

    location = forms.ModelChoiceField(
        WorkLocation.objects.none(), label=gettext_lazy("Work location"), required=False,
        empty_label=gettext_lazy("another place"),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Another place"), max_length=200, required=False,
        help_text=gettext_lazy("When it is at no work location: name and address, or the room."),
    )  # fmt: skip
    how = forms.ChoiceField(label=gettext_lazy("How people meet"), choices=Meeting.How.choices)
    join_url = forms.URLField(
        label=gettext_lazy("Link to join online"), required=False, max_length=500, assume_scheme="https",
        help_text=gettext_lazy("Only members see it."),
    )  # fmt: skip
    is_public = forms.BooleanField(
        label=gettext_lazy("Anybody may come and listen"), required=False, initial=True
    )
    works = forms.ChoiceField(
        label=gettext_lazy("How this meeting is written down"), choices=Council.Works.choices
    )
    version = version_field()

    def __init__(self, data: Any = None, *, council: Council, meeting: Meeting | None = None) -> None:
        self.council, self.meeting = council, meeting
        initial: dict[str, Any] = {"works": council.works}
        if meeting is not None:
            names = ("location", "place", "how", "join_url", "is_public", "works", "version")
            initial = {**begins_as(meeting), **{name: getattr(meeting, name) for name in names}}
        super().__init__(data, initial=initial)
        locations: Any = self.fields["location"]
        locations.queryset = WorkLocation.objects.filter(municipality=council.municipality).order_by("name")
        if meeting is not None and meeting.opened_at is not None:
            del self.fields["works"]

    def apply(self, *, by: Actor) -> Meeting:
        """Plan it, or change it."""
        names = [name for name in meetings.MEETING if name in self.fields]
        values = {**self.moments(), **{name: self.cleaned_data[name] for name in names}}
        if self.meeting is None:
            return meetings.plan_meeting(council=self.council, by=by, values=values)
        version = self.cleaned_data["version"] or None
        return meetings.change_meeting(meeting=self.meeting, by=by, values=values, version=version)


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """An item of the agenda."""

    version = version_field()

    class Meta:
        model = AgendaItem
        fields = ("title", "kind", "text", "minutes_planned", "plan", "is_closed")

    def __init__(self, data: Any = None, *, meeting: Meeting, item: AgendaItem | None = None) -> None:
        self.meeting, self.item = meeting, item
        initial = {"version": item.version} if item is not None else {}
        super().__init__(data, instance=AgendaItem.objects.get(pk=item.pk) if item else None, initial=initial)
        plans: Any = self.fields["plan"]
        plans.queryset = Plan.objects.of(meeting.council.municipality).running().order_by("name")
        plans.empty_label = _("none")

    def _post_clean(self) -> None:
        """The verb judges the row as it is under the lock."""

    def apply(self, *, by: Actor) -> AgendaItem:
        """Add it, or change it."""
        values = {name: self.cleaned_data[name] for name in meetings.ITEM}
        if self.item is None:
            return meetings.add_item(meeting=self.meeting, by=by, values=values)
        version = self.cleaned_data["version"] or None
        return meetings.change_item(item=self.item, by=by, values=values, version=version)


class LightForm(WhenForm):
    """The light form: when, who was there, what was decided; `rows` are as many decisions as there is room for.

    `typed` is what stands in it while the day is still being chosen: nothing is judged yet, and nothing typed is lost.
    """

    present = forms.ModelMultipleChoiceField(
        Membership.objects.none(), label=gettext_lazy("Who was there?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    version = version_field()

    def __init__(
        self,
        data: Any = None,
        *,
        council: Council,
        meeting: Meeting | None = None,
        rows: int = 3,
        typed: QueryDict | None = None,
    ) -> None:
        self.council, self.meeting = council, meeting
        self.decisions = list(meeting.decisions.order_by("item__order", "pk")) if meeting else []
        self.rows = max(rows, len(self.decisions) + 1)
        super().__init__(data, initial=begins_as(meeting))
        said = typed if typed is not None else data
        self._people(str((said or {}).get("day", "")))
        if meeting is not None:
            there = list(meeting.presences.values_list("membership", flat=True))
            self.initial.update(version=meeting.version, present=there)
        for number in range(self.rows):
            self._row(number)
        if typed is not None:
            self.initial["present"] = typed.getlist("present")
            self.initial.update(
                {name: typed[name] for name in self.fields if name in typed and name != "present"}
            )

    def _people(self, typed: str) -> None:
        """Who had a seat on the day of the meeting: the one that was typed, as far as it is a day."""
        makeup = makeup_once(self.council)
        self.people_on = self.meeting.day if self.meeting else timezone.localdate()
        with suppress(ValidationError):
            self.people_on = self.fields["day"].clean(typed)
        people = makeup.seated(self.people_on)
        rows = Membership.objects.filter(pk__in=[one.key for one in people]).select_related("person")
        field: Any = self.fields["present"]
        field.queryset = rows.order_by("person__name")
        field.label_from_instance = lambda one: one.person.name
        if self.meeting is None:
            self.initial["present"] = []

    def _row(self, number: int) -> None:
        self.fields |= {
            f"uuid{number}": forms.UUIDField(required=False, widget=forms.HiddenInput),
            f"kind{number}": forms.ChoiceField(label=_("Kind"), choices=Decision.Kind.choices, initial="advice", required=False),
            f"text{number}": forms.CharField(
                label=_("What did the council decide?"), max_length=6000, required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
            f"how{number}": forms.ChoiceField(label=_("How"), choices=Decision.How.choices, initial="agreement", required=False),
            **{
                f"{name}{number}": forms.IntegerField(label=label, min_value=0, max_value=200, required=False)
                for name, label in (("in_favour", _("For")), ("against", _("Against")), ("abstained", _("Abstained")))
            },
        }  # fmt: skip
        if number < len(self.decisions):
            was = self.decisions[number]
            names = ("uuid", *light.DECISION)
            self.initial.update({f"{name}{number}": getattr(was, name) for name in names})

    def decision_rows(self) -> list[list[Any]]:
        """The fields of each decision, for the page."""
        names = ("uuid", *light.DECISION)
        return [[self[f"{name}{number}"] for name in names] for number in range(self.rows)]

    def told(self) -> list[dict[str, Any]]:
        """The decisions that say something."""
        names = ("uuid", *light.DECISION)
        rows = (
            {name: self.cleaned_data.get(f"{name}{number}") for name in names} for number in range(self.rows)
        )
        return [
            {
                **row,
                "kind": row["kind"] or Decision.Kind.DECISION,
                "how": row["how"] or Decision.How.AGREEMENT,
            }
            for row in rows
            if row["text"]
        ]

    def apply(self, *, by: Actor) -> Meeting:
        """Write it."""
        return light.write_light(
            council=self.council, by=by, meeting=self.meeting, values=self.moments(),
            present=self.cleaned_data["present"], decisions=self.told(),
            version=self.cleaned_data["version"] or None,
        )  # fmt: skip
