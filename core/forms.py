"""What forms share."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.choices import flatten_choices
from django.utils.formats import date_format
from django.utils.translation import gettext as _

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
    """A value of a field as a person reads it, whether cleaned or as the field holds it at first; empty when there is none."""
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
