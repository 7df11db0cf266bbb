"""The verbs for proposals: what a colleague would change waits for who may publish."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from core.history import because
from core.states import move
from core.verbs import Actor, Refused, locked, require, same_version, verb
from plans.actions.shared import checked, save
from plans.models import Action, Goal, Plan, Proposal

State = Proposal.State


@verb
def propose(
    *,
    plan: Plan,
    by: Actor,
    changes: Mapping[str, Any],
    reason: str,
    seen_version: str = "",
    goal: Goal | None = None,
    action: Action | None = None,
) -> Proposal:
    """Ask for a change of a plan, or of one goal or action of it; `changes` is what the form was filled in with.

    `seen_version` is that of the thing; of something new it is that of the plan.
    """
    plan = locked(plan)
    require("plans.propose_change", plan, by=by)
    if any(about is not None and about.plan_id != plan.pk for about in (goal, action)):
        raise ValidationError(_("This is of another plan."), code="elsewhere")
    proposal = Proposal(
        plan=plan, goal=goal, action=action, changes=dict(changes), seen_version=seen_version or plan.version, reason=reason,
        author=by if isinstance(by, User) else None,
    )  # fmt: skip
    checked(proposal)
    with because("plans.proposed", by=by):
        proposal.save()
    return proposal


@verb
def accept_proposal(
    *, proposal: Proposal, by: Actor, version: str | None, do: Callable[[], Any], answer: str = ""
) -> Any:
    """Do what was proposed, once; `do` calls the verb that changes the thing, in the same transaction. Gives what that gave.

    When the thing changed in the meantime `do` raises Conflict, and the proposal waits on.
    """
    proposal = _locked_waiting(proposal, by, version, "plans.decide_proposal")
    _settle(proposal, State.ACCEPTED, "plans.accepted", by, answer)
    return do()


@verb
def decline_proposal(*, proposal: Proposal, by: Actor, version: str | None, answer: str) -> Proposal:
    """Say no to a proposal, and why."""
    proposal = _locked_waiting(proposal, by, version, "plans.decide_proposal")
    return _settle(proposal, State.DECLINED, "plans.declined", by, answer)


@verb
def withdraw_proposal(*, proposal: Proposal, by: Actor, version: str | None) -> Proposal:
    """Take back one's own proposal while nobody decided on it."""
    proposal = _locked_waiting(proposal, by, version, "plans.withdraw_proposal")
    return _settle(proposal, State.WITHDRAWN, "plans.proposal_withdrawn", by, "")


def _locked_waiting(proposal: Proposal, by: Actor, version: str | None, permission: str) -> Proposal:
    found = locked(proposal, queryset=Proposal.objects.select_related("plan__municipality"))
    require(permission, found, by=by)
    if found.state != State.WAITING:
        message = _("Somebody decided on this proposal already: %(state)s.")
        raise Refused(message % {"state": found.get_state_display()}, "decided")
    same_version(found, version)
    return found


def _settle(proposal: Proposal, state: State, reason: str, by: Actor, answer: str) -> Proposal:
    move(proposal, "state", state)
    proposal.answer = answer
    checked(proposal)
    with because(reason, by=by):
        save(proposal, ["state", "answer"])
    return proposal
