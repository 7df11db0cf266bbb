"""Tables of work locations that come in."""

from collections.abc import Mapping
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from areas.intake import municipality_of
from areas.models import Municipality
from core.intake import IntakeKind, Progress, intake_kinds
from core.models import Intake
from core.verbs import Actor
from workplaces.actions import import_locations
from workplaces.filekinds import TABLE
from workplaces.plan import Plan, make_plan, read_rows

LOCATIONS = "workplaces.locations"


def plan(*, intake: Intake, place: Municipality, content: IO[bytes], progress: Progress) -> Plan:
    """What the table would do now."""
    return make_plan(place, read_rows(content))


def apply(
    *,
    intake: Intake,
    place: Municipality,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> Plan:
    """Bring the table in."""
    return import_locations(
        municipality=place,
        rows=read_rows(content),
        by=by,
        digest=digest,
        file_name=intake.file.name,
    )


intake_kinds.register(
    IntakeKind(
        name=LOCATIONS,
        title=gettext_lazy("Table of work locations"),
        files=TABLE,
        permission="workplaces.import_locations",
        place=municipality_of,
        plan=plan,
        apply=apply,
        page=lambda *, intake: reverse("workplaces:import_check", args=[intake.uuid]),
        one_each=True,
    )
)
