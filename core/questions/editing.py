"""The form with which staff make a question of any kind; an app gives it the question and calls its own verb."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.forms import version_field
from core.questions.kinds import KINDS, kind_of
from core.questions.models import QuestionBase

SETTINGS = (
    "blank", "other", "shuffled", "least", "most", "points", "low", "high", "min", "max", "decimals", "unit",
)  # fmt: skip
KEYS = "abcdefghijklmnopqrstuvwxyz"
SAID_ONCE = {
    "least": gettext_lazy("Several, or in order: how many at least."),
    "most": gettext_lazy("Empty: as many as there are."),
}


class QuestionForm(forms.Form):
    """What is asked, in which way, of whom, and where it stands. Settings of other kinds than the chosen one are left out."""

    text = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    help = forms.CharField(label=gettext_lazy("Explanation"), max_length=400, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("How is it answered?"), choices=QuestionBase.Kind.choices, widget=forms.RadioSelect
    )
    is_required = forms.BooleanField(label=gettext_lazy("Must be answered"), required=False)
    blank = forms.BooleanField(label=gettext_lazy("“No opinion” is an answer"), required=False)
    options = forms.CharField(
        label=gettext_lazy("Choices"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One a line; for choosing one or several, and for putting in order."),
    )  # fmt: skip
    other = forms.BooleanField(label=gettext_lazy("One may write another choice"), required=False)
    shuffled = forms.BooleanField(
        label=gettext_lazy("Show the choices to each in another order"), required=False
    )
    least = forms.IntegerField(
        label=gettext_lazy("At least"),
        min_value=0,
        max_value=50,
        required=False,
        help_text=SAID_ONCE["least"],
    )
    most = forms.IntegerField(
        label=gettext_lazy("At most"), min_value=1, max_value=51, required=False, help_text=SAID_ONCE["most"]
    )
    points = forms.IntegerField(
        label=gettext_lazy("Points of the scale"), min_value=2, max_value=11, required=False,
        help_text=gettext_lazy("For a scale: 2 to 11. Empty: 5."),
    )  # fmt: skip
    low = forms.CharField(label=gettext_lazy("What the lowest point means"), max_length=60, required=False)
    high = forms.CharField(label=gettext_lazy("What the highest point means"), max_length=60, required=False)
    min = forms.DecimalField(
        label=gettext_lazy("Lowest number"), required=False, max_digits=12, decimal_places=4
    )
    max = forms.DecimalField(
        label=gettext_lazy("Highest number"), required=False, max_digits=12, decimal_places=4
    )
    decimals = forms.IntegerField(
        label=gettext_lazy("Decimals of the number"), min_value=0, max_value=4, required=False
    )
    unit = forms.CharField(
        label=gettext_lazy("What is counted"), max_length=30, required=False,
        help_text=gettext_lazy("For a number: hours, people."),
    )  # fmt: skip
    condition = forms.MultipleChoiceField(
        label=gettext_lazy("Only ask who answered so"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing: it is asked of everybody. Choose answers of one question."),
    )  # fmt: skip
    place = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=1, required=False,
        help_text=gettext_lazy("1 is the first. Empty: the last."),
    )  # fmt: skip
    version = version_field()

    def __init__(
        self, question: QuestionBase, before: Sequence[QuestionBase], *args: Any, **more: Any
    ) -> None:
        """`before` are the questions among which it may stand: a condition names one of them."""
        super().__init__(*args, **more)
        self.question = question
        named = [
            (
                f"{number}. {one.text}",
                [(f"{one.uuid}:{key}", label) for key, label in kind_of(one).conditions(one)],
            )
            for number, one in enumerate(before, start=1)
            if kind_of(one).conditions(one)
        ]
        if named:
            self.fields["condition"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["condition"]
        self.initial = {
            "text": question.text,
            "help": question.help,
            "kind": question.kind,
            "is_required": question.is_required,
            "options": "\n".join(question.labels.values()),
            "place": question.place if question.pk else None,
            "condition": [
                f"{question.condition['question']}:{key}" for key in question.condition.get("any_of", [])
            ],
            "version": getattr(question, "version", "") if question.pk else "",
            **{name: question.setting(name) for name in SETTINGS if question.setting(name) is not None},
            **self.initial,
        }

    def clean_options(self) -> list[dict[str, str]]:
        """The choices; one whose words stay keeps its key, so that its answers stay its own."""
        return options_from(self.cleaned_data["options"], self.question)

    def clean_condition(self) -> dict[str, Any]:
        """The question that is named, and its answers."""
        pairs = [one.rsplit(":", 1) for one in self.cleaned_data["condition"]]
        if not pairs:
            return {}
        if len({question for question, _key in pairs}) > 1:
            raise ValidationError(_("Choose answers of one question only."), code="several")
        return {"question": pairs[0][0], "any_of": [key for _question, key in pairs]}

    def apply(self) -> QuestionBase:
        """The question as it is asked now; not kept yet."""
        said, question = self.cleaned_data, self.question
        for name in ("text", "help", "kind", "is_required"):
            setattr(question, name, said[name])
        kind = KINDS[said["kind"]]
        names = ("blank", *kind.defaults)
        question.settings = {
            name: str(said[name]) if name in ("min", "max") else said[name]
            for name in names
            if said.get(name) is not None and said[name] is not False and said[name] != ""
        }
        question.options = said["options"] if kind.has_options else []
        question.condition = said.get("condition") or {}
        return question


def options_from(text: str, question: QuestionBase) -> list[dict[str, str]]:
    """Choices, one a line, each with the key that its words had before, or a new one."""
    known = {label: key for key, label in question.labels.items()}
    used = set(known.values())
    free = (key for key in map(_key, count()) if key not in used)
    labels = [" ".join(line.split()) for line in text.splitlines()]
    return [
        {"key": known.pop(label, "") or next(free), "label": label[:200]} for label in filter(None, labels)
    ]


def _key(number: int) -> str:
    return KEYS[number % 26] * (number // 26 + 1)
