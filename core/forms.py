"""What forms share: the day field, the version that a person saw, values in words, and what a verb refused shown at its field."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.choices import flatten_choices
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})


def add_errors(
    form: forms.BaseForm, error: ValidationError, *, shown_at: Mapping[str, str] = AS_THEY_ARE
) -> None:
    """Show what an action refused at the fields of a form, or at others (`shown_at`); what belongs to none stands on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        field = shown_at.get(name, name)
        form.add_error(field if field in form.fields else None, errors)


def value_in_words(field: forms.Field, value: Any) -> str:
    """A value of a field as a person reads it, whether cleaned or as the field holds it at first; empty when there is none.

    A field that has words of its own says them (`in_words`).
    """
    if hasattr(field, "in_words"):
        return str(field.in_words(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return _rows_in_words(field, value)
    if isinstance(value, list | tuple | set):
        return ", ".join(value_in_words(field, one) for one in value)
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    choices = dict(flatten_choices(getattr(field, "choices", ())))
    return str(choices.get(value, choices.get(str(value), value)))


def _rows_in_words(field: "forms.ModelChoiceField[Any]", value: Any) -> str:
    several = isinstance(value, list | tuple | set | QuerySet)
    there: Any = field.queryset
    rows = [
        one if isinstance(one, Model) else there.filter(pk=one).first()
        for one in (value if several else [value])
    ]
    return ", ".join(str(field.label_from_instance(row)) for row in rows if row is not None)


EARLIEST, LATEST = 1800, 2200  # years; what lies outside is a slip
NUMBERS = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
IN_WORDS = re.compile(r"(\d{1,2})\.?\s*([^\W\d_]{3,})\.?\s*(\d{4})")
LANGUAGES = ("nl", "en")


class DayInput(forms.DateInput):
    """A day in one line of text: the same in every browser, in the language of the page."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "data-day-input": True, **(attrs or {})})

    def format_value(self, value: Any) -> Any:
        """Day, month and year; what was typed stays as it was."""
        return date_format(value, "j-n-Y") if isinstance(value, dt.date) else value


class DayField(forms.DateField):
    """A day as people write it: 3-12-2026, 3/12/2026, 2026-12-03 or 3 december 2026; says so beside the field, unless `quiet`."""

    widget = DayInput
    default_error_messages: ClassVar = {
        "required": gettext_lazy("Give a day, such as 3-12-2026 or 3 December 2026."),
        "invalid": gettext_lazy(
            "This is not a day. Write it as 3-12-2026 or 3 December 2026, with the whole year."
        ),
    }

    def __init__(self, *, quiet: bool = False, **kwargs: Any) -> None:
        if not quiet:
            kwargs["help_text"] = format_lazy(
                "{} {}",
                kwargs.get("help_text", ""),
                gettext_lazy("Day, month, year: 3-12-2026 or 3 December 2026."),
            )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        """The day; raises ValidationError with the ways to write it."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return super().to_python(value)
        try:
            day = day_in(str(value).strip())
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day.year <= LATEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def whole_in(text: str, *, most: int = 2**63 - 1) -> int | None:
    """The whole number, from 0 to `most`, that a text writes in digits; None for every other text, however long it is."""
    digits = text.lstrip("0")
    if not (text.isascii() and text.isdigit()) or len(digits) > len(str(most)):
        return None
    number = int(digits or "0")
    return number if number <= most else None


def day_in(text: str) -> dt.date | None:
    """The day that a text names; ValueError for one that is in no calendar."""
    if found := ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
    elif found := NUMBERS.fullmatch(text):
        day, month, year = map(int, found.groups())
    elif (found := IN_WORDS.fullmatch(text)) and (number := month_numbers().get(found[2].casefold())):
        day, month, year = int(found[1]), number, int(found[3])
    else:
        return None
    return dt.date(year, month, day)


@cache
def month_numbers() -> Mapping[str, int]:
    """The number of each month by its names in our languages, whole and short."""
    known: dict[str, int] = {}
    for language in LANGUAGES:
        with override(language):
            for names in (MONTHS, MONTHS_3, MONTHS_AP):
                known |= {str(name).casefold().rstrip("."): number for number, name in names.items()}
    return known


class FewChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice out of few rows, found in the list itself: a form with two such fields of one kind asks for no row by itself."""

    def to_python(self, value: Any) -> Any:
        """The row that was chosen; raises ValidationError when it is not offered."""
        if value in self.empty_values:
            return None
        key = str(self.prepare_value(value))
        found = next((row for row in self.queryset or () if str(self.prepare_value(row)) == key), None)
        if found is None:
            code = "invalid_choice"
            raise ValidationError(self.error_messages[code], code=code, params={"value": value})
        return found


def version_field() -> forms.CharField:
    """The version that a person saw when the form was shown; a verb refuses when there is another by now."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)


def renew(form: forms.BaseForm, version: str) -> None:
    """Keep what was typed, and go on from the version that is there now."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data[form.add_prefix("version")] = version
    form.data = data


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed is not what there is now, both in words."""

    label: str
    theirs: str
    mine: str


def differences(mine: forms.BaseForm, theirs: forms.BaseForm) -> list[Difference]:
    """Where a form that was sent differs from the same form as it would begin now."""
    found = []
    for bound in mine.visible_fields():
        if bound.name not in theirs.fields:
            continue
        now = theirs[bound.name]
        if bound.field.has_changed(now.initial, bound.data):
            words = [value_in_words(bound.field, one.value()) for one in (now, bound)]
            found.append(Difference(str(bound.label), *words))
    return found
