"""Addresses of the public register: streets and house numbers with their place; nothing of who lives there."""

import uuid
from typing import ClassVar

from django.contrib.gis.db import models
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from areas.models.municipality import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal


class AddressImportQuerySet(models.QuerySet["AddressImport"]):
    """Files of addresses that came in, the last one first."""

    def of(self, municipality: Municipality) -> "AddressImportQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)


@tracked(exclude=["report"])
class AddressImport(models.Model):
    """A file of addresses that came in: from which register, of which day, how many, and what it changed."""

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        related_name="address_imports",
        verbose_name=gettext_lazy("municipality"),
    )
    file_name = models.CharField(gettext_lazy("file"), max_length=200)
    sha256 = models.CharField(gettext_lazy("checksum of the file"), max_length=64)
    source = models.CharField(gettext_lazy("source"), max_length=200)
    licence = models.CharField(gettext_lazy("licence"), max_length=200, blank=True)
    reference_date = models.DateField(gettext_lazy("addresses as of"))
    is_complete = models.BooleanField(
        gettext_lazy("complete"),
        default=True,
        help_text=gettext_lazy(
            "All addresses of the municipality: those that are not in the file disappear."
        ),
    )
    count = models.PositiveIntegerField(gettext_lazy("number of addresses"), default=0)
    report = models.JSONField(gettext_lazy("what it changed"), null=True, blank=True)
    created_at = models.DateTimeField(gettext_lazy("read at"), auto_now_add=True)
    imported_at = models.DateTimeField(
        gettext_lazy("brought in at"), default=timezone.now, null=True
    )  # null in the history only: of what was a draft once

    objects = AddressImportQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        impersonal=("sha256", "licence", "report"), mentions=("file_name", "source")
    )

    class Meta:
        verbose_name = gettext_lazy("file of addresses")
        verbose_name_plural = gettext_lazy("files of addresses")
        ordering = ["-imported_at", "-pk"]
        permissions = [("import_addresses", gettext_lazy("Can bring addresses in"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(imported_at__isnull=False),
                name="addressimport_has_moment",
                violation_error_message=gettext_lazy("What came in has a moment of coming in."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.reference_date}"

    def get_absolute_url(self) -> str:
        """What the file changed."""
        return reverse("areas:address_import", args=[self.uuid])


class AddressQuerySet(models.QuerySet["Address"]):
    """Addresses, in the words of those who look for one."""

    def of(self, municipality: Municipality) -> "AddressQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def in_street(self, key: str) -> "AddressQuerySet":
        """Those in the streets of this name."""
        return self.filter(street_key=key)

    def at_number(self, key: str) -> "AddressQuerySet":
        """Those at this house number, boxes included."""
        return self.filter(number_key=key)


class Address(models.Model):
    """An address of a public register, with its place.

    `street_key`, `number_key` and `words` are folded by `areas.addresses.words`: what is looked for is folded in the same way.
    """

    uuid = models.UUIDField(gettext_lazy("identifier"), unique=True, editable=False, db_default=RandomUUID())
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="addresses", verbose_name=gettext_lazy("municipality")
    )
    register_id = models.CharField(gettext_lazy("number in the register"), max_length=60, blank=True)
    street = models.CharField(gettext_lazy("street"), max_length=120)
    house_number = models.CharField(gettext_lazy("house number"), max_length=12)
    box = models.CharField(gettext_lazy("box or addition"), max_length=12, blank=True)
    postcode = models.CharField(gettext_lazy("postcode"), max_length=7, blank=True)
    locality = models.CharField(gettext_lazy("village or town"), max_length=80, blank=True)
    point = models.PointField(gettext_lazy("place on the map"), srid=4326)
    brought_by = models.ForeignKey(
        AddressImport, models.PROTECT, related_name="addresses", verbose_name=gettext_lazy("brought in by")
    )
    street_key = models.CharField(gettext_lazy("street, folded"), max_length=120, editable=False)
    number_key = models.CharField(gettext_lazy("house number, folded"), max_length=12, editable=False)
    words = models.CharField(gettext_lazy("street and village, folded"), max_length=240, editable=False)

    objects = AddressQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(
        impersonal=(
            "register_id", "street", "house_number", "box", "postcode", "locality", "point",
            "street_key", "number_key", "words",
        )
    )  # fmt: skip

    class Meta:
        verbose_name = gettext_lazy("address")
        verbose_name_plural = gettext_lazy("addresses")
        ordering = ["street", "number_key", "box"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "register_id"],
                condition=~Q(register_id=""),
                name="address_register_unique",
                violation_error_message=gettext_lazy("This number of the register is there already."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "street", "house_number", "box", "postcode", "locality"],
                condition=Q(register_id=""),
                name="address_parts_unique",
                violation_error_message=gettext_lazy("This address is there already."),
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "street_key", "number_key"], name="address_keys"),
            GinIndex(
                OpClass("street_key", name="gin_trgm_ops"), OpClass("words", name="gin_trgm_ops"),
                name="address_words_trigram",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The address on one line."""
        return address_line(self.street, self.house_number, self.box, self.postcode, self.locality)


def address_line(street: str, number: str, box: str, postcode: str, locality: str) -> str:
    """An address as people write it: “149 bus 2” in Belgium, “12A-2” in the Netherlands, whose postcodes end in letters."""
    if box:
        is_dutch = postcode[-1:].isalpha()
        number = (
            f"{number}-{box}"
            if is_dutch
            else gettext_lazy("%(number)s box %(box)s") % {"number": number, "box": box}
        )
    return ", ".join(filter(None, [f"{street} {number}".strip(), f"{postcode} {locality}".strip()]))
