"""The verbs for milestones: what succeeded, told and celebrated; in a period of the calendar that asks first, with a consent."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from accounts.consent import ask_first
from accounts.models import Consent
from areas.models import Area, Municipality
from core.history import because
from core.verbs import Actor, locked, require, same_version, verb
from plans.actions.shared import of_here
from plans.models import Milestone

KIND = "plans.milestones"  # of the consents
WRITTEN = ("plan", "action", "when", "title", "text")


@verb
def add_milestone(
    *,
    municipality: Municipality,
    by: Actor,
    values: Mapping[str, Any],
    areas: Iterable[Area] = (),
    consent: Consent | None = None,
) -> Milestone:
    """Tell what succeeded, in some areas or in the whole municipality; what succeeded in an action is of its plan too."""
    areas = list(areas)
    _require_for(municipality, areas, by=by)
    milestone = Milestone(municipality=municipality)
    _write(milestone, values)
    _goes_out(milestone, told_in(municipality, areas), by, consent)
    with because("plans.milestone", by=by):
        milestone.save()
        milestone.areas.set(areas)
    return milestone


@verb
def change_milestone(
    *,
    milestone: Milestone,
    by: Actor,
    version: str | None,
    values: Mapping[str, Any],
    areas: Iterable[Area],
    consent: Consent | None = None,
) -> Milestone:
    """Tell it otherwise, or of other areas; a new area asks for the permission there."""
    milestone = locked(milestone, queryset=Milestone.objects.select_related("municipality"))
    require("plans.change_milestone", milestone, by=by)
    same_version(milestone, version)
    areas, before = set(areas), set(milestone.areas.all())
    if areas != before:
        _require_for(milestone.municipality, areas ^ before if areas else (), by=by)
    _write(milestone, values)
    _goes_out(milestone, milestone.uuid, by, consent)
    with because("plans.milestone", by=by):
        milestone.save()
        milestone.areas.set(areas)
    return milestone


@verb
def remove_milestone(*, milestone: Milestone, by: Actor, version: str | None) -> None:
    """Take a milestone away, with its pictures."""
    milestone = locked(milestone)
    require("plans.change_milestone", milestone, by=by)
    same_version(milestone, version)
    with because("plans.removed", by=by):
        milestone.delete()


def _require_for(municipality: Municipality, areas: Collection[Area], *, by: Actor) -> None:
    """That somebody may tell it, or tell it no more, in each of some areas; in the whole municipality when there are none."""
    of_here(municipality, "areas", *areas)
    for area in areas:
        require("plans.change_milestone", area, by=by)
    if not areas:
        require("plans.change_milestone", municipality, by=by)


def told_in(municipality: Municipality, areas: Sequence[Area]) -> uuid.UUID:
    """What a consent for a milestone that is not there yet is about: its first area, else the municipality."""
    return areas[0].uuid if areas else uuid.uuid5(uuid.NAMESPACE_DNS, municipality.slug)


def _goes_out(milestone: Milestone, subject: uuid.UUID, by: Actor, consent: Consent | None) -> None:
    """What succeeded in a plan in the making is read by nobody yet."""
    if milestone.plan is None or milestone.plan.is_public:
        ask_first(KIND, subject, milestone.municipality, by=by, consent=consent)


def _write(milestone: Milestone, values: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in values:
            setattr(milestone, name, values[name])
    if milestone.action is not None:
        milestone.plan = milestone.action.plan
    of_here(milestone.municipality, "plan", milestone.plan)
    milestone.full_clean()
