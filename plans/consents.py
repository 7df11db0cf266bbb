"""What of a plan asks a person first in some periods: what a team tells of its action, and progress."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.consents import ConsentKind, consent_kinds
from plans.actions import following, open_for_reading, progress
from plans.actions.plans import OPENING
from plans.forms.following import kept_form, typed_in_words
from plans.models import Action, Goal, Plan


def find_action(*, subject: UUID) -> Action | None:
    """The action that something is told of."""
    return Action.objects.select_related("plan__municipality").filter(uuid=subject).first()


def find_reported(*, subject: UUID) -> Plan | Goal | Action | None:
    """The plan, the goal or the action of which it is the progress."""
    plan = Plan.objects.select_related("municipality").filter(uuid=subject).first()
    goal = Goal.objects.select_related("plan__municipality").filter(uuid=subject).first()
    return plan or goal or find_action(subject=subject)


def shown(*, payload: Mapping[str, Any]) -> Any:
    """What was typed."""
    return typed_in_words(payload)


def go_on(*, thing: Any, payload: Mapping[str, Any], by: Any, consent: Any) -> Any:
    """Read again what was typed, and do it."""
    form = kept_form(payload, about=thing, by=by)
    if not form.is_valid():
        raise ValidationError(
            [f"{form.fields[name].label}: {words}" for name, found in form.errors.items() for words in found]
        )
    return form.do(by=by, consent=consent)


def find_plan(*, subject: UUID) -> Plan | None:
    """The plan that is opened for reading."""
    return Plan.objects.select_related("municipality").filter(uuid=subject).first()


def remark(*, payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The remark, when there is one; what goes out is the plan itself."""
    return [(_("Remark"), payload["note"])] if payload["note"] else []


def opening_goes_on(*, thing: Plan, payload: Mapping[str, Any], by: Any, consent: Any) -> Plan:
    """Open it as it is now."""
    return open_for_reading(plan=thing, by=by, version=None, note=payload["note"], consent=consent)


consent_kinds.register(
    ConsentKind(
        name=OPENING, title=gettext_lazy("Open for reading"), permission="plans.publish_plan", find=find_plan,
        shown=remark, go_on=opening_goes_on,
    )
)  # fmt: skip
consent_kinds.register(
    ConsentKind(
        name=following.KIND, title=gettext_lazy("News of an action"), permission="plans.report", find=find_action,
        shown=shown, go_on=go_on,
    )
)  # fmt: skip
consent_kinds.register(
    ConsentKind(
        name=progress.KIND, title=gettext_lazy("Progress"), permission="plans.report_progress", find=find_reported,
        shown=shown, go_on=go_on,
    )
)  # fmt: skip
