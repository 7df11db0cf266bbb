"""In one's own words. Settings: `longest` (characters; 1,000)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models.fields.json import KT
from django.utils.translation import gettext as _

from core.questions.kind import BLANK, Answers, Found, Kind, Value, refuse, written
from core.questions.models import QuestionBase
from core.questions.number import blank_field

LONGEST = 5_000
USUAL = 1_000


class Open(Kind):
    """`{"text": words}`."""

    name = "open"
    defaults = {"longest": USUAL}

    def check(self, question: QuestionBase) -> None:
        """Any question can be asked."""

    def clean(self, question: QuestionBase, raw: Mapping[str, Any]) -> dict[str, Any]:
        """Words, not too many."""
        text = "\n".join(written(raw.get("text")).splitlines()).strip()
        most = min(int(question.setting("longest", USUAL) or USUAL), LONGEST)
        if not text:
            refuse(_("Write something."), "empty")
        if len(text) > most:
            refuse(
                _("Use at most %(most)d characters; now there are %(number)d.")
                % {"most": most, "number": len(text)},
                "long",
            )
        return {"text": text}

    def fields(self, question: QuestionBase, options: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
        """Some lines."""
        lines = forms.Textarea(attrs={"rows": 4})
        return {"": forms.CharField(required=False, widget=lines), **blank_field(question)}

    def raw(self, given: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """What was written."""
        if given.get("_blank") and not given.get(""):
            return {BLANK: True}
        return {"text": given[""]} if given.get("") else None

    def initial(self, value: Value) -> dict[str, Any]:
        """What was written."""
        return {"_blank": True} if BLANK in value else {"": value["text"]}

    def in_words(self, question: QuestionBase, value: Value) -> str:
        """What was written."""
        return str(value["text"])

    def find(self, answers: Answers, found: Mapping[int, Found]) -> None:
        """The texts, in the order of their letters: not in that in which they came."""
        rows = answers.filter(value__has_key="text").values_list("question", KT("value__text"))
        for question, text in rows.order_by(KT("value__text")):
            found[question].texts.append(text)
