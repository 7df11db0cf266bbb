"""The plans of the demo: what stands in the file, with dates that count from today."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import PolicyField, User
from areas.models import Area, Indicator, IndicatorValue, Municipality
from core.attachments import attach
from core.dates import When
from core.verbs import Operator
from plans.actions import adopt_plan
from plans.attachments import MILESTONE
from plans.models import (
    Action,
    ActionParty,
    Amount,
    Dependency,
    Direction,
    Goal,
    GoalIndicator,
    Impact,
    Milestone,
    News,
    Plan,
    PlanText,
    Principle,
    ProgressEntry,
    Step,
    TeamMonth,
    Touchstone,
)
from portal.demo.moments import day, first_of_month, half_year, moment, years_of_office
from portal.demo.people import DOMAIN
from portal.demo.pictures import picture
from portal.demo.rows import restore
from workplaces.models import Team, TeamMember

SOURCE = Path(__file__).with_name("plans.toml")
PATHS = "Organisatie"  # the policy field of the development paths

BY = Operator("load_demo")
Entry = Mapping[str, Any]
AreasByCode = dict[str, Area]


class Demo:
    """What the plans of the demo point to, found by the words of the file."""

    def __init__(self, municipality: Municipality, areas: AreasByCode) -> None:
        self.municipality = municipality
        self.areas = areas
        self.file: dict[str, Any] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
        self.fields: dict[str, PolicyField] = {}
        self.teams: dict[str, Team] = {}
        self.plans: dict[str, Plan] = {}
        self.by_code: dict[str, Action] = {}


def restore_plans(municipality: Municipality, areas: AreasByCode) -> Demo:
    """Make the plans of the demo with what they need; a plan that is there already is left as people made it."""
    demo = Demo(municipality, areas)
    _around(demo)
    for entry in demo.file["plans"]:
        _plan(demo, entry)
    for number, entry in enumerate(demo.file["paths"], start=1):
        _path(demo, entry, number)
    return demo


def _around(demo: Demo) -> None:
    for name in demo.file["policy_fields"]:
        identity = {"municipality": demo.municipality, "slug": slugify(name)}
        demo.fields[name] = restore(PolicyField, identity, name=name)
    for order, (kind, name, text) in enumerate(demo.file["principles"]):
        identity = {"municipality": demo.municipality, "name": name}
        restore(Principle, identity, kind=kind, text=text, order=order)
    for entry in demo.file["teams"]:
        identity = {"municipality": demo.municipality, "slug": entry["slug"]}
        contact = {"phone": entry["phone"], "email": f"{entry['slug']}@{DOMAIN}"}
        team = restore(Team, identity, name=entry["name"], is_example=True, **contact)
        if not team.months.exists():
            for ahead, days in enumerate(entry["days"], start=1):
                TeamMonth.objects.create(team=team, month=first_of_month(ahead), days=days)
    demo.teams = {team.slug: team for team in Team.objects.filter(municipality=demo.municipality)}
    for mailbox, slugs in demo.file["members"].items():
        user = User.objects.get(email=f"{mailbox}@{DOMAIN}")
        for slug in slugs:
            team = demo.teams[slug]
            if not TeamMember.objects.current().filter(team=team, user=user).exists():
                TeamMember.objects.create(team=team, user=user, valid_from=timezone.localdate())


def _period(entry: Entry) -> tuple[int, int]:
    if "period" not in entry:
        return years_of_office()
    first, last = (moment(one).first.year for one in entry["period"])
    return first, last


def _is_there(demo: Demo, slug: str) -> bool:
    plan = Plan.objects.filter(municipality=demo.municipality, slug=slug).first()
    if plan is None:
        return False
    demo.plans[slug] = plan
    demo.by_code |= {action.code: action for action in plan.actions.exclude(code="")}
    return True


def _plan(demo: Demo, entry: Entry) -> None:
    if _is_there(demo, entry["slug"]):
        return
    first, last = _period(entry)
    name = entry["name"].format(first=first, last=last, year=timezone.localdate().year)
    plan = restore(
        Plan, {"municipality": demo.municipality, "slug": entry["slug"]}, kind=entry["kind"], name=name,
        summary=entry["summary"], policy_field=demo.fields[entry["field"]], owner_team=demo.teams[entry["owner"]],
        contact=entry["contact"], news_every_months=entry["news"], is_example=True,
        first_on=dt.date(first, 1, 1), last_on=dt.date(last, 12, 31),
    )  # fmt: skip
    plan.areas.set(demo.areas[code] for code in entry.get("areas", ()))
    demo.plans[plan.slug] = plan
    for order, (heading, body) in enumerate(entry.get("texts", ())):
        restore(PlanText, {"plan": plan, "heading": heading}, body=body, order=order)
    _steering(demo, plan, entry)
    goals: dict[str, Goal] = {}
    for order, row in enumerate(entry["goals"]):
        goals[row["key"]] = _goal(demo, plan, goals, row, order)
    waiting = list(enumerate(entry["actions"], start=1))
    for version, decision in enumerate(entry["versions"], start=1):
        for number, row in waiting:
            if row.get("since", 1) == version:
                _action(demo, plan, goals[row["goal"]], row, number)
        _adopt(plan, decision)


def _adopt(plan: Plan, decision: Entry) -> None:
    decided = day(decision["on"])
    adopt_plan(
        plan=plan, by=BY, version=None, body=decision["body"], decided_on=decided, note=decision["note"],
        decision_number=decision["number"].format(year=decided.year),
    )  # fmt: skip


def _steering(demo: Demo, plan: Plan, entry: Entry) -> None:
    for row in entry.get("directions", ()):
        restore(
            Direction, {"plan": plan, "reason": row["reason"]}, from_on=day(row["on"]),
            owns_framework=row["framework"], has_power=row["power"],
        )  # fmt: skip
    for name, text in entry.get("touchstones", ()):
        principle = Principle.objects.get(municipality=demo.municipality, name=name)
        restore(Touchstone, {"plan": plan, "principle": principle}, text=text)


def _goal(demo: Demo, plan: Plan, goals: dict[str, Goal], row: Entry, order: int) -> Goal:
    goal = restore(
        Goal, {"plan": plan, "name": row["name"]}, parent=goals.get(row.get("under", "")), order=order,
        level=row.get("level", Goal.Level.GOAL), code=row.get("code", ""), text=row.get("text", ""),
        external_code=row.get("external", ""), passed_by=row.get("passed_by", []),
        is_priority=row.get("priority", False),
    )  # fmt: skip
    for figure in row.get("indicators", ()):
        _figure(demo, goal, figure)
    for entry in row.get("progress", ()):
        first, last = half_year(entry["period"])
        restore(
            ProgressEntry, {"plan": plan, "goal": goal, "action": None, "first_on": first}, last_on=last,
            aimed=entry["aimed"], done=entry["done"], state=entry["state"], needed=entry.get("needed", ""),
        )  # fmt: skip
    return goal


def _figure(demo: Demo, goal: Goal, figure: Entry) -> None:
    """The aim of a figure in the first area of the plan; where it began is its oldest value there."""
    indicator = Indicator.objects.filter(municipality=demo.municipality, slug=figure["slug"]).first()
    area = goal.plan.areas.first()
    if indicator is None or area is None:
        return
    known = IndicatorValue.objects.filter(indicator=indicator, area=area, value__isnull=False)
    began = known.order_by("period").first()
    restore(
        GoalIndicator, {"goal": goal, "indicator": indicator, "area": area}, target=figure["target"],
        target_when=moment(figure["by"]), target_set_on=day(figure["set"]),
        baseline=began.value if began else None, baseline_when=When(began.period[:4]) if began else None,
    )  # fmt: skip


def place(row: Entry) -> GEOSGeometry | None:
    """Where an action is, as the file draws it: a point, a line, or the corners of a polygon."""
    if "point" in row:
        x, y = row["point"]
        return Point(x, y, srid=4326)
    if "line" in row:
        return LineString(row["line"], srid=4326)
    if "polygon" in row:
        return Polygon([*row["polygon"], row["polygon"][0]], srid=4326)
    return None


def _action(demo: Demo, plan: Plan, goal: Goal, row: Entry, number: int) -> None:
    state, set_on, why = row.get("state", ("", "", ""))
    action = restore(
        Action, {"plan": plan, "number": number}, goal=goal, name=row["name"], text=row.get("text", ""),
        code=row.get("code", ""), when=moment(row["when"]), phase=row["phase"], done_percent=row.get("done"),
        weight=row.get("weight", 1), team=demo.teams[row["team"]], passed_by=row.get("passed_by", []),
        is_priority=row.get("priority", False), carries_out=demo.by_code.get(row.get("carries_out", "")),
        geometry=place(row), place=row.get("place", ""), is_approximate=row.get("approximate", False),
        set_state=state, set_state_reason=why, set_state_on=day(set_on) if set_on else None,
    )  # fmt: skip
    if action.code:
        demo.by_code[action.code] = action
    action.areas.set(demo.areas[code] for code in row.get("areas", ()))
    for needed in row.get("needs", ()):
        restore(Dependency, {"action": action, "needs": plan.actions.get(number=needed)})
    for name, role, does in row.get("parties", ()):
        restore(ActionParty, {"action": action, "name": name}, role=role, does=does)
    for year, (planned, *spent) in enumerate(row.get("money", ()), start=plan.first_on.year):
        known = spent[0] if spent and year <= timezone.localdate().year else None
        restore(Amount, {"action": action, "year": year, "kind": "expenditure"}, planned=planned, spent=known)
    _heard(demo, action, row)


def _heard(demo: Demo, action: Action, row: Entry) -> None:
    last = None
    for on, title, text in row.get("news", ()):
        last = restore(News, {"action": action, "title": title}, on=day(on), text=text, team=action.team)
    if "unchanged" in row:
        on, why = row["unchanged"]
        restore(
            News,
            {"action": action, "kind": "unchanged", "text": why},
            on=day(on),
            after=last,
            team=action.team,
        )
    for title, when, *more in row.get("steps", ()):
        restore(Step, {"action": action, "title": title}, when=moment(when), text=more[0] if more else "")
    for one in row.get("milestones", ()):
        milestone = restore(
            Milestone, {"municipality": demo.municipality, "title": one["title"]}, plan=action.plan, action=action,
            when=moment(one["when"]), text=one["text"], is_example=True,
        )  # fmt: skip
        milestone.areas.set(action.areas.all() or action.plan.areas.all())
        attach(
            kind=MILESTONE, thing=milestone, upload=picture(one["picture"]), title=one["title"], by=BY,
            alternative=one["alt"], is_public=True,
        )  # fmt: skip


def _path(demo: Demo, entry: Entry, number: int) -> None:
    if _is_there(demo, entry["slug"]):
        return
    first, last = years_of_office()
    team = demo.teams["managementteam"]
    plan = restore(
        Plan, {"municipality": demo.municipality, "slug": entry["slug"]}, kind=Plan.Kind.PATH, name=entry["name"],
        summary=entry["summary"], policy_field=demo.fields[PATHS], owner_team=team, news_every_months=12,
        first_on=dt.date(first, 1, 1), last_on=dt.date(last, 12, 31), is_example=True,
    )  # fmt: skip
    demo.plans[plan.slug] = plan
    for order, (group, effect, known_by) in enumerate(entry["impacts"]):
        restore(Impact, {"plan": plan, "target_group": group}, effect=effect, known_by=known_by, order=order)
    for product, (name, phase, when) in enumerate(entry["products"], start=1):
        action = restore(
            Action, {"plan": plan, "number": product}, kind=Action.Kind.PRODUCT, name=name, phase=phase,
            when=moment(when), team=team,
        )  # fmt: skip
        title = f"Pad {number} staat op de agenda van het managementteam"
        restore(News, {"action": action, "title": title}, on=day("d-45"), team=team)
        if phase != Action.Phase.DONE:
            restore(Step, {"action": action, "title": "Bespreking in het managementteam"}, when=moment("m+2"))
    _adopt(plan, demo.file["path_decision"])
