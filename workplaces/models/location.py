"""Work locations: municipal buildings where people work or are served."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramWordSimilarity
from django.core.validators import RegexValidator, URLValidator
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Greatest, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from workplaces.models.around import shapes_here
from workplaces.models.service import Service
from workplaces.models.team import Team
from workplaces.opening import Schedule, Standing, Stretch, schedule_from_json, standing

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from workplaces.models.hours import DayException, OpeningHours
    from workplaces.models.offer import ServiceOffer, TeamPlace
    from workplaces.models.quality import QualityWaiver


class WorkLocationQuerySet(models.QuerySet["WorkLocation"]):
    """Work locations, in the words of those who look for one."""

    def of(self, municipality: Municipality | int) -> "WorkLocationQuerySet":
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

    def with_summary(self) -> "WorkLocationQuerySet":
        """Each with `service_names`, and the hours and coming days that `schedule()` needs; in the same query."""
        from workplaces.models.hours import DayException, OpeningHours

        here = {"location": OuterRef("pk")}
        weekly = OpeningHours.objects.filter(**here).order_by("weekday", "opens")
        days = DayException.objects.filter(day__gte=timezone.localdate(), **here).order_by("day")
        offers = self.model.services.through.objects.filter(**here).order_by("service__name")
        return self.annotate(
            weekly=ArraySubquery(
                weekly.values(json=JSONObject(day="weekday", opens="opens", closes="closes"))
            ),
            days=ArraySubquery(days.values(json=JSONObject(day="day", opens="opens", closes="closes"))),
            service_names=ArraySubquery(offers.values("service__name")),
        )

    def with_details(self) -> "WorkLocationQuerySet":
        """Each with its hours, exceptions, services and teams, at one query a sort."""
        return self.prefetch_related("hours", "exceptions", "offers__service", "teams")


@tracked()
class WorkLocation(models.Model):
    """A municipal building where people work or are served, as precisely placed as is known."""

    class Precision(models.TextChoices):
        ADDRESS = "address", gettext_lazy("at the address")
        STREET = "street", gettext_lazy("somewhere in the street")
        VILLAGE = "village", gettext_lazy("somewhere in the village")
        NONE = "none", gettext_lazy("not placed")

    class Access(models.TextChoices):
        UNKNOWN = "unknown", gettext_lazy("not known")
        YES = "yes", gettext_lazy("yes")
        PARTLY = "partly", gettext_lazy("partly")
        NO = "no", gettext_lazy("no")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="locations", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in the address"), max_length=80)
    name = models.CharField(gettext_lazy("name"), max_length=120)
    number = models.PositiveSmallIntegerField(gettext_lazy("number in the source"), null=True, blank=True)
    street = models.CharField(gettext_lazy("street"), max_length=120, blank=True)
    house_number = models.CharField(gettext_lazy("house number"), max_length=12, blank=True)
    postcode = models.CharField(
        gettext_lazy("postcode"),
        max_length=7,
        blank=True,
        validators=[
            RegexValidator(
                r"^[1-9]\d{3}( ?[A-Z]{2})?$",
                gettext_lazy("Four digits, in the Netherlands with two letters."),
            )
        ],
    )
    locality = models.CharField(gettext_lazy("village or town"), max_length=80, blank=True)
    address_as_printed = models.CharField(
        gettext_lazy("address in the source"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("To the letter, faults included."),
    )
    source = models.CharField(gettext_lazy("source"), max_length=200, blank=True)
    point = models.PointField(gettext_lazy("place on the map"), srid=4326, null=True, blank=True)
    precision = models.CharField(
        gettext_lazy("how precise"), max_length=8, choices=Precision.choices, default=Precision.NONE
    )
    placed_by = models.CharField(gettext_lazy("why there"), max_length=200, blank=True)
    phone = models.CharField(
        gettext_lazy("phone"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(
                r"^[+(]?\d[\d ()/.+-]*$", gettext_lazy("Only digits, blanks and the signs + / . - ( ).")
            )
        ],
    )
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    website = models.URLField(
        gettext_lazy("website"), blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    wheelchair = models.CharField(
        gettext_lazy("wheelchair access"), max_length=8, choices=Access.choices, default=Access.UNKNOWN
    )
    accessible_toilet = models.CharField(
        gettext_lazy("accessible toilet"), max_length=8, choices=Access.choices, default=Access.UNKNOWN
    )
    access_note = models.CharField(gettext_lazy("about access"), max_length=200, blank=True)
    details_are_examples = models.BooleanField(
        gettext_lazy("details are examples"),
        default=False,
        help_text=gettext_lazy("Phone, hours, access and teams are invented."),
    )
    teams: "models.ManyToManyField[Team, TeamPlace]" = models.ManyToManyField(
        Team,
        through="workplaces.TeamPlace",
        blank=True,
        related_name="locations",
        verbose_name=gettext_lazy("teams"),
    )
    services: "models.ManyToManyField[Service, ServiceOffer]" = models.ManyToManyField(
        Service,
        through="workplaces.ServiceOffer",
        related_name="locations",
        verbose_name=gettext_lazy("services"),
    )
    closed_on = models.DateField(gettext_lazy("closed for good on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkLocationQuerySet.as_manager()

    if TYPE_CHECKING:
        hours: "RelatedManager[OpeningHours]"
        exceptions: "RelatedManager[DayException]"
        offers: "RelatedManager[ServiceOffer]"
        waivers: "RelatedManager[QualityWaiver]"

    where: ClassVar[Where] = Where(point="point")
    personal: ClassVar[Personal] = Personal(
        impersonal=(
            "slug", "name", "street", "house_number", "postcode", "locality", "address_as_printed", "source", "point",
            "precision", "phone", "email", "website", "wheelchair", "accessible_toilet",
        ),
        mentions=("placed_by", "access_note"),
    )  # fmt: skip

    class Meta:
        verbose_name = gettext_lazy("work location")
        verbose_name_plural = gettext_lazy("work locations")
        ordering = ["name", "pk"]
        permissions = [
            ("import_locations", gettext_lazy("Can import work locations")),
            ("view_quality", gettext_lazy("Can see the data-quality list")),
        ]
        indexes = [
            GinIndex(
                OpClass("name", name="gin_trgm_ops"), OpClass("street", name="gin_trgm_ops"),
                OpClass("locality", name="gin_trgm_ops"), name="location_words_trigram",
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="location_slug_unique",
                violation_error_message=gettext_lazy("Another work location has this address already."),
            ),
            models.CheckConstraint(
                condition=Q(point__isnull=True, precision="none")
                | (Q(point__isnull=False) & ~Q(precision="none")),
                name="location_precision_says_so",
                violation_error_message=gettext_lazy(
                    "A place on the map has a precision, and no place has none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The location's page."""
        return reverse("workplaces:detail", args=[self.slug])

    @property
    def is_approximate(self) -> bool:
        """Whether the place on the map is known only roughly."""
        return self.precision in (self.Precision.STREET, self.Precision.VILLAGE)

    @property
    def address(self) -> str:
        """Street and number, as people write them."""
        return f"{self.street} {self.house_number}".strip()

    @property
    def full_address(self) -> str:
        """The address on one line, with postcode and village."""
        return ", ".join(filter(None, [self.address, f"{self.postcode} {self.locality}".strip()]))

    @property
    def is_closed(self) -> bool:
        """Whether it is closed for good."""
        return self.closed_on is not None and self.closed_on <= timezone.localdate()

    @property
    def version(self) -> str:
        """Changes with every change; an edit names the version that it started from."""
        return self.updated_at.isoformat()

    def schedule(self) -> Schedule:
        """The hours and exceptional days, ready to be asked; uses what `with_summary` or `with_details` fetched."""
        if "weekly" in vars(self):
            return schedule_from_json(vars(self)["weekly"], vars(self)["days"])
        week: dict[int, list[Stretch]] = {}
        for hours in self.hours.all():
            week.setdefault(hours.weekday, []).append(Stretch(hours.opens, hours.closes))
        return Schedule(
            {day: tuple(sorted(stretches)) for day, stretches in week.items()},
            {
                one.day: (Stretch(one.opens, one.closes),) if one.opens and one.closes else ()
                for one in self.exceptions.all()
            },
        )

    @property
    def standing(self) -> Standing:
        """Open or closed at this moment."""
        return standing(self.schedule(), timezone.now())
