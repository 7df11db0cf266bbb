"""What forms share."""

from collections.abc import Mapping
from types import MappingProxyType

from django import forms
from django.core.exceptions import ValidationError

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
