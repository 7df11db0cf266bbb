"""The forms of areas."""

from areas.forms.editions import ActivateForm, AnswerForm, EditionForm

__all__ = ["ActivateForm", "AnswerForm", "EditionForm"]
