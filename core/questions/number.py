"""A number. Settings: `min` and `max`, `decimals` (0), `unit` (words behind it)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DecimalField, Max, Min, Sum
from django.db.models.aggregates import Aggregate, Count
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.questions.kind import BLANK, Answers, Found, Kind, Tally, Value, refuse
from core.questions.models import QuestionBase
from core.wording import number as in_figures

MOST_DIGITS = 12
MOST_DECIMALS = 4


class Middle(Aggregate):
    """The number in the middle of all, which is one that somebody gave."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


class Number(Kind):
    """`{"number": "12.5"}`: as text, so that it stays exact."""

    name = "number"
    defaults = {"min": None, "max": None, "decimals": 0, "unit": ""}

    def check(self, question: QuestionBase) -> None:
        """The lowest number is no higher than the highest."""
        low, high = ends(question)
        if low is not None and high is not None and low > high:
            raise ValidationError(
                {"max": _("The highest number is lower than the lowest one.")}, code="bounds"
            )
        if not 0 <= int(question.setting("decimals", 0) or 0) <= MOST_DECIMALS:
            raise ValidationError({"decimals": _("At most four decimals.")}, code="decimals")

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """A number within the bounds, with no more decimals than are asked."""
        try:
            number = Decimal(str(raw.get("number")).strip().replace(",", "."))
        except InvalidOperation:
            refuse(_("Give a number, such as 12."), "number")
        decimals = int(question.setting("decimals", 0) or 0)
        low, high = ends(question)
        if not number.is_finite() or abs(number) >= 10**MOST_DIGITS or number != round(number, decimals):
            refuse(
                _("Give a whole number, such as 12.")
                if decimals == 0
                else ngettext(
                    "Give a number with at most %(most)d decimal.",
                    "Give a number with at most %(most)d decimals.",
                    decimals,
                )
                % {"most": decimals},
                "number",
            )
        if (low is not None and number < low) or (high is not None and number > high):
            refuse(said_of(low, high), "bounds")
        return {"number": format(round(number, decimals), "f")}

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """A line for a number; its bounds and its unit are said beside it."""
        unit, (low, high) = question.setting("unit", ""), ends(question)
        said = " ".join(
            text for text in (said_of(low, high), _("In %(unit)s.") % {"unit": unit} if unit else "") if text
        )
        box = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        made: dict[str, forms.Field] = {
            "": forms.CharField(required=False, max_length=30, widget=box, help_text=said)
        }
        return made | blank_field(question)

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What was typed."""
        if given.get("_blank") and not given.get(""):
            return {BLANK: True}
        return {"number": given[""]} if given.get("") else None

    def initial(self, value: Value) -> dict[str, Any]:
        """The number that was given."""
        return {"_blank": True} if BLANK in value else {"": value["number"].replace(".", ",")}

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """The number with its unit."""
        decimals = int(question.setting("decimals", 0) or 0)
        return " ".join(
            filter(None, (in_figures(Decimal(value["number"]), decimals), question.setting("unit", "")))
        )

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """Sum, number, ends and middle, exactly."""
        exact = Cast(KT("value__number"), DecimalField(max_digits=30, decimal_places=MOST_DECIMALS))
        rows = answers.filter(value__has_key="number").values("question")
        for row in rows.annotate(
            total=Sum(exact), times=Count("pk"), lowest=Min(exact), highest=Max(exact), middle=Middle(exact)
        ):
            found[row["question"]].summary = {
                "mean": Fraction(row["total"]) / row["times"],
                **{name: Fraction(row[name]) for name in ("lowest", "highest", "middle")},
            }

    def tally(self, question: QuestionBase, answered: int, blank: int, found: Found) -> Tally:
        """The mean, the middle and the ends."""
        of = found.summary.get
        return Tally(
            question, answered, blank,
            mean=of("mean"), middle=of("middle"), lowest=of("lowest"), highest=of("highest"),
        )  # fmt: skip


def ends(question: QuestionBase) -> tuple[Decimal | None, Decimal | None]:
    """The lowest and the highest number that may be given."""
    low, high = question.setting("min"), question.setting("max")
    return (
        None if low in (None, "") else Decimal(str(low)),
        None if high in (None, "") else Decimal(str(high)),
    )


def said_of(low: Decimal | None, high: Decimal | None) -> str:
    """The bounds in words."""
    if low is not None and high is not None:
        return _("From %(low)s to %(high)s.") % {"low": low, "high": high}
    if low is not None:
        return _("At least %(low)s.") % {"low": low}
    return _("At most %(high)s.") % {"high": high} if high is not None else ""


def blank_field(question: QuestionBase) -> dict[str, forms.Field]:
    """The box with which one says that one has no opinion, where there is no choice that says it."""
    if not question.setting("blank"):
        return {}
    return {"_blank": forms.BooleanField(label=_("No opinion"), required=False)}
