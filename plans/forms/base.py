"""What the forms of plans share: of who may write they are done at once, of others they become a proposal.

In a period of the calendar that asks first, what everybody would read at once asks why, and waits in a `Consent` as it was sent.

A form is about a plan and perhaps a `row` of it (a goal, an action, a text); without a row it makes one. It is named (`name`), so
that a proposal can fill it in again: a proposal keeps what was sent as it was sent.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Field, Model, QuerySet
from django.forms.models import fields_for_model
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.actions.consents import ask_consent
from accounts.consent import period_for
from accounts.forms.consents import WHY_FIRST, ask_why
from accounts.models import Consent
from areas.models import CalendarPeriod
from core.dates import WhenField, WhenFormField
from core.forms import DayField, differences, version_field
from core.text import StaffTextField
from core.verbs import Actor, Conflict, Refused
from plans.actions import propose
from plans.actions.shared import CHANGES
from plans.models import Action, Goal, Plan, Proposal

REASON = "why_propose"
APART = {"version", REASON, "answer", WHY_FIRST}  # no values of the thing itself
NOT_KEPT = {"csrfmiddlewaretoken", "once", *APART}

# Every form by its name, and those that can wait as a proposal; each module of forms adds its own.
known_forms: dict[str, type["EditForm"]] = {}
proposable: dict[str, type["EditForm"]] = {}


def can_be_proposed(form: type["EditForm"]) -> type["EditForm"]:
    """Let what is filled in wait as a proposal, when the person may not write."""
    proposable[form.name] = form
    return form


def fields_of(model: type[Model], *names: str) -> dict[str, forms.Field]:
    """Fields with the words of a model, in this order; dates, days and texts as they are asked everywhere."""

    def field_for(field: "Field[Any, Any]", **options: Any) -> forms.Field | None:
        kind = field.get_internal_type()
        if isinstance(field, WhenField):
            return WhenFormField(
                label=capfirst(str(field.verbose_name)), required=not field.blank, help_text=""
            )
        if kind == "DateField":
            return DayField(
                label=capfirst(str(field.verbose_name)), required=not field.blank, help_text=field.help_text
            )
        if kind == "TextField":
            return StaffTextField(
                label=capfirst(str(field.verbose_name)), required=not field.blank, help_text=field.help_text,
                level=3, rows=5,
            )  # fmt: skip
        return field.formfield(**options)

    made = fields_for_model(model, fields=names, formfield_callback=field_for)
    return {name: made[name] for name in names}


class EditForm(forms.Form):
    """Something of a plan that is changed, with the version that the person saw; see the module."""

    name: ClassVar[str]
    kind: ClassVar[str] = CHANGES  # of the consents
    title: ClassVar[Any] = ""
    more: ClassVar[tuple[str, ...]] = ()  # fields that fold away until one has a value

    version = version_field()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "name" in vars(cls):
            known_forms[cls.name] = cls

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        by: Actor,
        row: Any = None,
        is_proposal: bool = False,
        may_ask: bool = True,
    ) -> None:
        self.plan, self.by, self.row, self.is_proposal = plan, by, row, is_proposal
        super().__init__(data)
        self.add_fields()
        self.initial = {**self.start(), "version": self.seen_now}
        if is_proposal:
            self.fields[REASON] = forms.CharField(
                label=_("Why do you propose this?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Who may publish the plan reads it, and answers you."),
            )  # fmt: skip
        self.period: CalendarPeriod | None = None
        if may_ask and not is_proposal and self.goes_out:
            self.period = period_for(plan.municipality, by=by)
        if self.period is not None:
            ask_why(self, self.period)

    @property
    def goes_out(self) -> bool:
        """Whether everybody reads at once what it does."""
        return self.plan.is_public

    @classmethod
    def rows_of(cls, plan: Plan) -> QuerySet[Any]:
        """The rows of a plan that it can be about: the plan itself, unless a form says otherwise."""
        return Plan.objects.filter(pk=plan.pk)

    def add_fields(self) -> None:
        """The fields that depend on the plan."""

    def start(self) -> dict[str, Any]:
        """What the fields hold at first: what the row holds."""
        about = self.row or self.begins_with
        return {name: getattr(about, name, None) for name in self.fields} if about is not None else {}

    @property
    def begins_with(self) -> Any:
        """What a new row begins with, when it is not empty."""
        return None

    @property
    def seen_now(self) -> str:
        """The version of what is changed, as it is now; empty for something new."""
        return str(self.row.version) if self.row is not None else ""

    @property
    def seen(self) -> str | None:
        """The version that the person saw; None for something new."""
        return self.cleaned_data.get("version") or None

    def values(self, *names: str) -> dict[str, Any]:
        """What was filled in, of the named fields or of all."""
        return {name: self.cleaned_data[name] for name in names or self.fields if name not in APART}

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that everybody needs, with those that are hidden."""
        return [field for field in self if field.name not in self.more]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that fold away."""
        return [self[name] for name in self.more if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of those that fold away holds something, or is wrong."""
        return any(name in self.errors or self[name].value() for name in self.more if name in self.fields)

    def do(self, *, by: Actor, consent: Consent | None = None) -> Any:
        """The verb, with what was filled in."""
        raise NotImplementedError

    def began(self) -> dict[str, str]:
        """What the fields hold now, to see later whether somebody else changed that; nothing of something new."""
        if self.row is None:
            return {}
        return {field.name: str(field.initial) for field in self.visible_fields() if field.name not in APART}

    def ask(self, *, site: str, **more: str) -> Consent:
        """Ask first whether it may go out; what was typed waits, with `more` that belongs to it."""
        if self.row is not None and self.seen not in (None, self.seen_now):
            raise Conflict(self.row)
        now = type(self)(None, plan=self.plan, by=self.by, row=self.row, may_ask=False)
        return ask_consent(
            kind=self.kind, subject=self.plan.uuid, municipality=self.plan.municipality, by=self.by, site=site,
            payload={
                "form": self.name, "row": self.row.pk if self.row is not None else None, "typed": self.typed(),
                "began": now.began(), "words": [[one.label, one.mine] for one in differences(self, now)], **more,
            },
            why=self.cleaned_data[WHY_FIRST],
        )  # fmt: skip

    def apply(self, *, site: str = "") -> Any:
        """Do it, propose it, or ask first whether it may go out."""
        if self.period is not None:
            return self.ask(site=site)
        if not self.is_proposal:
            return self.do(by=self.by)
        return propose(
            plan=self.plan,
            by=self.by,
            changes={
                "form": self.name,
                "row": self.row.pk if self.row is not None else None,
                "typed": self.typed(),
            },
            reason=self.cleaned_data[REASON],
            seen_version=self.seen or self.seen_now,
            goal=self.goal,
            action=self.row if isinstance(self.row, Action) else None,
        )

    @property
    def goal(self) -> Goal | None:
        """The goal that it is about."""
        return self.row if isinstance(self.row, Goal) else None

    def typed(self) -> dict[str, list[str]]:
        """What was sent, as it was sent, of the fields there are; the database keeps no NUL in a text."""
        data: Any = self.data
        kept = [name for name in self.fields if name not in NOT_KEPT]
        return {
            name: [value.replace("\0", "") for value in data.getlist(name)]
            for name in data
            if any(name == one or name.startswith(f"{one}_") for one in kept)
        }


