"""The municipality: who this site belongs to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
        BELGIUM = "BE", _("Belgium")
        NETHERLANDS = "NL", _("The Netherlands")

    class Grid(models.IntegerChoices):
        LAMBERT_72 = 31370, _("Belgian Lambert 72")
        LAMBERT_2008 = 3812, _("Belgian Lambert 2008")
        RD_NEW = 28992, _("Dutch RD New")

    slug = models.SlugField(
        _("short name"), unique=True, error_messages={"unique": _("This short name is taken.")}
    )
    name = models.CharField(_("name"), max_length=100, help_text=_("As people say it: Hoogstraten."))
    full_name = models.CharField(
        _("full name"), max_length=150, help_text=_("As it signs: Stad Hoogstraten.")
    )
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    code = models.CharField(
        _("official code"),
        max_length=10,
        validators=[RegexValidator(r"^\d{4,5}$", _("Four or five digits: the NIS or CBS code."))],
        help_text=_("NIS code in Belgium, CBS code in the Netherlands."),
    )
    srid = models.IntegerField(
        _("national grid"), choices=Grid.choices, help_text=_("In which surfaces and distances are measured.")
    )
    hosts = ArrayField(
        models.CharField(max_length=253),
        verbose_name=_("host names"),
        default=list,
        blank=True,
        help_text=_("At which addresses this municipality answers; in lower case."),
    )
    theme = models.SlugField(_("theme"), blank=True, help_text=_("A file in static/css/themes."))
    contact_name = models.CharField(_("contact"), max_length=150)
    contact_email = models.EmailField(_("e-mail of the contact"))
    contact_phone = models.CharField(_("phone of the contact"), max_length=40, blank=True)
    contact_address = models.CharField(_("address of the contact"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = MunicipalityQuerySet.as_manager()

    where: ClassVar[Where] = Where(municipality="pk")
    personal: ClassVar[Personal] = Personal(
        impersonal=(
            "slug", "name", "full_name", "country", "code", "theme", "website", "hosts",
            "contact_name", "contact_email", "contact_phone", "contact_address",
        )
    )  # fmt: skip

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "code"],
                name="municipality_code_unique",
                violation_error_message=_("There is a municipality with this code already."),
            ),
            models.CheckConstraint(
                condition=Q(country="BE", srid__in=[31370, 3812]) | Q(country="NL", srid=28992),
                name="municipality_grid_of_country",
                violation_error_message=_("This grid is not the one of the country."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
