"""The municipality: who this site belongs to."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from areas.models.where import Where
from core.history import tracked
from core.personal import Personal


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """The municipalities that share this database."""

    def for_host(self, host: str) -> "Municipality | None":
        """The municipality that answers at a host name; the first one when none claims it."""
        claimed = models.Case(models.When(hosts__contains=[host.lower()], then=0), default=1)
        return self.order_by(claimed, "pk").first()


@tracked()
class Municipality(models.Model):
    """A municipality that uses the site: its official code, its national grid, its look and whom to contact."""

    class Country(models.TextChoices):
        BELGIUM = "BE", gettext_lazy("Belgium")
        NETHERLANDS = "NL", gettext_lazy("The Netherlands")

    class Grid(models.IntegerChoices):
        LAMBERT_72 = 31370, gettext_lazy("Belgian Lambert 72")
        LAMBERT_2008 = 3812, gettext_lazy("Belgian Lambert 2008")
        RD_NEW = 28992, gettext_lazy("Dutch RD New")

    slug = models.SlugField(
        gettext_lazy("short name"),
        unique=True,
        error_messages={"unique": gettext_lazy("This short name is taken.")},
    )
    name = models.CharField(
        gettext_lazy("name"), max_length=100, help_text=gettext_lazy("As people say it: Hoogstraten.")
    )
    full_name = models.CharField(
        gettext_lazy("full name"), max_length=150, help_text=gettext_lazy("As it signs: Stad Hoogstraten.")
    )
    country = models.CharField(gettext_lazy("country"), max_length=2, choices=Country.choices)
    code = models.CharField(
        gettext_lazy("official code"),
        max_length=10,
        validators=[RegexValidator(r"^\d{4,5}$", gettext_lazy("Four or five digits: the NIS or CBS code."))],
        help_text=gettext_lazy("NIS code in Belgium, CBS code in the Netherlands."),
    )
    srid = models.IntegerField(
        gettext_lazy("national grid"),
        choices=Grid.choices,
        help_text=gettext_lazy("In which surfaces and distances are measured."),
    )
    hosts = ArrayField(
        models.CharField(max_length=253),
        verbose_name=gettext_lazy("host names"),
        default=list,
        blank=True,
        help_text=gettext_lazy("At which addresses this municipality answers; in lower case."),
    )
    theme = models.SlugField(
        gettext_lazy("theme"), blank=True, help_text=gettext_lazy("A file in static/css/themes.")
    )
    contact_name = models.CharField(gettext_lazy("contact"), max_length=150)
    contact_email = models.EmailField(gettext_lazy("e-mail of the contact"))
    contact_phone = models.CharField(gettext_lazy("phone of the contact"), max_length=40, blank=True)
    contact_address = models.CharField(gettext_lazy("address of the contact"), max_length=200, blank=True)
    website = models.URLField(gettext_lazy("website"), blank=True)
    is_demo = models.BooleanField(gettext_lazy("demo"), default=False)

    objects = MunicipalityQuerySet.as_manager()

    where: ClassVar[Where] = Where(municipality="pk")
    personal: ClassVar[Personal] = Personal(
        impersonal=(
            "slug", "name", "full_name", "country", "code", "theme", "website", "hosts",
            "contact_name", "contact_email", "contact_phone", "contact_address",
        )
    )  # fmt: skip

    class Meta:
        verbose_name = gettext_lazy("municipality")
        verbose_name_plural = gettext_lazy("municipalities")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "code"],
                name="municipality_code_unique",
                violation_error_message=gettext_lazy("There is a municipality with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(country="BE", srid__in=[31370, 3812]) | Q(country="NL", srid=28992),
                name="municipality_grid_of_country",
                violation_error_message=gettext_lazy("This grid is not the one of the country."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def site(self) -> str:
        """The address of its site, for what no request asks for (a mail at night); empty when no host name is kept."""
        return f"https://{self.hosts[0]}" if self.hosts else ""

    @property
    def zone(self) -> ZoneInfo:
        """Where its clocks are."""
        return ZoneInfo("Europe/Amsterdam" if self.country == self.Country.NETHERLANDS else "Europe/Brussels")
