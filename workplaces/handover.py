"""The teams in which a colleague works."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.handover import HandoverSource, HeldWork, handover_sources
from workplaces.actions.teams import pass_on_teams
from workplaces.models import TeamMember


def teams(*, user: Any) -> Iterator[HeldWork]:
    """The places in teams that a person has, or will."""
    lasting = TeamMember.objects.of(user).exclude(valid_until__lt=timezone.localdate())
    for member in lasting.select_related("team"):
        until = member.valid_until
        yield HeldWork(
            words=member.team.name,
            detail=_("until %(day)s") % {"day": date_format(until, "j F Y")} if until else "",
            municipality=member.team.municipality_id,
            url=reverse("workplaces:team", args=[member.team.slug]),
        )


handover_sources.register(
    HandoverSource(
        name="workplaces.teams",
        title=gettext_lazy("Works in teams"),
        held=teams,
        pass_on=pass_on_teams,
        order=50,
    )
)
