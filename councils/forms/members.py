"""What a secretary fills in about who sits in a council."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import DayField, FewChoice
from councils.actions.members import (
    CHANGED,
    appoint,
    change_hindrance,
    change_member,
    end_member,
    end_office,
    give_office,
    hinder,
)
from councils.actions.people import GENDER, REACHED, add_person, change_person, end_mandate, note_mandate
from councils.forms.keep import UNTIL, KeepForm, LastDayForm
from councils.models import Council, Membership, Office, Person, PublicOffice, Seat

SELDOM = ("delegation", "rank", "decision_uri")
CONTACT = tuple(name for name in REACHED if name not in ("name", "user"))


class PlaceChoice(FewChoice):
    """Places of a council, by mandate and name."""

    def label_from_instance(self, obj: Any) -> str:
        """The mandate, and for whom the places are."""
        mandate = capfirst(str(Seat.Mandate(obj.mandate).label))
        return f"{mandate}, {obj.name}" if obj.name else mandate


class PersonChoice(FewChoice):
    """People of the councils of a municipality; two of one name are told apart by where they sit or sat."""

    def label_from_instance(self, obj: Any) -> str:
        """The name and the councils; it runs no query when `memberships__council` is fetched along."""
        councils = sorted({one.council.name for one in obj.memberships.all()})
        return f"{obj.name}: {', '.join(councils)}" if councils else str(obj.name)


class MemberChoice(FewChoice):
    """A member, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.person.name)


def decision_fields(council: Council) -> dict[str, forms.Field]:
    """The decision that appointed somebody; in a council that was founded also that there is none."""
    found: dict[str, forms.Field] = {
        "decided_on": DayField(label=_("Appointed by the decision of"), required=False),
        "decision_number": forms.CharField(label=_("Number of the decision"), max_length=60, required=False),
        "decision_uri": forms.URLField(
            label=_("Address of the decision"), max_length=500, required=False, assume_scheme="https"
        ),
    }
    if council.basis != Council.Basis.FREE:
        found["without_decision"] = forms.BooleanField(
            label=_("There is no decision"), required=False, help_text=_("The page of the council says so.")
        )
    return found


def is_without(council: Council, values: dict[str, Any]) -> bool:
    """Whether somebody is appointed without a decision: a free council need not say so, one that was founded does."""
    said: bool = values.pop("without_decision", False)
    named = any(values[name] for name in ("decided_on", "decision_number", "decision_uri"))
    return said or (council.basis == Council.Basis.FREE and not named)


def person_fields(*, sees_gender: bool) -> dict[str, forms.Field]:
    """How somebody is reached; gender for who may know it alone."""
    made = forms.modelform_factory(Person, fields=[*CONTACT, GENDER]).base_fields
    return {name: field for name, field in made.items() if sees_gender or name != GENDER}


