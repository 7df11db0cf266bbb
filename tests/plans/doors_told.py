"""The doors of what a team tells of its own work."""

import datetime as dt

from plans.models import Action, Goal, News, Plan, ProgressEntry, Step
from tests.conftest import Land
from tests.doors import EDITORS_IN_BERGEN, Door, World
from tests.plans.conftest import FIRST

ROUTE = "plannen/<slug:slug>/acties/<int:number>/"
ACTION = "/plannen/openbaar-plan/acties/71/"
PLAN = "/plannen/openbaar-plan/"


STAFF_SCREENS = (
    "/plannen/dorpsplan-meerle/acties/1/opvolgen/",
    "/plannen/dorpsplan-meerle/acties/1/stand/",
    "/plannen/dorpsplan-meerle/acties/1/nieuws/",
    "/plannen/dorpsplan-meerle/voortgang/",
)


def _door(path: str, method: str = "get") -> list[Door]:
    return [Door(path, EDITORS_IN_BERGEN, method)]


DOORS: dict[str, list[Door]] = {
    f"{ROUTE}opvolgen/": _door(f"{ACTION}opvolgen/"),
    f"{ROUTE}stand/": _door(f"{ACTION}stand/"),
    f"{ROUTE}nieuws/": _door(f"{ACTION}nieuws/"),
    f"{ROUTE}ongewijzigd/": _door(f"{ACTION}ongewijzigd/"),
    f"{ROUTE}nieuws/<uuid:identifier>/": _door(f"{ACTION}nieuws/{{news}}/"),
    f"{ROUTE}nieuws/<uuid:identifier>/weg/": _door(f"{ACTION}nieuws/{{news}}/weg/", "post"),
    f"{ROUTE}stappen/": _door(f"{ACTION}stappen/"),
    f"{ROUTE}stappen/<int:key>/": _door(f"{ACTION}stappen/{{step}}/"),
    f"{ROUTE}stappen/<int:key>/gedaan/": _door(f"{ACTION}stappen/{{step}}/gedaan/", "post"),
    f"{ROUTE}stappen/<int:key>/weg/": _door(f"{ACTION}stappen/{{step}}/weg/", "post"),
    f"{ROUTE}voortgang/": _door(f"{ACTION}voortgang/"),
    "plannen/<slug:slug>/doelen/<uuid:identifier>/voortgang/": _door(
        f"{PLAN}doelen/{{told_goal}}/voortgang/"
    ),
    "plannen/<slug:slug>/voortgang/": _door(f"{PLAN}voortgang/"),
    "plannen/<slug:slug>/voortgang/nieuw/": _door(f"{PLAN}voortgang/nieuw/"),
    "plannen/<slug:slug>/voortgang/<int:key>/": _door(f"{PLAN}voortgang/{{entry}}/"),
    "plannen/<slug:slug>/voortgang/<int:key>/weg/": _door(f"{PLAN}voortgang/{{entry}}/weg/", "post"),
}


def world(made: World) -> None:
    """An action that is followed, in the plan that anybody may read."""
    plan = Plan.objects.get(municipality=made.land.municipality, slug="openbaar-plan")
    goal = Goal.objects.create(plan=plan, code="D71", name=made.named("Een plein om te blijven"))
    action = Action.objects.create(plan=plan, goal=goal, number=71, name=made.named("Banken op het plein"))
    news = News.objects.create(action=action, title=made.named("De banken staan er"), on=FIRST)
    step = Step.objects.create(action=action, title=made.named("Lastenboek"), when="2027-21")
    entry = ProgressEntry.objects.create(
        plan=plan, goal=goal, first_on=FIRST, last_on=FIRST, aimed=made.named("Zes banken")
    )
    made.names |= {
        "told_goal": str(goal.uuid),
        "news": str(news.uuid),
        "step": str(step.pk),
        "entry": str(entry.pk),
    }


def rows(land: Land, numbers: range) -> None:
    """News, steps and progress of the action that is followed."""
    action = Action.objects.get(plan__slug="openbaar-plan", plan__municipality=land.municipality, number=71)
    days = [FIRST + dt.timedelta(days=number) for number in numbers]
    News.objects.bulk_create(News(action=action, title=f"Nieuws {day}", on=day) for day in days)
    Step.objects.bulk_create(Step(action=action, title=f"Stap {day}", when="2027-21") for day in days)
    ProgressEntry.objects.bulk_create(
        ProgressEntry(plan=action.plan, action=action, first_on=day, last_on=day, aimed="Iets")
        for day in days
    )
