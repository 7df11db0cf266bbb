"""What the style page shows of councils: the clock of an answer, an advice in a list, questions; made up, never saved."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.questions.answering import QuestionsForm, name_of
from core.specimens import Specimen, specimens
from core.terms import WorkingDays
from councils.models import Advice, Council, EvaluationQuestion
from councils.register import AdviceRow, Clock

CLOCKS = (
    Clock(0, 40, False),
    Clock(26, 40, False),
    Clock(48, 40, False),
    Clock(32, 40, True),
    Clock(45, 40, True),
)
DAY = dt.timedelta(days=1)


def advices_shown(*, villages: Sequence[Any]) -> Mapping[str, Any]:
    """Clocks, and rows: open, late, answered."""
    today = timezone.localdate()
    rows = [
        _row("Een zitdag in elk dorp", 1, received=today - 30 * DAY, due=today + 20 * DAY),
        _row("Fietspad naar de school", 2, received=today - 70 * DAY, due=today - 12 * DAY),
        _row("Geef het kerkplein terug", 3, received=today - 60 * DAY, due=today - 2 * DAY, answered=10),
    ]
    return {"clocks": CLOCKS, "rows": rows}


def _row(title: str, number: int, *, received: dt.date, due: dt.date, answered: int = 0) -> AdviceRow:
    advice: Any = Advice(
        title=title, year=received.year, number=number, council=Council(name="Dorpsraad"), received_on=received, due_on=due,
        answer_days=40, is_example=True,
    )  # fmt: skip
    advice.answered_at = timezone.now() - answered * DAY if answered else None
    advice.number_followed, advice.number_partly, advice.number_not = 2, 1, 1
    return AdviceRow(advice, WorkingDays("BE"), timezone.localdate())


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
        name="councils.advices", title=gettext_lazy("Advices and the clock of their answer"),
        template="councils/style/advices.html", content=advices_shown, order=610,
    )
)  # fmt: skip
specimens.register(
    Specimen(
        name="councils.questions",
        title=gettext_lazy("Questions of every kind"),
        template="councils/style/questions.html",
        content=questions_shown,
        order=620,
    )
)
