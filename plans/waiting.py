"""What of assignments waits for a person: what the teams for which they speak owe."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from plans.board import owed_by
from workplaces.members import teams_of


def owed_by_my_teams(*, user: Any, municipality: Any, today: dt.date) -> Iterable[WaitingEntry]:
    """Answers, other texts and evaluations that the own teams owe; three queries."""
    return owed_by(teams_of(user), municipality, today)


waiting_sources.register(
    WaitingSource(
        name="plans.assignments", title=gettext_lazy("Assignments"), waiting=owed_by_my_teams, order=41
    )
)
