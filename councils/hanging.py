"""The councils that are about an area."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, npgettext

from core.hanging import Hanging, HangingSource, counted, hanging_sources
from councils.actions.moving import move_councils
from councils.models import Council


def councils_of(*, keys: Collection[int]) -> QuerySet[Any, Any]:
    """How many councils are about each area."""
    return counted(Council.objects.all(), "areas", keys)


def councils_hang(*, number: int) -> Hanging:
    """Councils in words."""
    return Hanging(number=number, words=npgettext("what hangs on an area", "council", "councils", number))


hanging_sources.register(
    HangingSource(
        name="councils.councils",
        target="areas.area",
        title=gettext_lazy("Councils"),
        count=councils_of,
        hanging=councils_hang,
        move=move_councils,
        order=38,
    )
)
