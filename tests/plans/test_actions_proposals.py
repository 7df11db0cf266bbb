"""The verbs for proposals."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from accounts.models import User
from core.verbs import Conflict, Refused
from plans.actions import accept_proposal, change_plan, decline_proposal, propose, withdraw_proposal
from plans.models import Action, Goal, Plan, PlanPerson, Proposal
from tests.conftest import Land
from tests.plans.conftest import at_once, make_plan, refused_at


@pytest.fixture
def proposal(cast: dict[str, User], public_plan: Plan) -> Proposal:
    """What the area worker would call the plan."""
    return propose(
        plan=public_plan, by=cast["worker_here"], changes={"name": ["Beter"]}, reason="Zo heet het.",
        seen_version=public_plan.version,
    )  # fmt: skip


def test_colleagues_propose(land: Land, cast: dict[str, User], public_plan: Plan) -> None:
    asked: dict[str, Any] = {"plan": public_plan, "changes": {"name": ["Beter"]}, "reason": "Zo heet het."}
    made = propose(by=cast["moderator"], **asked)
    assert (made.state, made.author, made.seen_version) == ("waiting", cast["moderator"], public_plan.version)
    for part in ("resident", "council_member"):
        with pytest.raises(PermissionDenied):
            propose(by=cast[part], **asked)
    with refused_at("reason"):
        propose(by=cast["moderator"], **{**asked, "reason": ""})
    other = make_plan(land, "Ander plan")
    goal, action = (
        Goal.objects.create(plan=other, name="Elders"), Action.objects.create(plan=other, number=1, name="Elders")
    )  # fmt: skip
    for about in ({"goal": goal}, {"action": action}):
        with pytest.raises(ValidationError):
            propose(by=cast["moderator"], **asked, **about)


def test_accepting_does_it_once(cast: dict[str, User], proposal: Proposal) -> None:
    by = cast["steward"]

    def do() -> Plan:
        return change_plan(plan=proposal.plan, by=by, version=proposal.seen_version, values={"name": "Beter"})

    assert accept_proposal(proposal=proposal, by=by, version=proposal.version, do=do).name == "Beter"
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    for again in (
        lambda: accept_proposal(proposal=proposal, by=by, version=None, do=do),
        lambda: decline_proposal(proposal=proposal, by=by, version=None, answer="Nee"),
        lambda: withdraw_proposal(proposal=proposal, by=cast["worker_here"], version=None),
    ):
        with override("en"), pytest.raises(Refused, match="decided on this proposal already: accepted"):
            again()


def test_a_change_in_the_meantime_keeps_it_waiting(cast: dict[str, User], proposal: Proposal) -> None:
    by = cast["steward"]
    change_plan(plan=proposal.plan, by=by, version=None, values={"summary": "Kort"})
    with pytest.raises(Conflict):
        accept_proposal(
            proposal=proposal, by=by, version=None,
            do=lambda: change_plan(
                plan=proposal.plan, by=by, version=proposal.seen_version, values={"name": "Beter"}
            ),
        )  # fmt: skip
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


@pytest.mark.django_db(transaction=True)
def test_accepted_twice_at_once(cast: dict[str, User], proposal: Proposal) -> None:
    done: list[str] = []

    def accept() -> str:
        accept_proposal(proposal=proposal, by=cast["steward"], version=None, do=lambda: done.append("x"))
        return "done"

    made = at_once(accept, accept)
    assert sorted(type(one).__name__ for one in made) == ["Refused", "str"]
    assert done == ["x"]


def test_who_decides(cast: dict[str, User], proposal: Proposal) -> None:
    for part in ("worker_here", "moderator"):
        with pytest.raises(PermissionDenied):
            decline_proposal(proposal=proposal, by=cast[part], version=None, answer="Nee")
    with refused_at("__all__"):
        decline_proposal(proposal=proposal, by=cast["steward"], version=None, answer="")
    PlanPerson.objects.create(plan=proposal.plan, user=cast["moderator"], may="publish")
    declined = decline_proposal(proposal=proposal, by=cast["moderator"], version=None, answer="Nu niet.")
    assert (declined.state, declined.answer) == ("declined", "Nu niet.")


def test_one_takes_back_the_own(cast: dict[str, User], proposal: Proposal) -> None:
    for part in ("moderator", "steward"):
        with pytest.raises(PermissionDenied):
            withdraw_proposal(proposal=proposal, by=cast[part], version=None)
    with pytest.raises(Conflict):
        withdraw_proposal(proposal=proposal, by=cast["worker_here"], version="old")
    done = withdraw_proposal(proposal=proposal, by=cast["worker_here"], version=proposal.version)
    assert done.state == "withdrawn"
