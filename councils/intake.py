"""Tables of members that come in."""

from collections.abc import Mapping
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.intake import IntakeKind, Progress, intake_kinds
from core.models import Intake
from core.verbs import Actor, Refused
from councils.actions.imports import import_members, may_know
from councils.exchange import MembersPlan, make_plan
from councils.filekinds import TABLE
from councils.membercolumns import read_rows
from councils.models import Council

MEMBERS = "councils.members"


def council_of(*, intake: Intake) -> Council:
    """For which council a table is; raises Refused when it is no longer there."""
    found = (
        Council.objects.filter(municipality=intake.place, uuid=str(intake.subject))
        .select_related("municipality")
        .first()
    )
    if found is None:
        raise Refused(_("The council that this table was for is no longer there."), "gone")
    return found


def plan(*, intake: Intake, place: Council, content: IO[bytes], progress: Progress) -> MembersPlan:
    """What the table would do now, as who brought it may know it."""
    owner = User.objects.filter(uuid=intake.file.owner).first() if intake.file.owner else None
    sees_gender = owner is not None and may_know(place, owner)
    return make_plan(place, read_rows(content), sees_gender=sees_gender)


def apply(
    *,
    intake: Intake,
    place: Council,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> MembersPlan:
    """Bring the table in."""
    return import_members(
        council=place, rows=read_rows(content), by=by, digest=digest, file_name=intake.file.name
    )


intake_kinds.register(
    IntakeKind(
        name=MEMBERS,
        title=gettext_lazy("Table of members"),
        files=TABLE,
        permission="councils.keep_council",
        place=council_of,
        plan=plan,
        apply=apply,
        page=lambda *, intake: reverse("councils:import_check", args=[intake.uuid]),
        one_each=True,
    )
)
