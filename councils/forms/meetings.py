"""What is filled in about a meeting: when and where, an item of its agenda, the light form on one page."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, version_field
from core.verbs import Actor
from councils.actions import meetings
from councils.models import Advice, AgendaItem, Council, Meeting
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
        fields = ("title", "kind", "text", "minutes_planned", "plan", "advice", "is_closed")

    def __init__(self, data: Any = None, *, meeting: Meeting, item: AgendaItem | None = None) -> None:
        self.meeting, self.item = meeting, item
        initial = {"version": item.version} if item is not None else {}
        super().__init__(data, instance=AgendaItem.objects.get(pk=item.pk) if item else None, initial=initial)
        plans: Any = self.fields["plan"]
        plans.queryset = Plan.objects.of(meeting.council.municipality).running().order_by("name")
        advices: Any = self.fields["advice"]
        advices.queryset = meeting.council.advices.exclude(state=Advice.State.WITHDRAWN).newest_first()
        plans.empty_label = advices.empty_label = _("none")

    def _post_clean(self) -> None:
        """The verb judges the row as it is under the lock."""

    def apply(self, *, by: Actor) -> AgendaItem:
        """Add it, or change it."""
        values = {name: self.cleaned_data[name] for name in meetings.ITEM}
        if self.item is None:
            return meetings.add_item(meeting=self.meeting, by=by, values=values)
        version = self.cleaned_data["version"] or None
        return meetings.change_item(item=self.item, by=by, values=values, version=version)
