"""Put in order. Settings: `least` and `most` (how many get a place; all), `shuffled`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils.translation import gettext as _

from core.questions.kind import BLANK, Answers, Found, Kind, Tally, Value, counted, refuse
from core.questions.models import QuestionBase
from core.questions.multiple import bounds
from core.questions.number import blank_field

# One row a place of each answer; a table of answers is named by its model, never by what somebody sent.
PLACES = """
SELECT one.question_id, place.key, COUNT(*) FILTER (WHERE place.at = 1), SUM(place.at), COUNT(*)
FROM ({rows}) AS one
CROSS JOIN LATERAL jsonb_array_elements_text(one.value -> 'order') WITH ORDINALITY AS place (key, at)
GROUP BY one.question_id, place.key
"""


class RankingWidget(forms.MultiWidget):
    """A choice of its place for each thing: works by keyboard, read aloud and without a script."""

    template_name = "core/widgets/ranking.html"
    use_fieldset = True

    def __init__(self, options: Sequence[tuple[str, str]], places: Sequence[tuple[str, str]]) -> None:
        super().__init__([forms.Select(choices=places) for _option in options])
        self.options = options

    def decompress(self, value: Any) -> list[str]:
        """The place of each thing, of places by key."""
        places = value or {}
        return [str(places.get(key, "")) for key, _label in self.options]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the words of each thing beside the choice of its place."""
        context = super().get_context(name, value, attrs)
        labels = [label for _key, label in self.options]
        context["widget"]["rows"] = list(zip(labels, context["widget"]["subwidgets"], strict=True))
        return context


class RankingField(forms.Field):
    """The places that were chosen, by key; what is wrong with them is for the kind to say."""

    def __init__(self, options: Sequence[tuple[str, str]], most: int, **more: Any) -> None:
        places = [("", _("no place")), *((str(place), str(place)) for place in range(1, most + 1))]
        super().__init__(widget=RankingWidget(options, places), required=False, **more)
        self.options = options

    def clean(self, value: Any) -> dict[str, int]:
        """The place of each thing that got one."""
        given = value if isinstance(value, list) else []
        return {
            key: int(place)
            for (key, _label), place in zip(self.options, given, strict=False)
            if isinstance(place, str) and place.isdecimal() and len(place) < 4
        }


class Ranking(Kind):
    """`{"order": [keys]}`, the first one on top."""

    name = "ranking"
    has_options = True
    defaults = {"least": 0, "most": 0, "shuffled": False}

    def check(self, question: QuestionBase) -> None:
        """At least and at most fit the choices."""
        super().check(question)
        least, most = bounds(question)
        if not 0 <= least <= most <= len(question.options):
            raise ValidationError(
                {"most": _("At least is no more than at most, and there are that many choices.")},
                code="bounds",
            )

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Things in order, each once; a program gives `order`, a form the `places`."""
        order = raw.get("order")
        if "places" in raw:
            places = raw["places"]
            if not isinstance(places, Mapping) or not all(isinstance(one, int) for one in places.values()):
                refuse(_("Choose from these."), "choice")
            if len(set(places.values())) != len(places):
                refuse(_("Two have the same place. Give each a place of its own."), "same")
            order = sorted(places, key=lambda key: places[key])
        if not isinstance(order, list) or not all(question.offers(key) for key in order):
            refuse(_("Choose from these."), "choice")
        if len(set(order)) != len(order):
            refuse(_("Two have the same place. Give each a place of its own."), "same")
        least, most = bounds(question)
        if not max(least, 1) <= len(order) <= most:
            refuse(
                _("Give %(least)d to %(most)d a place.") % {"least": max(least, 1), "most": most}, "number"
            )
        return {"order": order}

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """A place for each."""
        most = bounds(question)[1]
        said = _("1 is the best. What you leave without a place, you do not choose.")
        return {"": RankingField(options, most, help_text=said), **blank_field(question)}

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The places that were given."""
        if given.get("_blank") and not given.get(""):
            return {BLANK: True}
        return {"places": given[""]} if given.get("") else None

    def initial(self, value: Value) -> dict[str, Any]:
        """The order that was given."""
        return (
            {"_blank": True}
            if BLANK in value
            else {"": {key: place for place, key in enumerate(value["order"], start=1)}}
        )

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """The things with their places."""
        return ", ".join(
            f"{place}. {question.labels.get(key, '')}" for place, key in enumerate(value["order"], start=1)
        )

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """How often each was first, and the mean place of those who gave it one."""
        rows = answers.filter(value__has_key="order").order_by().values("question_id", "value")
        sql, parameters = rows.query.sql_with_params()
        with connections[answers.db].cursor() as cursor:
            cursor.execute(PLACES.format(rows=sql), parameters)
            for question, key, first, total, times in cursor.fetchall():
                found[question].numbers[key] = first
                found[question].places[key] = Fraction(int(total), times)

    def tally(self, question: QuestionBase, answered: int, blank: int, found: Found) -> Tally:
        """Of each: how often it was first, and its mean place."""
        return Tally(question, answered, blank, counted(question.labels.items(), found, answered))
