"""News of boundaries: an edition that came into force."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaEdition, Municipality
from core.calendar import FeedEntry, FeedSource, feed_sources


def latest(*, municipality: Municipality, user: Any, limit: int, area: Area | None) -> Iterator[FeedEntry]:
    """The editions in force, the latest first; of an area only those of its kind. A municipality's first ones are no news."""
    editions = (
        AreaEdition.objects.in_force().of(municipality).select_related("kind").order_by("-activated_at")
    )
    if area is not None:
        editions = editions.filter(kind=area.kind_id)
    before = AreaEdition.objects.filter(status=AreaEdition.Status.SUPERSEDED).values("kind")
    for edition in editions.filter(kind__in=before).defer("outline_path", "graticule", "notes")[:limit]:
        if edition.activated_at is None:
            continue
        yield FeedEntry(
            moment=edition.activated_at,
            title=_("New boundaries: %(kind)s") % {"kind": edition.kind.plural.lower()},
            url=f"{reverse('areas:list')}?soort={edition.kind.slug}",
            kind=gettext_lazy("Boundaries"),
            detail=_("%(source)s, as of %(date)s")
            % {"source": edition.source, "date": date_format(edition.reference_date)},
        )


feed_sources.register(FeedSource(name="areas.editions", latest=latest, order=90))
