"""One form for each section of a location that can be edited on its page.

Each carries the version that the person saw. `apply` hands over to the verb, which refuses when somebody else was first.
"""

import datetime as dt
from copy import copy
from dataclasses import replace
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.ground import ground_of
from areas.models import Municipality
from core.drawing import DrawingField
from core.forms import DayField, version_field
from workplaces.actions import (
    DayOff,
    add_location,
    change_location,
    close_location,
    move_pin,
    reopen_location,
    set_hours,
    set_offer,
)
from workplaces.actions.shared import DETAILS
from workplaces.forms.pin_search import PinSearch
from workplaces.hours_text import stretches_in
from workplaces.layers import LAYER
from workplaces.models import OpeningHours, Service, Team, WorkLocation
from workplaces.opening import Stretch, typed_stretches

Precision = WorkLocation.Precision


class SectionForm(forms.Form):
    """What the sections share: the location, and the version that the person saw."""

    version = version_field()

    def __init__(self, data: Any = None, *, location: WorkLocation, **kwargs: Any) -> None:
        self.location = location
        super().__init__(data, initial={**self.start(location), "version": location.version}, **kwargs)

    def start(self, location: WorkLocation) -> dict[str, Any]:
        """What the fields hold at first."""
        return {}

    def apply(self, by: Any) -> WorkLocation:
        """Do what was asked."""
        raise NotImplementedError


class DetailFields(forms.ModelForm[WorkLocation]):
    """Name, address, contact and accessibility."""

    class Meta:
        model = WorkLocation
        fields: ClassVar = list(DETAILS)


class DetailsForm(DetailFields):
    """Change name, address, contact and accessibility."""

    version = version_field()

    def __init__(self, data: Any = None, *, location: WorkLocation) -> None:
        # The form writes into its instance while it checks; the page goes on showing the location as it is.
        self.location = location
        super().__init__(data, instance=copy(location), initial={"version": location.version})

    def apply(self, by: Any) -> WorkLocation:
        """Do what was asked."""
        values = {name: self.cleaned_data[name] for name in DETAILS}
        return change_location(
            location=self.location, by=by, version=self.cleaned_data["version"], values=values
        )


def offer_fields(municipality: Municipality, location: WorkLocation | None = None) -> dict[str, forms.Field]:
    """The choice of services and teams of a municipality; of the teams that were dissolved only those that a location has."""
    teams = Team.objects.of(municipality)
    known = location.teams.values("pk") if location else ()
    return {
        "services": forms.ModelMultipleChoiceField(
            Service.objects.filter(municipality=municipality),
            label=_("Services"), required=False, widget=forms.CheckboxSelectMultiple,
        ),
        "teams": forms.ModelMultipleChoiceField(
            teams.filter(Q(pk__in=teams.working().values("pk")) | Q(pk__in=known)),
            label=_("Teams that work here"), required=False, widget=forms.CheckboxSelectMultiple,
        ),
    }  # fmt: skip


class OfferForm(SectionForm):
    """Change services and teams."""

    def __init__(self, data: Any = None, *, location: WorkLocation) -> None:
        super().__init__(data, location=location)
        self.fields.update(offer_fields(location.municipality, location))

    def start(self, location: WorkLocation) -> dict[str, Any]:
        return {
            "services": [offer.service_id for offer in location.offers.all()],
            "teams": [team.pk for team in location.teams.all()],
        }

    def apply(self, by: Any) -> WorkLocation:
        return set_offer(
            location=self.location, by=by, version=self.cleaned_data["version"],
            services=self.cleaned_data["services"], teams=self.cleaned_data["teams"],
        )  # fmt: skip


class StretchesField(forms.CharField):
    """The stretches of a day, typed on one line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=120, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[Stretch, ...]:
        return stretches_in(super().clean(value))


class HoursForm(SectionForm):
    """Change the hours of the week and the days that differ."""

    is_filter = True  # every line may stay empty, which the help says once

    BLANK_DAYS = 2
    MOST_DAYS = 60

    def __init__(self, data: Any = None, *, location: WorkLocation) -> None:
        self.coming = [one for one in location.exceptions.all() if one.day >= timezone.localdate()]
        super().__init__(data, location=location)
        for number, day in OpeningHours.Weekday.choices:
            self.fields[f"day{number}"] = StretchesField(label=day)
        for number in range(self._number_of_rows(data)):
            self.fields[f"date{number}"] = DayField(label=_("Day"), required=False, quiet=True)
            self.fields[f"hours{number}"] = StretchesField(label=_("Hours"))
            self.fields[f"reason{number}"] = forms.CharField(
                label=_("Reason"), max_length=120, required=False
            )

    def _number_of_rows(self, data: Any) -> int:
        sent = sum(1 for name in data if name.startswith("date")) if data else 0
        return min(self.MOST_DAYS, max(sent, len(self.coming) + self.BLANK_DAYS))

    def start(self, location: WorkLocation) -> dict[str, Any]:
        week: dict[int, list[Stretch]] = {}
        for one in location.hours.all():
            week.setdefault(one.weekday, []).append(Stretch(one.opens, one.closes))
        values: dict[str, Any] = {
            f"day{number}": typed_stretches(sorted(stretches)) for number, stretches in week.items()
        }
        for number, off in enumerate(self.coming):
            values[f"date{number}"] = off.day
            values[f"reason{number}"] = off.reason
            if off.opens and off.closes:
                values[f"hours{number}"] = typed_stretches([Stretch(off.opens, off.closes)])
        return values

    @property
    def week(self) -> list[forms.BoundField]:
        """The fields of the days of the week."""
        return [self[f"day{number}"] for number in range(7)]

    @property
    def days(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of the days that differ."""
        rows = sum(1 for name in self.fields if name.startswith("date"))
        return [(self[f"date{n}"], self[f"hours{n}"], self[f"reason{n}"]) for n in range(rows)]

    def clean(self) -> dict[str, Any]:
        """Each day once, not in the past, with one stretch at most."""
        cleaned = super().clean() or self.cleaned_data
        seen: set[dt.date] = set()
        self.exceptions: list[DayOff] = []
        for number in range(len(self.days)):
            day, stretches = cleaned.get(f"date{number}"), cleaned.get(f"hours{number}", ())
            reason = cleaned.get(f"reason{number}", "")
            if day is None:
                if (stretches or reason) and f"date{number}" not in self.errors:
                    self.add_error(f"date{number}", _("Give the day."))
                continue
            if day < timezone.localdate():
                self.add_error(f"date{number}", _("This day is over."))
            if day in seen:
                self.add_error(f"date{number}", _("This day is there twice."))
            if len(stretches) > 1:
                self.add_error(f"hours{number}", _("One stretch only on an exceptional day."))
            seen.add(day)
            self.exceptions.append(DayOff(day, stretches[0] if stretches else None, reason))
        return cleaned

    def apply(self, by: Any) -> WorkLocation:
        return set_hours(
            location=self.location, by=by, version=self.cleaned_data["version"],
            week={number: self.cleaned_data[f"day{number}"] for number in range(7)},
            exceptions=self.exceptions,
        )  # fmt: skip


