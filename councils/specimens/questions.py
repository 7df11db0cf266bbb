"""Questions of every kind, begun and with something wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.questions.answering import QuestionsForm, name_of
from core.specimens import Specimen, specimens
from councils.models import EvaluationQuestion


def questions_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """A form with every kind, begun; and one in which something is wrong."""
    options = [{"key": "abc"[number], "label": village.name} for number, village in enumerate(villages)]
    single = EvaluationQuestion(
        kind="single", text=_("Where do you live?"), options=options, settings={"other": True, "blank": True}
    )
    every = [
        single,
        EvaluationQuestion(
            kind="multiple", text=_("Where do you go?"), options=options, settings={"most": 2},
            condition={"question": str(single.uuid), "any_of": ["a"]},
        ),
        EvaluationQuestion(
            kind="scale", text=_("How do you like it there?"), settings={"points": 5, "low": _("not at all"), "high": _("entirely")}
        ),
        EvaluationQuestion(kind="ranking", text=_("Where first?"), options=options),
        EvaluationQuestion(kind="number", text=_("How long?"), settings={"max": "10", "unit": _("years")}),
        EvaluationQuestion(kind="open", text=_("What else?"), is_required=True),
    ]  # fmt: skip
    ranking = every[3]
    data = QueryDict(mutable=True)
    for place in range(2):
        data[f"{name_of(ranking)}_{place}"] = "1"
    given = {every[2].uuid: {"number": 4}}
    return {
        "begun": QuestionsForm(every, given=given, prefix="begun"),
        "wrong": QuestionsForm([ranking, every[5]], data),
    }


specimens.register(
    Specimen(
        name="councils.questions",
        title=gettext_lazy("Questions of every kind"),
        template="councils/style/questions.html",
        content=questions_shown,
        order=620,
    )
)
