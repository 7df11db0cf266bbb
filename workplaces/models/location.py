"""Work locations: municipal buildings where people work or are served."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.gis.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from areas.models import Area, Municipality
from core.history import tracked
from core.personal import Personal
from workplaces.models.service import Service
from workplaces.models.team import Team

if TYPE_CHECKING:
    from workplaces.models.offer import ServiceOffer


class WorkLocationQuerySet(models.QuerySet["WorkLocation"]):
    """Work locations, in the words of those who look for one."""

    def of(self, municipality: Municipality) -> "WorkLocationQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def open_to_public(self) -> "WorkLocationQuerySet":
        """Those still in use."""
        return self.filter(closed_on__isnull=True)

    def in_area(self, area: Area) -> "WorkLocationQuerySet":
        """Those whose point lies in the area's boundary in force; a point on a border counts for both sides."""
        from areas.models import AreaShape

        shape = AreaShape.objects.filter(
            area=area, edition__status="active", geom__intersects=models.OuterRef("point")
        )
        return self.filter(models.Exists(shape))

    def with_service(self, slug: str) -> "WorkLocationQuerySet":
        """Those that offer a service."""
        return self.filter(offers__service__slug=slug)


@tracked()
class WorkLocation(models.Model):
    """A municipal building where people work or are served, as precisely placed as is known."""

    class Precision(models.TextChoices):
        ADDRESS = "address", _("at the address")
        STREET = "street", _("somewhere in the street")
        VILLAGE = "village", _("somewhere in the village")
        NONE = "none", _("not placed")

    class Access(models.TextChoices):
        UNKNOWN = "unknown", _("not known")
        YES = "yes", _("yes")
        PARTLY = "partly", _("partly")
        NO = "no", _("no")

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="locations", verbose_name=_("municipality")
    )
    slug = models.SlugField(_("word in the address"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    number = models.PositiveSmallIntegerField(_("number in the source"), null=True, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    house_number = models.CharField(_("house number"), max_length=12, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    locality = models.CharField(_("village or town"), max_length=80, blank=True)
    address_as_printed = models.CharField(
        _("address in the source"), max_length=200, blank=True, help_text=_("To the letter, faults included.")
    )
    source = models.CharField(_("source"), max_length=200, blank=True)
    point = models.PointField(_("place on the map"), srid=4326, null=True, blank=True)
    precision = models.CharField(
        _("how precise"), max_length=8, choices=Precision.choices, default=Precision.NONE
    )
    placed_by = models.CharField(_("why there"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    wheelchair = models.CharField(
        _("wheelchair access"), max_length=8, choices=Access.choices, default=Access.UNKNOWN
    )
    accessible_toilet = models.CharField(
        _("accessible toilet"), max_length=8, choices=Access.choices, default=Access.UNKNOWN
    )
    access_note = models.CharField(_("about access"), max_length=200, blank=True)
    details_are_examples = models.BooleanField(
        _("details are examples"), default=False, help_text=_("Phone, hours, access and teams are invented.")
    )
    teams: "models.ManyToManyField[Team, models.Model]" = models.ManyToManyField(
        Team, blank=True, related_name="locations", verbose_name=_("teams")
    )
    services: "models.ManyToManyField[Service, ServiceOffer]" = models.ManyToManyField(
        Service, through="workplaces.ServiceOffer", related_name="locations", verbose_name=_("services")
    )
    closed_on = models.DateField(_("closed for good on"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = WorkLocationQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(
        impersonal=(
            "slug", "name", "street", "house_number", "postcode", "locality", "address_as_printed", "source", "point",
            "precision", "placed_by", "phone", "email", "website", "wheelchair", "accessible_toilet", "access_note",
        )
    )  # fmt: skip

    class Meta:
        verbose_name = _("work location")
        verbose_name_plural = _("work locations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="location_slug_unique",
                violation_error_message=_("Another work location has this address already."),
            ),
            models.CheckConstraint(
                condition=Q(point__isnull=True, precision="none")
                | (Q(point__isnull=False) & ~Q(precision="none")),
                name="location_precision_says_so",
                violation_error_message=_("A place on the map has a precision, and no place has none."),
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
