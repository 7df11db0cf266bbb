"""The challenges, assignments and organisation of areas of the demo."""

from collections.abc import Mapping
from typing import Any

from areas.models import Area
from plans.models import (
    AreaOrganisation,
    Assignment,
    AssignmentMonth,
    AssignmentRemark,
    Challenge,
    Evaluation,
)
from portal.demo.moments import day, first_of_month, moment
from portal.demo.plans import Demo
from portal.demo.rows import restore

Entry = Mapping[str, Any]
# The states through which an assignment came to where it is, as its table of moves wants them.
WAY: Mapping[str, tuple[str, ...]] = {
    "asked": ("asked",),
    "change_asked": ("asked", "change_asked"),
    "running": ("asked", "running"),
    "to_evaluate": ("asked", "running", "to_evaluate"),
    "closed": ("asked", "running", "to_evaluate", "closed"),
}


def restore_assignments(demo: Demo) -> int:
    """Make the challenges, assignments and organisations of areas; what is there already is left as people made it."""
    for entry in demo.file["challenges"]:
        restore(
            Challenge, {"municipality": demo.municipality, "slug": entry["slug"]}, name=entry["name"],
            text=entry["text"], effect=entry["effect"], policy_field=demo.fields[entry["field"]], is_example=True,
        )  # fmt: skip
    for entry in demo.file["assignments"]:
        _assignment(demo, entry)
    for entry in demo.file["organisations"]:
        if not AreaOrganisation.objects.filter(area=demo.areas[entry["area"]]).exists():
            for row in entry["rows"]:
                _organisation(demo.areas[entry["area"]], row)
    return len(demo.file["assignments"])


def _assignment(demo: Demo, entry: Entry) -> None:
    slug, number = entry.get("action", ("", 0))
    action = demo.plans[slug].actions.get(number=number) if slug else None
    challenge = Challenge.objects.filter(municipality=demo.municipality, slug=entry.get("challenge", ""))
    identity = {
        "municipality": demo.municipality, "name": entry["name"], "is_example": True,
        "commissioner": demo.teams[entry["commissioner"]], "contractor": demo.teams[entry["contractor"]],
    }  # fmt: skip
    if Assignment.objects.filter(**identity).exists():
        return
    agreed = [day(one) if one else None for one in entry["agreed"]]
    assignment = restore(
        Assignment, identity, action=action, challenge=challenge.first(), result=entry["result"],
        effect=entry["effect"], for_whom=entry.get("for_whom", ""), when=moment(entry["when"]),
        on_behalf_of=entry.get("on_behalf_of", ""),
    )  # fmt: skip
    named = [demo.areas[code] for code in entry.get("areas", ())]
    if action is not None:
        named = list(action.areas.all() or action.plan.areas.all())
    assignment.areas.set(named)
    assignment.commissioner_agreed_on, assignment.contractor_agreed_on = agreed
    assignment.answer_by = day(entry["answer_by"]) if "answer_by" in entry else None
    assignment.delivered_on = day(entry["delivered"]) if "delivered" in entry else None
    for state in WAY[entry["state"]]:
        assignment.state = state
        assignment.save()
    for ahead, days in enumerate(entry.get("months", ()), start=1):
        if days:
            AssignmentMonth.objects.create(assignment=assignment, month=first_of_month(ahead), days=days)
    if "remark" in entry:
        side, text = entry["remark"]
        AssignmentRemark.objects.create(assignment=assignment, side=side, text=text)
    for side, on, result, effect, next_time in entry.get("evaluations", ()):
        Evaluation.objects.create(
            assignment=assignment, side=side, on=day(on), result=result, effect=effect, next_time=next_time
        )


def _organisation(area: Area, row: Entry) -> None:
    AreaOrganisation.objects.create(
        area=area, model=row["model"], from_on=day(row["on"]), mandate=row["mandate"], budget=row.get("budget"),
        expectations=row["expectations"], agreed_on=day(row["agreed"]) if "agreed" in row else None,
        ask_again_on=day(row["again"]) if "again" in row else None,
    )  # fmt: skip
