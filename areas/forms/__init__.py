"""The forms of areas."""

from areas.forms.addresses import AddressFileForm
from areas.forms.editions import ActivateForm, AnswerForm, EditionForm

__all__ = ["ActivateForm", "AddressFileForm", "AnswerForm", "EditionForm"]
