"""Choose one. Settings: `other` (one may write another choice), `shuffled` (each participant sees an order of their own)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Count
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from core.questions.kind import (
    BLANK,
    OTHER,
    Answers,
    Found,
    Kind,
    Tally,
    Value,
    counted,
    other_field,
    other_words,
    refuse,
)
from core.questions.models import QuestionBase


class Single(Kind):
    """`{"choice": key}` or `{"other": words}`."""

    name = "single"
    has_options = True
    defaults = {"other": False, "shuffled": False}

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """One of the choices, or another one where that may be."""
        if question.setting("other") and OTHER in raw:
            return {"other": other_words(raw)}
        if not question.offers(raw.get("choice")):
            refuse(_("Choose one of these."), "choice")
        return {"choice": raw["choice"]}

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """Radio buttons, and a line for another choice."""
        more = [(OTHER, _("Something else"))] if question.setting("other") else []
        if question.setting("blank"):
            more.append((BLANK, _("No opinion")))
        field = forms.ChoiceField(choices=[*options, *more], widget=forms.RadioSelect, required=False)
        return {"": field, **({"_other": other_field()} if question.setting("other") else {})}

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What was chosen."""
        chosen, other = given.get(""), given.get("_other", "")
        if chosen == BLANK:
            return {BLANK: True}
        if chosen == OTHER or (other and not chosen):
            return {OTHER: other}
        return {"choice": chosen} if chosen else None

    def initial(self, value: Value) -> dict[str, Any]:
        """The choice that was made."""
        if OTHER in value:
            return {"": OTHER, "_other": value[OTHER]}
        return {"": BLANK if BLANK in value else value["choice"]}

    def keys(self, value: Value) -> frozenset[str]:
        """The choice."""
        return frozenset({value["choice"]} if "choice" in value else ({OTHER} if OTHER in value else ()))

    def conditions(self, question: QuestionBase) -> list[tuple[str, str]]:
        """Each choice."""
        other = [(OTHER, _("Something else"))] if question.setting("other") else []
        return [*question.labels.items(), *other]

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """The label of the choice."""
        return str(value[OTHER]) if OTHER in value else question.labels.get(value["choice"], "")

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """How often each choice was made, and what else was written."""
        chosen = answers.filter(value__has_key="choice").values_list("question", KT("value__choice"))
        for question, key, number in chosen.annotate(number=Count("pk")):
            found[question].numbers[key] = number
        find_others(answers, found)

    def tally(self, question: QuestionBase, answered: int, blank: int, found: Found) -> Tally:
        """A count a choice, and one of what else was written."""
        words = self.conditions(question)
        return Tally(question, answered, blank, counted(words, found, answered), texts=tuple(found.texts))


def find_others(answers: Answers, found: Mapping[int, Found]) -> None:
    """What was written as another choice, in the order of its letters: not in that in which it came."""
    others = answers.filter(value__has_key=OTHER).values_list("question", KT("value__other"))
    for question, text in others.order_by(KT("value__other")):
        found[question].texts.append(text)
        found[question].numbers[OTHER] = found[question].numbers.get(OTHER, 0) + 1
