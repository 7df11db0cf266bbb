"""Dates as people know them: a day, a month, a season, a year, "from 2027", without end; never a false 1 January.

Kept as EDTF text (ISO 8601-2, levels 0 and 1): `2027-03-14`, `2027-03`, `2027-21` (21 spring, 22 summer, 23 autumn, 24 winter),
`2027`, `2028/` (from 2028, until when is not known), `2026/..` (without end) and `2026-10/2028` (from … to the end of …). A season
has whole months: spring is March, April and May, and a winter begins in December of the year that it is named after.

A migration that makes a `WhenField` depends on `("core", "0004_when")`, which brings the functions of the database that read it.
"""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache, total_ordering
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from core.datewords import YEAR, edtf_in

MAX_LENGTH = 21  # two days and what stands between them
POINT = re.compile(rf"({YEAR})(?:-(0[1-9]|1[0-2]|2[1-4])|-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?", re.ASCII)
NO_DATE = gettext_lazy(
    "This is no date that can be read. Write for example 14-3-2027, March 2027, spring 2027, 2027, from 2027, "
    "2026 without end, or October 2026 to March 2028."
)


@dataclass(frozen=True)
class _Span:
    """A point in the calendar as precise as it is known: the days that it may be."""

    first: dt.date
    last: dt.date
    season: int = 0

    def words(self) -> str:
        if self.season == 24:
            return _("winter %(year)s-%(next)s") % {"year": self.first.year, "next": self.last.year}
        if self.season:
            words = {21: _("spring %(year)s"), 22: _("summer %(year)s"), 23: _("autumn %(year)s")}[
                self.season
            ]
            return words % {"year": self.first.year}
        if self.first == self.last:
            return date_format(self.first, "j F Y")
        return str(self.first.year) if self.is_year else date_format(self.first, "F Y")

    @property
    def is_year(self) -> bool:
        return self.last.month == 12 and self.first.month == 1


@lru_cache(maxsize=10_000)
def _span(text: str) -> _Span:
    """The days of a point; ValueError when it is in no calendar."""
    found = POINT.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, part, month, day = (int(group or 0) for group in found.groups())
    if day:
        only = dt.date(year, month, day)
        return _Span(only, only)
    if not part:
        return _Span(dt.date(year, 1, 1), dt.date(year, 12, 31))
    start = part if part <= 12 else (part - 20) * 3
    end_year, end = (year, start) if part <= 12 else divmod(year * 12 + start + 1, 12)
    end += part > 12
    last = dt.date(end_year, end, monthrange(end_year, end)[1])
    return _Span(dt.date(year, start, 1), last, part if part > 12 else 0)


@total_ordering
@dataclass(frozen=True)
class When:
    """A date as people know it, from EDTF text; ValueError for another text. Sorted by its first day, then by its last.

    What is open or has no end comes after what has one. In a template `{{ when }}` is its words.
    """

    text: str

    def __post_init__(self) -> None:
        start, _slash, end = self.text.partition("/")
        first = _span(start)
        if end not in {"", ".."} and _span(end).last < first.first:
            raise ValueError(self.text)

    @classmethod
    def read(cls, text: str) -> "When":
        """What a person wrote, in Dutch, English or EDTF; raises ValidationError that says what would be read."""
        typed = str(text).strip()
        for edtf in (typed, edtf_in(typed)):
            try:
                return cls(edtf or "")
            except ValueError:
                continue
        raise ValidationError(NO_DATE, code="invalid")

    @property
    def first(self) -> dt.date:
        """The first day that it may be."""
        return _span(self.text.partition("/")[0]).first

    @property
    def last(self) -> dt.date | None:
        """The last day that it may be; None when it is open or has no end."""
        start, slash, end = self.text.partition("/")
        return None if slash and end in {"", ".."} else _span(end or start).last

    @property
    def latest_start(self) -> dt.date:
        """The last day on which it can begin and still be as it says."""
        return _span(self.text.partition("/")[0]).last

    def words(self) -> str:
        """In the language of the page: spring 2027, from 2028, October 2026 to the end of 2028."""
        return _words(self.text, get_language() or "")

    def __str__(self) -> str:
        return self.words()

    def __lt__(self, other: "When") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[dt.date, dt.date, str]:
        return self.first, self.last or dt.date.max, self.text


