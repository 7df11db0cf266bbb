"""Where what was merged leads."""

from plans.leads import end_of
from plans.models import Action, Plan
from tests.conftest import Land
from tests.plans.conftest import make_plan


def test_an_old_address_leads_on_to_the_end(land: Land, plan: Plan, action: Action) -> None:
    assert (end_of(plan), end_of(action)) == (plan, action)
    newest = make_plan(land, "Nieuwst")
    newer = make_plan(land, "Nieuwer", leads_to=newest, leads_how="superseded")
    plan.leads_to, plan.leads_how = newer, "merged"
    assert end_of(plan) == newest
    Plan.objects.filter(pk=newest.pk).update(leads_to=plan, leads_how="merged")
    assert end_of(plan) in {plan, newer, newest}, "a circle that got in ends"
