"""People of councils, and the public offices that some of them hold elsewhere."""

import uuid
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.models.roles import days
from areas.models import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Erase, Personal


@tracked()
class Person(models.Model):
    """Somebody who sits in councils, with or without an account; how to reach them and their gender is for the secretary alone."""

    class Gender(models.TextChoices):
        WOMAN = "f", gettext_lazy("woman")
        MAN = "m", gettext_lazy("man")
        OTHER = "x", pgettext_lazy("gender", "other")
        UNKNOWN = "", pgettext_lazy("gender", "not known")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="council_people", verbose_name=gettext_lazy("municipality")
    )
    name = models.CharField(gettext_lazy("name"), max_length=120)
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="council_people", verbose_name=gettext_lazy("account"),
        help_text=gettext_lazy("With an account somebody reads the papers here."),
    )  # fmt: skip
    gender = models.CharField(
        gettext_lazy("gender"), max_length=1, choices=Gender.choices, blank=True, default="",
        help_text=gettext_lazy("The law asks for a balance. Only the secretary sees it; others see whether the rule is met."),
    )  # fmt: skip
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    phone = models.CharField(gettext_lazy("phone"), max_length=40, blank=True)
    postal_address = models.CharField(
        gettext_lazy("postal address"), max_length=300, blank=True,
        help_text=gettext_lazy("For who gets letters instead of e-mail."),
    )  # fmt: skip
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy(
            "To compose councils as the law asks, to invite members, and to say in public who sits in them."
        ),
        subject="user",
        fields={
            "name": Erase.PSEUDONYM,
            "gender": Erase.BLANK,
            "email": Erase.BLANK,
            "phone": Erase.BLANK,
            "postal_address": Erase.BLANK,
        },
    )

    class Meta:
        verbose_name = gettext_lazy("person of a council")
        verbose_name_plural = gettext_lazy("people of councils")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user"],
                condition=Q(user__isnull=False),
                name="councilperson_one_account",
                violation_error_message=gettext_lazy("This account belongs to another person already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class PublicOffice(models.Model):
    """A political mandate that a person of a council holds for a period: with it, one may have no vote."""

    class Kind(models.TextChoices):
        COUNCILLOR = "councillor", gettext_lazy("municipal councillor")
        ALDERMAN = "alderman", gettext_lazy("alderman")
        MAYOR = "mayor", gettext_lazy("mayor")
        WELFARE = "welfare", gettext_lazy("member of the council or bureau for social welfare")
        DISTRICT = "district", gettext_lazy("member of a district council")
        OTHER = "other", pgettext_lazy("public office", "other political mandate")

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="public_offices", verbose_name=gettext_lazy("person")
    )
    kind = models.CharField(gettext_lazy("mandate"), max_length=10, choices=Kind.choices)
    first_on = models.DateField(gettext_lazy("from"))
    last_on = models.DateField(
        gettext_lazy("until"), null=True, blank=True, help_text=gettext_lazy("This day still counts.")
    )

    where: ClassVar[Where] = Where(parent="person")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To see that nobody with a political mandate has a vote in a council."),
        subject="person__user",
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("political mandate")
        verbose_name_plural = gettext_lazy("political mandates")
        ordering = ["first_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="publicoffice_ends_after_it_starts",
                violation_error_message=gettext_lazy("The last day comes before the first one."),
            ),
            ExclusionConstraint(
                name="publicoffice_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (days("first_on", "last_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=gettext_lazy("This mandate is noted already in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