class AppointForm(KeepForm):
    """Somebody comes to sit in the council: a person who is known, or a new one."""

    title = gettext_lazy("Appoint a member")
    lead = gettext_lazy("From the first day on the page of the council says who it is and since when.")
    button = gettext_lazy("Appoint")
    seldom = SELDOM

    def add_fields(self) -> None:
        people = Person.objects.filter(municipality=self.council.municipality_id).order_by("name", "pk")
        people = people.prefetch_related("memberships__council")
        today = timezone.localdate()
        self.sees_gender = self.by.has_perm("councils.see_gender", self.council)
        more = person_fields(sees_gender=self.sees_gender)
        self.fields |= {
            "person": PersonChoice(people, label=_("Who"), required=False, empty_label=_("Somebody new")),
            "name": forms.CharField(
                label=_("Name of somebody new"), max_length=120, required=False,
                help_text=_("Only for who sits in no council yet."),
            ),
            **more,
            "seat": PlaceChoice(self.council.seats.exclude(last_on__lt=today), label=_("Place")),
            "first_on": DayField(label=_("From")),
            "last_on": DayField(label=_("Until"), required=False, help_text=_("Empty: until the end of the term.")),
            "office": forms.ChoiceField(
                label=_("Office"), required=False,
                choices=[("", _("none")), *((key, capfirst(str(label))) for key, label in Office.Kind.choices)],
            ),
            "delegation": forms.CharField(
                label=_("Speaks for"), max_length=120, required=False,
                help_text=_("The organisation that sends this person, if there is one."),
            ),
            "rank": forms.IntegerField(label=_("Rank"), min_value=0, max_value=999, initial=0, help_text=_("0: by name.")),
            **decision_fields(self.council),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Somebody, and not two people."""
        found = super().clean() or self.cleaned_data
        name, person = found.get("name", "").strip(), found.get("person")
        if not name and person is None and "person" not in self.errors:
            raise ValidationError(
                {"person": _("Choose somebody, or give the name of somebody new.")}, code="required"
            )
        if name and person is not None:
            raise ValidationError({"name": _("Choose somebody, or give a new name: not both.")}, code="both")
        return found

    @transaction.atomic
    def apply(self) -> Membership:
        values = self.values
        office, without = values.pop("office"), is_without(self.council, values)
        new = {name: values.pop(name) for name in ("name", *CONTACT, GENDER) if name in values}
        if values["person"] is None:
            values["person"] = add_person(council=self.council, values=new, by=self.by)
        return appoint(
            council=self.council, values=values, by=self.by, without_decision=without, office=office
        )


class MemberForm(KeepForm):
    """For whom a member speaks, the rank and the decision."""

    title = gettext_lazy("Details of the membership")
    is_versioned = True

    def add_fields(self) -> None:
        made = forms.modelform_factory(Membership, fields=["rank", "delegation"]).base_fields
        self.fields |= {**made, **decision_fields(self.council)}

    def start(self) -> dict[str, Any]:
        values: dict[str, Any] = {name: getattr(self.row, name) for name in CHANGED}
        return {**values, "without_decision": not self.row.has_decision}

    def apply(self) -> Membership:
        values = self.values
        without = is_without(self.council, values)
        return change_member(
            member=self.row,
            values=values,
            by=self.by,
            without_decision=without,
            version=self.cleaned_data["version"],
        )


class LeaveForm(LastDayForm):
    """A member leaves the council."""

    title = gettext_lazy("Leaves the council")
    lead = gettext_lazy(
        "Offices end as well. Who was replaced by this member is replaced by nobody from then on."
    )
    button = gettext_lazy("Note it")
    is_versioned = True
    ended = forms.ChoiceField(label=gettext_lazy("Why"))

    def add_fields(self) -> None:
        choices = [(key, capfirst(str(label))) for key, label in Membership.Ended.choices]
        self.fields["ended"].choices = choices  # type: ignore[attr-defined]

    def apply(self) -> Membership:
        return end_member(member=self.row, by=self.by, **self.cleaned_data)


class OfficeForm(KeepForm):
    """A member becomes chair, vice-chair or secretary."""

    title = gettext_lazy("Office in the council")
    lead = gettext_lazy(
        "Who holds the office until then ends it the day before. A secretary with an account keeps the council here."
    )
    kind = forms.ChoiceField(label=gettext_lazy("Office"))
    first_on = DayField(label=gettext_lazy("From"))
    last_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Empty: until the membership ends."),
    )

    def add_fields(self) -> None:
        choices = [(key, capfirst(str(label))) for key, label in Office.Kind.choices]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def apply(self) -> Office:
        return give_office(member=self.row, by=self.by, **self.values)


class HinderForm(KeepForm):
    """A member cannot sit for a time, and who takes the place; why is asked of nobody."""

    title = gettext_lazy("Hindered, and replaced")
    lead = gettext_lazy("Why somebody cannot come is nobody's business and is not asked.")

    def add_fields(self) -> None:
        others = Membership.objects.filter(council=self.council).exclude(seat__mandate=Seat.Mandate.MEMBER)
        others = others.exclude(last_on__lt=timezone.localdate()).select_related("person", "seat")
        if self.hindrance is None:
            self.fields["first_on"] = DayField(label=_("From"))
        self.fields |= {
            "last_on": DayField(label=_("Until"), required=False, help_text=UNTIL),
            "replacement": MemberChoice(
                others, label=_("Replaced by"), required=False, empty_label=_("nobody"),
                help_text=_("A substitute of the council, who has a vote from then on."),
            ),
            "replaced_from": DayField(
                label=_("Replaced from"), required=False, help_text=_("Empty: from the first day on.")
            ),
        }  # fmt: skip

    @property
    def hindrance(self) -> Any:
        """The one that is changed; None for a new one."""
        return None if isinstance(self.row, Membership) else self.row

    def start(self) -> dict[str, Any]:
        names = ("last_on", "replacement", "replaced_from")
        return {name: getattr(self.hindrance, name) for name in names} if self.hindrance else {}

    def apply(self) -> Any:
        if self.hindrance is None:
            return hinder(member=self.row, by=self.by, **self.values)
        return change_hindrance(hindrance=self.hindrance, by=self.by, **self.values)


class EndOfficeForm(LastDayForm):
    """An office ends."""

    title = gettext_lazy("This office ends")

    def apply(self) -> Any:
        return end_office(office=self.row, last_on=self.cleaned_data["last_on"], by=self.by)


class PersonForm(KeepForm):
    """Who a member is and how to reach them."""

    title = gettext_lazy("Person and contact")
    lead = gettext_lazy("Only the name is shown to others.")
    is_versioned = True

    def __init__(self, data: Any = None, *, council: Any, by: Any, row: Any = None) -> None:
        super().__init__(data, council=council, by=by, row=row.person)

    @cached_property
    def sees_gender(self) -> bool:
        """Whether who fills it in may know it."""
        return bool(self.by.has_perm("councils.see_person_gender", self.row))

    def add_fields(self) -> None:
        name = forms.modelform_factory(Person, fields=["name"]).base_fields
        self.fields |= {**name, **person_fields(sees_gender=self.sees_gender)}

    def start(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in self.fields}

    def apply(self) -> Person:
        return change_person(
            person=self.row, values=self.values, by=self.by, version=self.cleaned_data["version"]
        )


class MandateForm(KeepForm):
    """A political mandate of somebody in the council."""

    title = gettext_lazy("Political mandate")
    lead = gettext_lazy(
        "Councillors and aldermen have no vote in a council; which mandates count, the rules say."
    )
    kind = forms.ChoiceField(label=gettext_lazy("Mandate"))
    first_on = DayField(label=gettext_lazy("From"))
    last_on = DayField(label=gettext_lazy("Until"), required=False, help_text=UNTIL)

    def add_fields(self) -> None:
        choices = [(key, capfirst(str(label))) for key, label in PublicOffice.Kind.choices]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def apply(self) -> Any:
        return note_mandate(person=self.row.person, by=self.by, **self.values)


class EndMandateForm(LastDayForm):
    """A political mandate ended."""

    title = gettext_lazy("This political mandate ends")

    def apply(self) -> Any:
        return end_mandate(mandate=self.row, last_on=self.cleaned_data["last_on"], by=self.by)
