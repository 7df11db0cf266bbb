"""What a person may be looking for: a location, a street, a service."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    Count,
    F,
    Min,
    OuterRef,
    Subquery,
)
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.layers import choice_of
from core.search import Hit, SearchSource, folded, plain, scored, search_sources, words_of, words_together
from workplaces.layers import LAYER
from workplaces.models import Service, ServiceOffer, WorkLocation


def locations(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Locations by name, address, postcode, village and service."""
    if not words_of(text):
        return []
    services = (
        ServiceOffer.objects.filter(location=OuterRef("pk"))
        .order_by()
        .values("location")
        .annotate(names=StringAgg("service__name", " "))
        .values("names")
    )
    parts = ["name", "street", "house_number", "postcode", "locality"]
    haystack = words_together(*(F(name) for name in parts), Subquery(services))
    found = WorkLocation.objects.of(municipality).in_use().visible_to(user).annotate(haystack=plain(haystack))
    found = scored(found, text).annotate(likeness=TrigramSimilarity(plain(F("name")), folded(text)))
    return [
        Hit(
            title=location.name,
            url=location.get_absolute_url(),
            kind=_("Work location"),
            detail=location.full_address,
            symbol="location",
            choice=choice_of(LAYER, location.slug),
            score=0.8 * location.score + 0.2 * location.likeness,
        )
        for location in found.order_by("-score", "-likeness", "name")[:limit]
    ]


def streets(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Streets in which a location lies: leads to it, or to the list when there are more."""
    if not words_of(text):
        return []
    found = (
        WorkLocation.objects.of(municipality)
        .in_use()
        .visible_to(user)
        .exclude(street="")
        .annotate(haystack=plain(words_together(F("street"), F("postcode"), F("locality"))))
        .values("street", "locality", "haystack")
        .annotate(number=Count("pk"), one=Min("slug"), name=Min("name"))
    )
    rows = scored(found, text).order_by("-score", "street")[:limit]
    return [
        Hit(
            title=row["street"],
            url=reverse("workplaces:detail", args=[row["one"]])
            if row["number"] == 1
            else f"{reverse('workplaces:list')}?{urlencode({'q': row['street']})}",
            kind=_("Street"),
            detail=f"{row['locality']}: {row['name']}"
            if row["number"] == 1
            else _("%(locality)s: %(number)d work locations")
            % {"locality": row["locality"], "number": row["number"]},
            symbol="location",
            score=0.75 * row["score"],
        )
        for row in rows
    ]


def services(*, text: str, municipality: Any, user: Any, limit: int) -> Sequence[Hit]:
    """Services that are offered somewhere: lead to the list of where."""
    if not words_of(text):
        return []
    found = (
        Service.objects.filter(municipality=municipality, locations__isnull=False)
        .annotate(haystack=plain(F("name")), number=Count("locations", distinct=True))
    )  # fmt: skip
    return [
        Hit(
            title=service.name,
            url=f"{reverse('workplaces:list')}?{urlencode({'dienst': service.slug})}",
            kind=_("Service"),
            detail=_("at %(number)d work locations") % {"number": service.number},
            symbol="location",
            score=0.85 * service.score,
        )
        for service in scored(found, text).order_by("-score", "name")[:limit]
    ]


for name, title, find, order in (
    ("locations", gettext_lazy("Work locations"), locations, 20),
    ("services", gettext_lazy("Services"), services, 30),
    ("streets", gettext_lazy("Streets"), streets, 40),
):
    search_sources.register(SearchSource(name=f"workplaces.{name}", title=title, find=find, order=order))
