"""What a person may be looking for: a location, a street, a service."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.aggregates import StringAgg
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import (
    Case,
    Count,
    F,
    FloatField,
    Func,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.layers import choice_of
from core.search import Hit, SearchSource, search_sources
from workplaces.layers import LAYER
from workplaces.models import Service, ServiceOffer, WorkLocation

WORDS = 6
ENOUGH = 0.45


def folded(text: str) -> str:
    """Small letters without accents."""
    parts = unicodedata.normalize("NFKD", text.lower())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def words_of(text: str) -> list[str]:
    """The words of a question, at most six."""
    return re.findall(r"[\w'.-]+", folded(text))[:WORDS]


def plain(expression: Any) -> Func:
    """A text without accents, in small letters."""
    return Func(Lower(expression), function="UNACCENT", output_field=TextField())


def words_together(*parts: Any) -> Func:
    """Texts one after the other; what is not there is skipped."""
    return Func(Value(" "), *parts, function="CONCAT_WS", output_field=TextField())


def scored(found: QuerySet[Any, Any], text: str) -> QuerySet[Any, Any]:
    """Rows with a `haystack` in which each word of the text occurs, starts a word, or is misspelled; with a `score`."""
    words = words_of(text)
    total: Any = Value(0.0, output_field=FloatField())
    for number, word in enumerate(words):
        name = f"word{number}"
        # \m and \M are the borders of a word in PostgreSQL.
        escaped = re.escape(word)
        score = Case(
            When(haystack__regex=rf"\m{escaped}\M", then=Value(1.0)),
            When(haystack__regex=rf"\m{escaped}", then=Value(0.9)),
            default=TrigramWordSimilarity(word, "haystack"),
            output_field=FloatField(),
        )
        found = found.annotate(**{name: score}).filter(**{f"{name}__gte": ENOUGH})
        total = total + F(name)
    ranked: QuerySet[Any, Any] = found.annotate(score=total / max(1, len(words)))
    return ranked


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
