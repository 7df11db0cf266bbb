"""Plans on which a colleague works, handed over to another one."""

from accounts.models import User
from areas.models import Municipality
from core.history import because
from core.verbs import Actor, require, verb
from plans.models import PlanPerson


@verb
def pass_on_plans(*, user: User, municipality: Municipality, to: User | None, by: Actor) -> int:
    """Let another one work on the plans of a person, as editor or as who publishes; who does already keeps the more of both."""
    require("accounts.manage_roles", municipality, by=by)
    rows = PlanPerson.objects.filter(user=user, plan__municipality=municipality)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    with because("plans.people_passed_on", by=by):
        for person in found:
            there = PlanPerson.objects.filter(plan=person.plan_id, user=to).first() if to else None
            if to is None or there is not None:
                if there is not None and person.may == PlanPerson.May.PUBLISH != there.may:
                    there.may = PlanPerson.May.PUBLISH
                    there.save()
                person.delete()
            else:
                person.user = to
                person.save()
    return len(found)
