"""The councils that a colleague keeps as their secretary."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.handover import HandoverSource, HeldWork, handover_sources
from councils.actions.moving import let_go_of_councils
from councils.models import Office


def councils(*, user: Any) -> Iterator[HeldWork]:
    """Councils of which the person is secretary, now or later."""
    offices = Office.objects.filter(membership__person__user=user, kind=Office.Kind.SECRETARY)
    for office in offices.exclude(last_on__lt=timezone.localdate()).select_related("council"):
        yield HeldWork(
            words=office.council.name,
            detail=str(office.get_kind_display()),
            municipality=office.council.municipality_id,
            url=reverse("councils:keep", args=[office.council.slug]),
        )


handover_sources.register(
    HandoverSource(
        name="councils.secretary",
        title=gettext_lazy("Writes for councils"),
        held=councils,
        pass_on=let_go_of_councils,
        order=60,
    )
)
