"""What every kind of question knows, and how answers are counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.questions.models import QuestionBase

Value = Mapping[str, Any]  # an answer, as JSON
Answers = QuerySet[Any, Any]  # rows of an app's table of answers
BLANK = "blank"  # the key of "no opinion", in an answer and as a choice
OTHER = "other"
LONGEST_OTHER = 200


@dataclass(frozen=True)
class Count:
    """How often one choice was made; `share` is out of all who answered, `mean` the mean place in a ranking."""

    key: str
    words: str
    number: int
    share: Fraction
    mean: Fraction | None = None

    @property
    def percent(self) -> float:
        """The share out of a hundred, for the screen."""
        return float(self.share * 100)


@dataclass(frozen=True)
class Tally:
    """What was answered to a question: by how many, how many had no opinion, and what; nothing when it is hidden."""

    question: QuestionBase
    answered: int = 0
    blank: int = 0
    counts: tuple[Count, ...] = ()
    mean: Fraction | None = None
    middle: Fraction | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    texts: tuple[str, ...] = ()
    is_hidden: bool = False

    @property
    def number(self) -> int:
        """How many answered, with an opinion or without."""
        return self.answered + self.blank


@dataclass
class Found:
    """What SQL found of one question, before it is put into words."""

    numbers: dict[str, int] = field(default_factory=dict)
    places: dict[str, Fraction] = field(default_factory=dict)
    summary: dict[str, Fraction | None] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


def refuse(message: str, code: str) -> NoReturn:
    """Say what would be accepted."""
    raise ValidationError(message, code=code)


class Kind:
    """A kind of question; each one has a file. `raw` is what a form or a program gives, a value is what is kept."""

    name: ClassVar[str]
    has_options: ClassVar[bool] = False
    # Settings that this kind has besides `blank`, each with its default.
    defaults: ClassVar[Mapping[str, Any]] = {}

    def check(self, question: QuestionBase) -> None:
        """Raise ValidationError by field when a question cannot be asked as it stands."""
        if self.has_options and not 2 <= len(question.options) <= 50:
            raise ValidationError({"options": _("Give 2 to 50 choices, one a line.")}, code="options")
        if len(set(question.labels.values())) != len(question.options):
            raise ValidationError({"options": _("A choice stands there twice.")}, code="twice")

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """The value of an answer; raises ValidationError that says what would be accepted."""
        raise NotImplementedError

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """The fields by their ending: "" is the question itself. None is required: `clean` says what is missing."""
        raise NotImplementedError

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What the fields were given, by their ending; None when nothing was."""
        raise NotImplementedError

    def initial(self, value: Value) -> dict[str, Any]:
        """How the fields begin when there is an answer already."""
        raise NotImplementedError

    def keys(self, value: Value) -> frozenset[str]:
        """By what a condition recognises an answer."""
        return frozenset()

    def conditions(self, question: QuestionBase) -> list[tuple[str, str]]:
        """The answers that a condition may name; none when there are too many."""
        return []

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """An answer as its writer reads it back."""
        raise NotImplementedError

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """Count the answers to the questions (by key) of this kind, in one or two queries."""
        raise NotImplementedError

    def tally(self, question: QuestionBase, answered: int, blank: int, found: Found) -> Tally:
        """What was found, in words and in order."""
        return Tally(question, answered, blank, texts=tuple(found.texts))


def counted(words: Iterable[tuple[str, str]], found: Found, answered: int) -> tuple[Count, ...]:
    """A count for each choice, in their order."""
    return tuple(
        Count(
            key,
            label,
            found.numbers.get(key, 0),
            Fraction(found.numbers.get(key, 0), answered) if answered else Fraction(0),
            found.places.get(key),
        )
        for key, label in words
    )


def written(raw: Any) -> str:
    """What somebody wrote, without the characters that no database keeps; empty when it is no text."""
    return raw.replace("\x00", "").encode(errors="ignore").decode() if isinstance(raw, str) else ""


def other_words(raw: Mapping[str, Any]) -> str:
    """What somebody wrote as another choice; raises ValidationError when it is nothing or too much."""
    text = " ".join(written(raw.get(OTHER)).split())
    if not text:
        refuse(_("Write what else you choose."), "other")
    if len(text) > LONGEST_OTHER:
        refuse(_("Use at most %(most)d characters.") % {"most": LONGEST_OTHER}, "long")
    return text


def other_field() -> forms.CharField:
    """The line beside "something else"."""
    return forms.CharField(label=_("Something else, namely"), required=False, max_length=LONGEST_OTHER)
