"""What of a plan asks a person first in some periods: what a team tells of its action, and progress."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.consents import ConsentKind, consent_kinds
from plans.actions import following, progress
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
