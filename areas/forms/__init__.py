"""The forms of areas."""

from areas.forms.comparing import ActivateForm, CompareForm, RecodingForm
from areas.forms.editions import EditionForm

__all__ = ["ActivateForm", "CompareForm", "EditionForm", "RecodingForm"]
