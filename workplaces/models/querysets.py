"""The words in which people ask for work locations."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, JSONObject
from django.utils import timezone

from accounts.models import RoleAssignment
from accounts.rules import areas_of, municipalities_of
from areas.models import Area, AreaShape, Municipality

if TYPE_CHECKING:
    pass

Role = RoleAssignment.Role
# Who may change every location, also one without a place, when the role counts for the whole municipality.
EVERYWHERE = (Role.AREA_WORKER, Role.DATA_STEWARD, Role.ADMINISTRATOR)


def shapes_here(areas: Iterable[Area] | QuerySet[Area] | None = None) -> QuerySet[AreaShape]:
    """The boundaries in force around the point of the location in the outer query."""
    shapes = AreaShape.objects.filter(
        edition__status="active", area__retired_by__isnull=True, geom__intersects=OuterRef("point")
    )
    return shapes if areas is None else shapes.filter(area__in=areas)


class WorkLocationQuerySet(models.QuerySet["WorkLocation"]):
    """Work locations, in the words of those who look for one."""

    def of(self, municipality: Municipality) -> "WorkLocationQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def visible_to(self, user: Any) -> "WorkLocationQuerySet":
        """Those that a person may read: all, closed ones too; where public servants work is no secret."""
        return self.all()

    def in_use(self, on: dt.date | None = None) -> "WorkLocationQuerySet":
        """Those that are not closed for good on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def open_to_public(self) -> "WorkLocationQuerySet":
        """Those still in use."""
        return self.in_use()

    def in_area(self, area: Area) -> "WorkLocationQuerySet":
        """Those whose point lies in the area's boundary in force; a point on a border counts for both sides."""
        return self.filter(Exists(shapes_here([area])))

    def with_service(self, slug: str) -> "WorkLocationQuerySet":
        """Those that offer a service."""
        offers = self.model.services.through.objects.filter(location=OuterRef("pk"), service__slug=slug)
        return self.filter(Exists(offers))

    def accessible(self) -> "WorkLocationQuerySet":
        """Those that a wheelchair gets into."""
        return self.filter(wheelchair="yes")

    def open_at(self, moment: dt.datetime) -> "WorkLocationQuerySet":
        """Those that are open at a moment, exceptional days taken into account."""
        from workplaces.models.hours import DayException, OpeningHours

        local = timezone.localtime(moment)
        day, clock = local.date(), local.time().replace(fold=0)
        here = {"location": OuterRef("pk")}
        weekly = OpeningHours.objects.filter(
            weekday=day.weekday(), opens__lte=clock, closes__gt=clock, **here
        )
        exception = DayException.objects.filter(day=day, **here)
        open_by_exception = exception.filter(opens__lte=clock, closes__gt=clock)
        return self.in_use(day).filter(Exists(open_by_exception) | (Exists(weekly) & ~Exists(exception)))

    def matching(self, text: str) -> "WorkLocationQuerySet":
        """Those in which every word occurs: in the name, the address, a service or the area it lies in."""
        found = self
        for word in text.split()[:8]:
            offers = self.model.services.through.objects.filter(
                location=OuterRef("pk"), service__name__unaccent__icontains=word
            )
            found = found.filter(
                Q(name__unaccent__icontains=word)
                | Q(street__unaccent__icontains=word)
                | Q(house_number__iexact=word)
                | Q(locality__unaccent__icontains=word)
                | Q(postcode__istartswith=word)
                | Exists(offers)
                | Exists(shapes_here().filter(area__name__unaccent__icontains=word))
            )
        return found

    def alike(self, text: str) -> "WorkLocationQuerySet":
        """Those whose name, street, village or postcode looks like a text, with `likeness`; misspellings included."""
        return self.annotate(
            likeness=Greatest(
                TrigramWordSimilarity(text, "name"),
                TrigramWordSimilarity(text, "street"),
                TrigramWordSimilarity(text, "locality"),
            )
        ).filter(Q(likeness__gte=0.45) | Q(postcode=text))

    def with_areas(self) -> "WorkLocationQuerySet":
        """Each with `lies_in`: the areas of every kind around its point, small kinds last; in the same query."""
        around = (
            shapes_here()
            .order_by("area__kind__rank", "area__name")
            .values(
                json=JSONObject(
                    slug=F("area__slug"),
                    name=F("area__name"),
                    kind=F("area__kind__name"),
                    kind_slug=F("area__kind__slug"),
                    working_level=F("area__kind__is_working_level"),
                )
            )
        )
        return self.annotate(lies_in=ArraySubquery(around))

    def with_details(self) -> "WorkLocationQuerySet":
        """Each with its hours, exceptions, services and teams, at one query a sort."""
        return self.prefetch_related("hours", "exceptions", "offers__service", "teams")

    def editable_by(self, user: Any) -> "WorkLocationQuerySet":
        """Those that a person may change: the office everywhere, an area worker in the own areas."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own = shapes_here(areas_of(user, Role.AREA_WORKER)).filter(
            area__municipality=OuterRef("municipality")
        )
        return self.filter(Q(municipality__in=municipalities_of(user, *EVERYWHERE)) | Exists(own))
