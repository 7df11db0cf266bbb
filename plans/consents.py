"""What of a plan asks a person first in some periods: what a team tells of its action, progress, and what changes in public."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from core.consents import ConsentKind, consent_kinds
from core.models import PrivateFile
from plans import attachments
from plans.actions import accept_proposal, following, milestones, progress
from plans.actions.milestones import told_in
from plans.actions.plans import ADOPTING, OPENING
from plans.actions.shared import CHANGES
from plans.forms.base import asked_form
from plans.forms.following import kept_form, typed_in_words
from plans.forms.milestones import asked_milestone, tell
from plans.models import Action, Goal, Milestone, Plan, Proposal


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
    _refuse_invalid(form)
    return form.do(by=by, consent=consent)


def _refuse_invalid(form: Form) -> None:
    if not form.is_valid():
        said = [(form.fields.get(name), words) for name, found in form.errors.items() for words in found]
        raise ValidationError([f"{field.label}: {words}" if field else words for field, words in said])


def find_plan(*, subject: UUID) -> Plan | None:
    """The plan that is changed, adopted or opened for reading."""
    return Plan.objects.select_related("municipality").filter(uuid=subject).first()


def change_in_words(*, payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """What would be otherwise, field by field."""
    return [(label, words) for label, words in payload["words"]]


def change_goes_on(*, thing: Plan, payload: Mapping[str, Any], by: Any, consent: Any) -> Any:
    """Read again what was typed, and do it; of a proposal, accept it so."""
    form = asked_form(payload, plan=thing, by=by)
    _refuse_invalid(form)
    if "proposal" not in payload:
        return form.do(by=by, consent=consent)
    proposal = Proposal.objects.get(uuid=payload["proposal"])
    return accept_proposal(
        proposal=proposal, by=by, version=None, do=lambda: form.do(by=by, consent=consent), answer=payload["answer"]
    )  # fmt: skip


def find_milestone(*, subject: UUID) -> Milestone | Area | Municipality | None:
    """The milestone, or of one that is not there yet the area or the municipality in which it would be told."""
    milestone = Milestone.objects.select_related("municipality", "plan").filter(uuid=subject).first()
    area = Area.objects.select_related("municipality").filter(uuid=subject).first()
    here = (one for one in Municipality.objects.all() if told_in(one, []) == subject)
    return milestone or area or next(here, None)


def milestone_in_words(*, payload: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """What was typed, and the picture."""
    words = change_in_words(payload=payload)
    if "picture" not in payload:
        return words
    kept = PrivateFile.objects.current().filter(uuid=payload["picture"]).first()
    if kept is None:
        return words
    link = format_html('<a class="standalone" href="{}">{}</a>', kept.get_absolute_url(), kept.name)
    return [*words, (_("Picture"), link)]


def milestone_goes_on(*, thing: Any, payload: Mapping[str, Any], by: Any, consent: Any) -> Milestone:
    """Read again what was typed, and tell it."""
    form = asked_milestone(payload, about=thing, municipality=consent.municipality, by=by)
    _refuse_invalid(form)
    return tell(form, payload, by=by, consent=consent)


def find_owner(*, subject: UUID) -> Plan | Milestone | None:
    """The plan or the milestone that has the file."""
    return (
        find_plan(subject=subject)
        or Milestone.objects.select_related("municipality", "plan").filter(uuid=subject).first()
    )


consent_kinds.register(
    ConsentKind(
        name=milestones.KIND, title=gettext_lazy("Milestone"), permission="plans.change_milestone", find=find_milestone,
        shown=milestone_in_words, go_on=milestone_goes_on,
    )
)  # fmt: skip
for kind, permission in (
    (attachments.PLAN_FILES, "plans.write_plan"),
    (attachments.MILESTONE_FILES, "plans.change_milestone"),
):
    consent_kinds.register(
        ConsentKind(
            name=kind, title=gettext_lazy("File for everybody"), permission=permission, find=find_owner,
            shown=attachments.shown, go_on=attachments.go_on,
        )
    )  # fmt: skip
for kind, title, permission in (
    (CHANGES, gettext_lazy("Change of a plan"), "plans.write_plan"),
    (OPENING, gettext_lazy("Open for reading"), "plans.publish_plan"),
    (ADOPTING, gettext_lazy("Adopt a plan"), "plans.publish_plan"),
):
    consent_kinds.register(
        ConsentKind(
            name=kind, title=title, permission=permission, find=find_plan, shown=change_in_words, go_on=change_goes_on,
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
