"""Who is asked first in a period of the calendar, and what was asked and answered."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounts.models.absence import Absence
from accounts.models.roles import RoleAssignment
from accounts.models.user import User
from areas.models import CalendarPeriod, Municipality
from areas.models.where import Where
from core.access import permitted
from core.history import tracked
from core.personal import Personal
from core.states import moves


@tracked()
class PeriodKeeper(models.Model):
    """The person who says, in periods of a kind, whether something is published or mailed all the same."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="period_keepers", verbose_name=gettext_lazy("municipality")
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=20, choices=CalendarPeriod.Kind.choices)
    user = models.ForeignKey(
        User, models.CASCADE, related_name="kept_periods", verbose_name=gettext_lazy("person")
    )

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know whom to ask before something is published or mailed in such a period."),
        subject="user",
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("person who is asked first")
        verbose_name_plural = gettext_lazy("persons who are asked first")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind"],
                name="period_keeper_one_a_kind",
                violation_error_message=gettext_lazy("Somebody is named for this kind already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """What was asked."""

    def of(self, municipality: Municipality) -> "ConsentQuerySet":
        """In one municipality."""
        return self.filter(municipality=municipality)

    def waiting(self) -> "ConsentQuerySet":
        """What nobody answered yet."""
        return self.filter(state=Consent.State.WAITING)

    def visible_to(self, user: Any) -> "ConsentQuerySet":
        """One's own, and those that one answers."""
        return permitted(self, user, "accounts.view_consent")

    def without_keeper(self) -> "ConsentQuerySet":
        """Those in a period of a kind for which nobody is named."""
        named = PeriodKeeper.objects.filter(
            municipality=OuterRef("municipality"), kind=OuterRef("period_kind"), user__is_active=True
        )
        return self.filter(~Exists(named))

    def asked_by_keeper(self) -> "ConsentQuerySet":
        """Those that were asked by the very person who would answer, or by who stands in for that person today."""
        named = PeriodKeeper.objects.filter(
            municipality=OuterRef("municipality"), kind=OuterRef("period_kind"), user__is_active=True
        )
        away = Absence.objects.current().filter(municipality=OuterRef(OuterRef("municipality")))
        deputy = away.filter(user=OuterRef("user"), deputy=OuterRef(OuterRef("asked_by")))
        return self.filter(Exists(named.filter(Q(user=OuterRef("asked_by")) | Exists(deputy))))

    def with_nobody_else(self) -> "ConsentQuerySet":
        """Those that nobody can answer but who asked: there is no other keeper and no other administrator."""
        named = PeriodKeeper.objects.filter(
            municipality=OuterRef("municipality"), kind=OuterRef("period_kind"), user__is_active=True
        )
        administrators = RoleAssignment.objects.current().filter(
            municipality=OuterRef("municipality"),
            role=RoleAssignment.Role.ADMINISTRATOR,
            user__is_active=True,
        )
        others = (rows.exclude(user=OuterRef("asked_by")) for rows in (named, administrators))
        return self.filter(*(~Exists(rows) for rows in others))


@tracked()
@moves("state", {"waiting": ["given", "refused", "withdrawn"]})
class Consent(models.Model):
    """Something that somebody wants to publish or mail in a period that asks first, until the keeper says yes or no.

    `kind` is its name in `core.consents`, `subject` the thing it is about, `payload` what was filled in.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits for an answer")
        GIVEN = "given", gettext_lazy("agreed")
        REFUSED = "refused", gettext_lazy("not agreed")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="consents", verbose_name=gettext_lazy("municipality")
    )
    period_kind = models.CharField(
        gettext_lazy("kind of period"), max_length=20, choices=CalendarPeriod.Kind.choices
    )
    period_name = models.CharField(gettext_lazy("period"), max_length=100)
    period_last = models.DateField(gettext_lazy("last day of the period"))
    kind = models.CharField(gettext_lazy("what"), max_length=60)
    subject = models.UUIDField(gettext_lazy("about"), db_index=True)
    title = models.CharField(gettext_lazy("title"), max_length=300)
    payload = models.JSONField(gettext_lazy("what was filled in"), default=dict, blank=True)
    why = models.TextField(gettext_lazy("why now"))
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="asked_consents",
        verbose_name=gettext_lazy("asked by"),
    )  # fmt: skip
    asked_at = models.DateTimeField(gettext_lazy("asked at"), auto_now_add=True)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    answer = models.TextField(gettext_lazy("reason of the answer"), blank=True)
    decided_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("answered by"),
    )
    decided_at = models.DateTimeField(gettext_lazy("answered at"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy(
            "To know who asked to publish or mail something in such a period, and to answer."
        ),
        subject="asked_by",
        impersonal=("period_name", "kind"),
        mentions=("title", "payload", "why", "answer"),
        kept=gettext_lazy("as long as what it is about"),
    )

    class Meta:
        verbose_name = gettext_lazy("consent")
        verbose_name_plural = gettext_lazy("consents")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["given", "refused"]) | (~Q(answer="") & Q(decided_at__isnull=False)),
                name="consent_answered_with_a_reason",
                violation_error_message=gettext_lazy("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is answered."""
        return reverse("accounts:consent", args=[self.uuid])

    @property
    def is_answered_by_asker(self) -> bool:
        """Whether who asked it answered it too, because nobody else could."""
        return self.decided_by_id is not None and self.decided_by_id == self.asked_by_id
