"""What would go round in a circle: a goal under itself, an action that waits for or leads on to itself by way of others."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from plans.exchange.difference import PlannedRow
from plans.models import Action, Goal
from plans.models.goal import MOST_LEVELS


def refuse_under_itself(planned: Sequence[PlannedRow]) -> None:
    """Refuse the rows of goals that would lie under themselves, or under too many others."""
    rows = {row.thing: row for row in planned if row.thing is not None}
    for row in planned:
        seen, at = {row}, row.under if not row.is_action else None
        levels = 1
        while at is not None:
            levels += 1
            above = rows.get(at) if isinstance(at, Goal) else at
            if above is not None and above in seen:
                row.reasons.append(_("It would lie under itself."))
                break
            if above is not None:
                seen.add(above)
            if levels > MOST_LEVELS:
                message = _("This lies too deep: there are at most %(most)d goals under each other.")
                row.reasons.append(message % {"most": MOST_LEVELS})
                break
            at = above.under if above is not None and above.is_placed else getattr(at, "parent", None)


def refuse_round(planned: Sequence[PlannedRow], actions: Iterable[Action], key: str, column: str) -> None:
    """Refuse the rows of actions that come back to themselves by what they wait for (`needs`) or lead on to (`leads_to`)."""
    rows: dict[Any, PlannedRow] = {row.thing: row for row in planned if row.thing is not None}
    there = {action.pk: action for action in actions}

    def known(one: Any) -> Any:
        """The row when there is one, else the action with what was fetched of it."""
        return rows.get(one, there.get(one.pk, one)) if isinstance(one, Action) else one

    def after(at: Any) -> Iterable[Any]:
        row, action = (at, at.thing) if isinstance(at, PlannedRow) else (None, at)
        if row is not None and key in row.named:
            return map(known, row.named[key])
        if action is None or action.pk not in there:  # what another plan has goes on there
            return ()
        action = there[action.pk]
        return map(known, action.needs.all() if key == "needs" else filter(None, [action.leads_to]))

    for row in planned:
        seen: set[Any] = set()
        ahead = list(map(known, row.named.get(key, ())))
        while ahead and not row.reasons:
            at = ahead.pop()
            if at is row:
                row.reasons.append(_("%(column)s: this goes round in a circle.") % {"column": column})
            elif at not in seen:
                seen.add(at)
                ahead += after(at)
