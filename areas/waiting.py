"""What waits for those who bring boundaries: drafts that nobody decided about yet."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import AreaEdition, Municipality
from core.waiting import WaitingEntry, WaitingSource, waiting_sources


def draft_boundaries(*, user: Any, municipality: Municipality, today: dt.date) -> Iterator[WaitingEntry]:
    """Drafts of boundaries, for who may put them in force."""
    if not user.has_perm("areas.activate_edition", municipality):
        return
    drafts = AreaEdition.objects.of(municipality).filter(status=AreaEdition.Status.DRAFT)
    for edition in drafts.select_related("kind").only("uuid", "reference_date", "source", "kind__plural"):
        words = {"kind": edition.kind.plural.lower(), "date": date_format(edition.reference_date)}
        yield WaitingEntry(
            title=_("Decide: boundaries of %(kind)s as of %(date)s") % words,
            url=edition.get_absolute_url(),
            kind=gettext_lazy("Boundaries"),
            detail=_("A draft from %(source)s. Put it in force, or throw it away.")
            % {"source": edition.source},
        )


waiting_sources.register(
    WaitingSource(
        name="areas.boundaries",
        title=gettext_lazy("Drafts of boundaries"),
        waiting=draft_boundaries,
        order=20,
    )
)
