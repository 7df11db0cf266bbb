"""A scale from 1 on. Settings: `points` (2 to 11; 5), `low` and `high` (what the first and the last one mean)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from core.questions.kind import BLANK, Answers, Found, Kind, Tally, Value, counted, refuse
from core.questions.models import QuestionBase


class Scale(Kind):
    """`{"number": 1 … points}`."""

    name = "scale"
    defaults = {"points": 5, "low": "", "high": ""}

    def check(self, question: QuestionBase) -> None:
        """A scale that people can tell apart."""
        if not 2 <= points(question) <= 11:
            raise ValidationError({"points": _("A scale has 2 to 11 points.")}, code="points")

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """A point of the scale."""
        number = raw.get("number")
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= points(question):
            refuse(_("Choose a number from 1 to %(most)d.") % {"most": points(question)}, "number")
        return {"number": number}

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """Radio buttons, with words at both ends."""
        blank = [(BLANK, _("No opinion"))] if question.setting("blank") else []
        choices = [*self.conditions(question), *blank]
        return {"": forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=False)}

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The point that was chosen."""
        chosen = given.get("")
        if not chosen:
            return None
        return {BLANK: True} if chosen == BLANK else {"number": int(chosen)}

    def initial(self, value: Value) -> dict[str, Any]:
        """The point that was chosen."""
        return {"": BLANK if BLANK in value else str(value["number"])}

    def keys(self, value: Value) -> frozenset[str]:
        """The point."""
        return frozenset({str(value["number"])} if "number" in value else ())

    def conditions(self, question: QuestionBase) -> list[tuple[str, str]]:
        """Each point."""
        ends = {1: question.setting("low", ""), points(question): question.setting("high", "")}
        return [
            (str(point), f"{point}: {ends[point]}" if ends.get(point) else str(point))
            for point in range(1, points(question) + 1)
        ]

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """The point, out of how many."""
        return _("%(number)d out of %(most)d") % {"number": value["number"], "most": points(question)}

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """How often each point was chosen; the mean follows from that."""
        point = Cast(KT("value__number"), IntegerField())
        rows = answers.filter(value__has_key="number").values_list("question", point)
        for question, number, times in rows.annotate(times=Count("pk")):
            found[question].numbers[str(number)] = times

    def tally(self, question: QuestionBase, answered: int, blank: int, found: Found) -> Tally:
        """A count a point, and the exact mean."""
        total = sum(int(key) * times for key, times in found.numbers.items())
        counts = counted(self.conditions(question), found, answered)
        return Tally(question, answered, blank, counts, mean=Fraction(total, answered) if answered else None)


def points(question: QuestionBase) -> int:
    """How many points the scale has."""
    return int(question.setting("points", 5) or 5)
