"""Tables of plans that come in: into a plan that is there, or into a new one."""

import datetime as dt
from collections.abc import Mapping
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.intake import municipality_of
from areas.models import Municipality
from core.intake import IntakeKind, Progress, intake_kinds
from core.models import Intake
from core.verbs import Actor, Refused
from plans.actions.imports import import_plan
from plans.exchange.difference import Difference, read_rows
from plans.exchange.planning import difference
from plans.filekinds import TABLE
from plans.models import Plan

PLANS = "plans.tables"


def into(intake: Intake, municipality: Municipality) -> tuple[Plan | None, dict[str, Any]]:
    """The plan that a table is for; without one, what the new one is called and when it runs. Raises Refused when it is gone."""
    said = intake.reading
    if said.get("plan"):
        plan = Plan.objects.of(municipality).filter(uuid=said["plan"]).select_related("municipality").first()
        if plan is None:
            raise Refused(_("The plan that this table was for is no longer there."), "gone")
        return plan, {}
    days = {
        name: dt.date.fromisoformat(said[name]) if said.get(name) else None
        for name in ("first_on", "last_on")
    }
    return None, {"name": said["name"], "kind": said["kind"], **days}


def plan(*, intake: Intake, place: Municipality, content: IO[bytes], progress: Progress) -> Difference:
    """What the table would do now."""
    there, values = into(intake, place)
    return difference(there or Plan(municipality=place, **values), read_rows(content))


def apply(
    *,
    intake: Intake,
    place: Municipality,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> Difference:
    """Bring the table in."""
    there, values = into(intake, place)
    return import_plan(
        municipality=place,
        plan=there,
        values=values,
        table=read_rows(content),
        by=by,
        digest=digest,
        file_name=intake.file.name,
    )


intake_kinds.register(
    IntakeKind(
        name=PLANS,
        title=gettext_lazy("Table of a plan"),
        files=TABLE,
        permission="plans.import_plan",
        place=municipality_of,
        plan=plan,
        apply=apply,
        page=lambda *, intake: reverse("plans:import_check", args=[intake.uuid]),
        one_each=True,
    )
)