@lru_cache(maxsize=2_000)  # a page of a plan says the same few dates hundreds of times
def _words(text: str, _language: str) -> str:
    start, slash, end = text.partition("/")
    first = _span(start)
    if not slash:
        return first.words()
    if end == "..":
        return _("from %(start)s, without end") % {"start": first.words()}
    if not end:
        return _("from %(start)s") % {"start": first.words()}
    last = _span(end)
    told = (
        _("%(start)s to the end of %(end)s")
        if last.is_year and not first.is_year
        else _("%(start)s to %(end)s")
    )
    return told % {"start": first.words(), "end": last.words()}


class WhenField(models.CharField):  # type: ignore[type-arg]
    """A `When`, or None when there is none (an empty text in the database, which refuses what is no EDTF)."""

    _pyi_private_set_type: Any  # for mypy: a row takes a When, a text or None
    description = gettext_lazy("A date as precise as it is known")
    default_error_messages: ClassVar = {"invalid": NO_DATE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = MAX_LENGTH
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """As any field, without the length, which is always the same."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def db_check(self, connection: BaseDatabaseWrapper) -> str:
        """The database reads the text too, and refuses what is no date."""
        column = connection.ops.quote_name(str(self.column))
        return f"{column} = '' OR when_span({column}) IS NOT NULL"

    def get_default(self) -> Any:
        """None where nothing is said, not an empty text."""
        return super().get_default() if self.has_default() else None

    def from_db_value(self, value: str | None, *_args: Any) -> When | None:
        """A row of the database."""
        return When(value) if value else None

    def to_python(self, value: Any) -> When | None:
        """EDTF text, of a fixture or an older version; raises ValidationError."""
        if value in self.empty_values or isinstance(value, When):
            return value or None
        try:
            return When(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """None is how nothing is said."""
        super().validate("" if value is None else value, model_instance)

    def run_validators(self, value: Any) -> None:
        """Those of the text."""
        super().run_validators(value.text if isinstance(value, When) else value)

    def get_prep_value(self, value: Any) -> Any:
        """The text; one that is no date is the database's to refuse."""
        return value.text if isinstance(value, When) else "" if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        """The text."""
        return str(self.get_prep_value(self.value_from_object(obj)))

    def formfield(self, **kwargs: Any) -> Any:
        """The field in which people write as they know it."""
        return models.Field.formfield(self, **{"form_class": WhenFormField, **kwargs})


@WhenField.register_lookup
class First(models.Transform):
    """The first day of a date: `order_by(First("when"))`, `filter(when__first__lte=today)`; NULL where there is no date."""

    lookup_name = "first"
    function = "when_first"
    output_field = models.DateField()


@WhenField.register_lookup
class Last(models.Transform):
    """The last day of a date (`when__last`); NULL where there is none, or no end."""

    lookup_name = "last"
    function = "when_last"
    output_field = models.DateField()


class WhenBoundField(forms.BoundField):
    """What was typed, and beside it how it was understood."""

    @property
    def understood(self) -> str:
        """How the text that was sent is read, in words; empty when those were typed, or nothing can be read."""
        typed = str(self.value() or "") if self.form.is_bound else ""
        try:
            words = When.read(typed).words() if typed else ""
        except ValidationError:
            return ""
        return "" if words.casefold() == typed.strip().casefold() else words


class WhenFormField(forms.CharField):
    """A date in one line of text, as people know it, cleaned to a `When` or None; says so beside the field, unless `quiet`."""

    default_error_messages: ClassVar = {
        "invalid": NO_DATE,
        "required": gettext_lazy("Give a date, such as spring 2027."),
    }

    def __init__(self, *, quiet: bool = False, **kwargs: Any) -> None:
        if not quiet:
            hint = gettext_lazy(
                "As precise as it is known: 14-3-2027, March 2027, spring 2027, 2027, from 2027, 2026 without end."
            )
            kwargs["help_text"] = format_lazy("{} {}", kwargs.get("help_text", ""), hint)
        kwargs.pop("max_length", None)
        kwargs.pop("empty_value", None)
        super().__init__(max_length=None, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The date; raises ValidationError with the ways to write it."""
        text = super().to_python(value)
        return When.read(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        """In words, which are read back as the same date; what was typed stays as it was."""
        return value.words() if isinstance(value, When) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it is another date, however it was written."""
        try:
            return bool((initial or None) != self.to_python(data))
        except ValidationError:
            return True

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> WhenBoundField:
        """With how it was understood."""
        return WhenBoundField(form, self, field_name)
