"""What of plans waits for a person: proposals, what their teams should tell or do about actions, what they owe of assignments."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.reach import held_by
from areas.models import Municipality
from core.access import permitted
from core.text import in_short
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from plans.board import owed_by
from plans.models import AreaOrganisation, PlanPerson, Proposal
from plans.reminding import entries_of
from workplaces.members import teams_of


def reminders_of_my_teams(
    *, user: User, municipality: Municipality, today: dt.date
) -> Iterator[WaitingEntry]:
    """News that is due, what is late or due soon, nothing planned any more, figures that are missing; four queries."""
    if not held_by(user):
        return
    here, mine = Q(plan__municipality=municipality), teams_of(user)
    named = PlanPerson.objects.filter(user=user.pk).values("plan")
    led = Q(plan__owner_team__in=mine) | Q(plan__owner_team=None, plan__in=named)
    of_actions = here & (Q(team__in=mine) | (Q(team=None) & led))
    of_plans = Q(municipality=municipality) & (Q(owner_team__in=mine) | Q(owner_team=None, pk__in=named))
    yield from entries_of(of_actions, of_plans, today)


def owed_by_my_teams(*, user: Any, municipality: Any, today: dt.date) -> Iterable[WaitingEntry]:
    """Answers, other texts and evaluations that the own teams owe; three queries."""
    return owed_by(teams_of(user), municipality, today)


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
        waiting=reminders_of_my_teams,
        order=40,
    )
)
waiting_sources.register(
    WaitingSource(
        name="plans.assignments", title=gettext_lazy("Assignments"), waiting=owed_by_my_teams, order=41
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
