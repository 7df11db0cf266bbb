"""Whether a date as people know it lies in the period of a plan."""

from core.dates import When
from plans.models import Plan


def lies_in(when: When, plan: Plan) -> bool:
    """Whether it can begin and end within the period, as precisely as is known: 2026 does in a plan from March 2026.

    What has no end, or none that is known, need only begin in the period.
    """
    start, slash, end = when.text.partition("/")
    latest_start = When(start).last
    if latest_start is not None and latest_start < plan.first_on:
        return False
    last_point = start if not slash or end in {"", ".."} else end
    return plan.last_on is None or When(last_point).first <= plan.last_on