class RowsForm(EditForm):
    """Rows of the same fields: those that there are, and some blank ones. A row that is emptied goes."""

    is_filter: ClassVar[bool] = True  # every row may stay empty, which the help says once
    blank: ClassVar[int] = 2
    most: ClassVar[int] = 60
    key: ClassVar[str]  # the column without which a row says nothing
    columns: ClassVar[Mapping[str, Callable[["RowsForm"], forms.Field]]] = {}
    offered: Any  # the rows to choose from

    def there(self) -> list[dict[str, Any]]:
        """The rows that there are, by column."""
        raise NotImplementedError

    def add_fields(self) -> None:
        """As many rows as were sent, or as there are and some more."""
        self.rows_there = self.there()
        sent = [
            int(found[1]) for name in self.data if (found := re.fullmatch(rf"{self.key}(\d{{1,3}})", name))
        ]
        number = max(sent) + 1 if sent else len(self.rows_there) + self.blank
        self.number = min(self.most, number)
        for index in range(self.number):
            for column, make in self.columns.items():
                self.fields[f"{column}{index}"] = make(self)

    def start(self) -> dict[str, Any]:
        """The rows that there are."""
        return {
            f"{column}{index}": value
            for index, row in enumerate(self.rows_there)
            for column, value in row.items()
        }

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What stands above the rows, and what is hidden."""
        inside = {field.name for row in self.rows for field in row}
        return [field for field in self if field.name not in inside]

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields row by row."""
        return [[self[f"{column}{index}"] for column in self.columns] for index in range(self.number)]

    def filled(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The rows that hold something, with their number."""
        for index in range(self.number):
            row = {column: self.cleaned_data.get(f"{column}{index}") for column in self.columns}
            if self.says_something(row):
                yield index, row

    def says_something(self, row: Mapping[str, Any]) -> bool:
        """Whether a row counts."""
        return row[self.key] not in (None, "")


def form_of(proposal: Proposal, *, by: Actor, data: Any, may_ask: bool = False) -> EditForm | None:
    """The form of a proposal with what was proposed or what is sent (`data`); None when what it is about is gone."""
    kept = proposal.changes
    form = proposable.get(str(kept.get("form")))
    if form is None:
        return None
    row = None
    if kept.get("row") is not None:
        row = form.rows_of(proposal.plan).filter(pk=kept["row"]).first()
        if row is None:
            return None
    return form(data, plan=proposal.plan, by=by, row=row, may_ask=may_ask)


def asked_form(payload: Mapping[str, Any], *, plan: Plan, by: Actor) -> EditForm:
    """The form with what a consent kept; Refused when what it changes is gone, or when somebody else changed the same since."""
    kind, row = known_forms[payload["form"]], None
    if payload["row"] is not None:
        row = kind.rows_of(plan).filter(pk=payload["row"]).first()
        if row is None:
            raise Refused(_("This is no longer there."), "gone")
    if kind(None, plan=plan, by=by, row=row, may_ask=False).began() != payload["began"]:
        message = _(
            "Somebody changed this since it was asked. Say no with that as the reason: then it can be asked again."
        )
        raise Refused(message, "changed")
    return kind(MultiValueDict(payload["typed"]), plan=plan, by=by, row=row, may_ask=False)
