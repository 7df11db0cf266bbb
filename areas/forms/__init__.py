"""The forms of areas."""

from areas.forms.editions import ActivateForm, EditionForm

__all__ = ["ActivateForm", "EditionForm"]
