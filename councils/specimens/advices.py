"""The clock of an answer in every state, and an advice in a list."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.specimens import Specimen, specimens
from core.terms import WorkingDays
from councils.models import Advice, Council
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
    advice.corrected_at = None
    advice.number_followed, advice.number_partly, advice.number_not = 2, 1, 1
    return AdviceRow(advice, WorkingDays("BE"), timezone.localdate())


specimens.register(
    Specimen(
        name="councils.advices", title=gettext_lazy("Advices and the clock of their answer"),
        template="councils/style/advices.html", content=advices_shown, order=610,
    )
)  # fmt: skip
