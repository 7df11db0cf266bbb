"""What of plans waits for a person: proposals, what their teams should tell or do about actions, what they owe of assignments."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.competence import Mandates, mandates
from accounts.models import User
from accounts.reach import held_by
from areas.models import Municipality
from core.access import permitted
from core.text import in_short
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from plans.board import owed_by
from plans.models import AreaOrganisation, Plan, PlanPerson, Proposal
from plans.reminding import entries_of, followed
from plans.standing import State
from workplaces.members import teams_of


def what_my_teams_owe(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """Of actions and plans what the own teams should tell or do, and of assignments what they owe; nine queries at most.

    News that is due, what is late or due soon, nothing planned any more, missing figures; answers, other texts, evaluations.
    """
    if not held_by(user):
        return
    here, mine = Q(plan__municipality=municipality), teams_of(user)
    named = PlanPerson.objects.filter(user=user.pk).values("plan")
    led = Q(plan__owner_team__in=mine) | Q(plan__owner_team=None, plan__in=named)
    of_actions = here & (Q(team__in=mine) | (Q(team=None) & led))
    of_plans = Q(municipality=municipality) & (Q(owner_team__in=mine) | Q(owner_team=None, pk__in=named))
    yield from entries_of(of_actions, of_plans, today)
    yield from owed_by(mine, municipality, today)


def proposals_to_decide(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """Proposals on which a person decides, the oldest first."""
    waiting = Proposal.objects.waiting().filter(plan__municipality=municipality)
    for one in permitted(waiting, user, "plans.decide_proposal").select_related("plan", "author"):
        yield WaitingEntry(
            title=_("Answer a proposal: %(reason)s") % {"reason": in_short(one.reason, 80)},
            url=reverse("plans:proposal", args=[one.uuid]),
            kind=gettext_lazy("Proposal"),
            detail=one.plan.name,
            is_example=one.plan.is_example,
        )


def plans_of_mandate(*, user: User, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """What plans ask of a mandate holder who is competent for them today: a decision, or a look at what is asleep or at risk.

    Nothing is kept of it, so that it goes to a successor on the day itself. One query for who holds none, else seven at most.
    """
    if not held_by(user):
        return
    known = mandates(municipality, today)
    if all(one.holder.user_id != user.pk for one in known.rows):
        return
    rows = Plan.objects.of(municipality).filter(
        policy_field__isnull=False, stage__in=(Plan.Stage.PROPOSED, Plan.Stage.ADOPTED), leads_to__isnull=True
    )
    mine = {plan.pk: plan for plan in rows.prefetch_related("areas") if _is_mine(plan, known, user)}
    worrying = Counter(
        one.action.plan_id
        for one in (followed(Q(plan__in=mine), today) if mine else ())
        if one.stands.is_asleep or one.stands.state == State.AT_RISK
    )
    for plan in mine.values():
        where: dict[str, Any] = {
            "url": plan.get_absolute_url(),
            "kind": gettext_lazy("Plan"),
            "area": ", ".join(area.name for area in plan.areas.all()),
            "is_example": plan.is_example,
        }
        if plan.stage == Plan.Stage.PROPOSED:
            title = _("Have it decided: %(plan)s") % {"plan": plan.name}
            yield WaitingEntry(title=title, detail=_("Open for reading, and not adopted yet."), **where)
        elif number := worrying[plan.pk]:
            words = ngettext(
                "%(number)d action is asleep or at risk.", "%(number)d actions are asleep or at risk.", number
            )
            title = _("Look how it stands: %(plan)s") % {"plan": plan.name}
            yield WaitingEntry(title=title, detail=words % {"number": number}, **where)


def _is_mine(plan: Plan, known: Mandates, user: User) -> bool:
    found = known.competent_for(plan.policy_field_id, [area.pk for area in plan.areas.all()])
    return any(one.holder.user_id == user.pk for one in found)


def agreements_to_renew(*, user: Any, municipality: Any, today: dt.date) -> Iterator[WaitingEntry]:
    """What was agreed about area work, and is asked again: the agreement that counts today, of each area."""
    if not held_by(user):
        return
    rows = AreaOrganisation.objects.filter(area__municipality=municipality, from_on__lte=today)
    later = rows.filter(area=OuterRef("area"), from_on__gt=OuterRef("from_on"))
    now = rows.filter(~Exists(later), ask_again_on__isnull=False, area__retired_by__isnull=True)
    for one in permitted(now, user, "plans.change_organisation").select_related("area"):
        yield WaitingEntry(
            title=_("Ask again what is expected of area work"),
            url=reverse("plans:organisation", args=[one.area.slug]),
            kind=gettext_lazy("Organisation of area work"),
            due=one.ask_again_on,
            area=one.area.name,
        )


waiting_sources.register(
    WaitingSource(
        name="plans.following",
        title=gettext_lazy("Follow-up of actions"),
        waiting=what_my_teams_owe,
        order=40,
    )
)
waiting_sources.register(
    WaitingSource(
        name="plans.mandates",
        title=gettext_lazy("Plans in your policy field"),
        waiting=plans_of_mandate,
        order=45,
    )
)
waiting_sources.register(
    WaitingSource(
        name="plans.proposals", title=gettext_lazy("Proposals"), waiting=proposals_to_decide, order=30
    )
)
waiting_sources.register(
    WaitingSource(
        name="plans.organisation", title=gettext_lazy("Organisation of area work"), waiting=agreements_to_renew, order=60,
    )
)  # fmt: skip
