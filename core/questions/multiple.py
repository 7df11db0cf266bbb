"""Choose several. Settings: `least` and `most` (how many), `other`, `shuffled`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Func, TextField
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
from core.questions.single import find_others


class Multiple(Kind):
    """`{"choices": [keys]}`, with `other` besides."""

    name = "multiple"
    has_options = True
    defaults = {"least": 0, "most": 0, "other": False, "shuffled": False}

    def check(self, question: QuestionBase) -> None:
        """At least and at most fit the choices."""
        super().check(question)
        least, most = bounds(question)
        if not 0 <= least <= most <= len(question.options) + 1:
            raise ValidationError(
                {"most": _("At least is no more than at most, and there are that many choices.")},
                code="bounds",
            )

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Some of the choices, in their order and each once, as many as may be."""
        asked = raw.get("choices", [])
        if not isinstance(asked, list) or not all(question.offers(key) for key in asked):
            refuse(_("Choose from these."), "choice")
        value: dict[str, Any] = {"choices": [key for key in question.labels if key in asked]}
        if question.setting("other") and OTHER in raw:
            value[OTHER] = other_words(raw)
        number = len(value["choices"]) + (OTHER in value)
        least, most = bounds(question)
        if number < max(least, 1):
            refuse(_("Choose at least %(least)d.") % {"least": max(least, 1)}, "few")
        if number > most:
            refuse(
                _("Choose at most %(most)d; now there are %(number)d.") % {"most": most, "number": number},
                "many",
            )
        return value

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """Boxes to tick; how many is said beside them."""
        least, most = bounds(question)
        more = [(BLANK, _("No opinion"))] if question.setting("blank") else []
        if most < len(question.options):
            said = _("Choose at most %(most)d.") % {"most": most}
            said = said if least < 1 else _("Choose %(least)d to %(most)d.") % {"least": least, "most": most}
        else:
            said = (
                _("Choose at least %(least)d.") % {"least": least}
                if least > 1
                else _("You may choose several.")
            )
        field = forms.MultipleChoiceField(
            choices=[*options, *more], widget=forms.CheckboxSelectMultiple, required=False, help_text=said
        )
        return {"": field, **({"_other": other_field()} if question.setting("other") else {})}

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What was ticked; who has no opinion has no choice beside it."""
        chosen, other = list(given.get("") or []), given.get("_other", "")
        if chosen == [BLANK] and not other:
            return {BLANK: True}
        if not chosen and not other:
            return None
        return {"choices": chosen, **({OTHER: other} if other else {})}

    def initial(self, value: Value) -> dict[str, Any]:
        """The choices that were made."""
        return {"": [BLANK] if BLANK in value else value["choices"], "_other": value.get(OTHER, "")}

    def keys(self, value: Value) -> frozenset[str]:
        """Each choice."""
        return frozenset([*value.get("choices", ()), *([OTHER] if OTHER in value else [])])

    def conditions(self, question: QuestionBase) -> list[tuple[str, str]]:
        """Each choice."""
        other = [(OTHER, _("Something else"))] if question.setting("other") else []
        return [*question.labels.items(), *other]

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """The labels of the choices."""
        other = [str(value[OTHER])] if OTHER in value else []
        return ", ".join([*(question.labels.get(key, "") for key in value["choices"]), *other])

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """How often each choice was made."""
        each = Func(F("value__choices"), function="jsonb_array_elements_text", output_field=TextField())
        chosen = answers.filter(value__has_key="choices").annotate(key=each).values_list("question", "key")
        for question, key, number in chosen.annotate(number=Count("pk")):
            found[question].numbers[key] = number
        find_others(answers, found)

    def tally(self, question: QuestionBase, answered: int, blank: int, found: Found) -> Tally:
        """A count a choice; together they are more than who answered."""
        words = self.conditions(question)
        return Tally(question, answered, blank, counted(words, found, answered), texts=tuple(found.texts))


def bounds(question: QuestionBase) -> tuple[int, int]:
    """How many may be chosen, at least and at most."""
    room = len(question.options) + bool(question.setting("other"))
    return int(question.setting("least", 0) or 0), int(question.setting("most", 0) or room)