class PlaceFields(forms.Form):
    """A place on the map, and how precise it is; `search` says what came of looking an address up."""

    search: PinSearch | None = None

    wanted = forms.CharField(
        label=gettext_lazy("Address to look for"), max_length=200, required=False,
        help_text=gettext_lazy("Street, number and postcode. Only these are asked about."),
    )  # fmt: skip
    point = DrawingField(
        label=gettext_lazy("The pin"), allow=("point",), required=False, nothing=None, symbol="location",
    )  # fmt: skip
    precision = forms.ChoiceField(
        label=gettext_lazy("How precise is this?"),
        choices=Precision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how precise the place is.")},
    )
    placed_by = forms.CharField(
        label=gettext_lazy("How do you know?"), max_length=200, required=False,
        help_text=gettext_lazy("One sentence, such as: beside the church, seen on the spot."),
    )  # fmt: skip

    def stand_upon(self, municipality: Municipality) -> None:
        """Show the areas and the other locations; where it may stand, the verb says."""
        ground = replace(ground_of(municipality, others=[LAYER]), surface=lambda: None)
        cast(DrawingField, self.fields["point"]).ground = ground

    def clean(self) -> dict[str, Any]:
        """A pin in agreement with the precision."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned.get("precision") == Precision.NONE:
            cleaned["point"] = None
        elif cleaned.get("point") is None:
            self.add_error("point", _("Put the pin on the map, or choose “not placed”."))
        return cleaned


class PinForm(SectionForm, PlaceFields):
    """Move the pin."""

    def __init__(self, data: Any = None, *, location: WorkLocation) -> None:
        super().__init__(data, location=location)
        self.stand_upon(location.municipality)

    def start(self, location: WorkLocation) -> dict[str, Any]:
        return {
            "wanted": location.full_address,
            "point": location.point,
            "precision": location.precision,
            "placed_by": location.placed_by,
        }

    def apply(self, by: Any) -> WorkLocation:
        return move_pin(
            location=self.location, by=by, version=self.cleaned_data["version"], point=self.cleaned_data["point"],
            precision=self.cleaned_data["precision"], placed_by=self.cleaned_data["placed_by"],
        )  # fmt: skip


class CloseForm(SectionForm):
    """Close for good."""

    on = DayField(label=gettext_lazy("Closed for good from"))
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)

    def start(self, location: WorkLocation) -> dict[str, Any]:
        return {"on": location.closed_on or timezone.localdate()}

    def apply(self, by: Any) -> WorkLocation:
        return close_location(
            location=self.location, by=by, version=self.cleaned_data["version"],
            on=self.cleaned_data["on"], note=self.cleaned_data["why"],
        )  # fmt: skip


class ReopenForm(SectionForm):
    """Take into use again."""

    def apply(self, by: Any) -> WorkLocation:
        return reopen_location(location=self.location, by=by, version=self.cleaned_data["version"])


class NewLocationForm(PlaceFields, DetailFields):
    """Add a location."""

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        self.municipality = municipality
        super().__init__(data, instance=WorkLocation(municipality=municipality))
        self.fields.update(offer_fields(municipality))
        self.stand_upon(municipality)
        # On the map is where a location belongs; "not placed" is the way out.
        self.initial["precision"] = Precision.ADDRESS

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """The fields that do not say where the location is."""
        return [self[name] for name in self.fields if name not in PlaceFields.base_fields]

    def _post_clean(self) -> None:
        """The verb checks the whole; here each field."""
        try:
            values = {name: self.cleaned_data[name] for name in DETAILS if name in self.cleaned_data}
            WorkLocation(municipality=self.municipality, **values).clean_fields(
                exclude=["slug", "municipality", *(set(DETAILS) - values.keys())]
            )
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    def apply(self, by: Any) -> WorkLocation:
        """Do what was asked."""
        return add_location(
            municipality=self.municipality, by=by,
            values={name: self.cleaned_data[name] for name in DETAILS},
            services=self.cleaned_data["services"], teams=self.cleaned_data["teams"],
            point=self.cleaned_data["point"], precision=self.cleaned_data["precision"],
            placed_by=self.cleaned_data["placed_by"],
        )  # fmt: skip
