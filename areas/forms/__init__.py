"""The forms of areas."""

from areas.forms.addresses import AddressFileForm
from areas.forms.comparing import ActivateForm, CompareForm, RecodingForm
from areas.forms.editions import AnswerForm, EditionForm

__all__ = ["ActivateForm", "AddressFileForm", "AnswerForm", "CompareForm", "EditionForm", "RecodingForm"]
