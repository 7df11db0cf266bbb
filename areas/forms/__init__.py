"""The forms of areas."""

from areas.forms.addresses import AddressFileForm
from areas.forms.difference import ActivateForm, DifferenceForm, RecodingForm
from areas.forms.editions import AnswerForm, EditionForm
from areas.forms.moving import MoveForm

__all__ = [
    "ActivateForm",
    "AddressFileForm",
    "AnswerForm",
    "DifferenceForm",
    "EditionForm",
    "MoveForm",
    "RecodingForm",
]
