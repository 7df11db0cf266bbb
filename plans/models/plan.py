"""Plans: promises over a period, for one or more areas, and the versions in which they were adopted."""

import datetime as dt
import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import PolicyField, User
from areas.models import Area, Municipality
from areas.models.where import Where
from core.access import permitted
from core.history import ERASURE_ROLE, tracked
from core.personal import Personal
from core.states import moves
from workplaces.models import Team

# Words under /plannen/ that are pages and no plans.
RESERVED_SLUGS = (
    "acties", "bestanden", "doelen", "gebiedswerking", "inlezen", "mijlpalen", "nieuw", "opdrachten", "opgaven", "teams",
    "toetsstenen", "voorstellen",
)  # fmt: skip


def too_many_actions() -> str:
    """Why a plan that has the most takes no other action."""
    return _("A plan has at most %(most)d actions. Spread them over several plans.") % {
        "most": Plan.MOST_ACTIONS
    }


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, in the words of those who look for one."""

    def of(self, municipality: Municipality | int) -> "PlanQuerySet":
        """Those of a municipality."""
        return self.filter(municipality=municipality)

    def public(self) -> "PlanQuerySet":
        """Those that anybody may read: all but what is still being made, and what was withdrawn before it was public."""
        return self.filter(stage__in=Plan.PUBLIC)

    def visible_to(self, user: Any) -> "PlanQuerySet":
        """Those that are public, and for staff those in the making."""
        return self.public() | permitted(self, user, "plans.view_plan")

    def running(self, on: dt.date | None = None) -> "PlanQuerySet":
        """Those that were adopted and whose period goes on, on a day (today)."""
        day = on or timezone.localdate()
        return (
            self.filter(stage=Plan.Stage.ADOPTED, first_on__lte=day)
            .exclude(last_on__lt=day)
        )  # fmt: skip

    def in_area(self, area: Area) -> "PlanQuerySet":
        """Those that are about an area by name."""
        return self.filter(pk__in=PlanArea.objects.filter(area=area).values("plan"))

    def in_order(self) -> "PlanQuerySet":
        """What runs first, and of that what is nearest to people: the plans of an area before those of the whole municipality."""
        over = Case(When(stage__in=(Plan.Stage.ENDED, Plan.Stage.WITHDRAWN), then=1), default=0)
        near = (
            Plan.Kind.VILLAGE,
            Plan.Kind.INTEGRATED,
            Plan.Kind.SERVICE,
            Plan.Kind.THEME,
            Plan.Kind.MULTI_YEAR,
        )
        kind = Case(*(When(kind=one, then=place) for place, one in enumerate(near)), default=len(near))
        return self.order_by(over, kind, "name", "pk")


@tracked()
@moves(
    "stage",
    {
        "draft": ["proposed", "adopted", "withdrawn"],
        "proposed": ["draft", "adopted", "withdrawn"],
        "adopted": ["ended"],
        "ended": ["adopted"],
        "withdrawn": ["draft"],
    },
)
class Plan(models.Model):
    """Goals and actions over a period, for one or more areas; one without areas is about the whole municipality.

    What stands here is the plan as it is now. What a deciding body adopted is frozen beside it as a `PlanVersion`.
    """

    class Kind(models.TextChoices):
        MULTI_YEAR = "multi_year", gettext_lazy("multi-year plan")
        SERVICE = "service", gettext_lazy("neighbourhood development plan of one service")
        INTEGRATED = "integrated", gettext_lazy("integrated neighbourhood development plan")
        VILLAGE = "village", gettext_lazy("village plan")
        PATH = "path", gettext_lazy("development path")
        THEME = "theme", gettext_lazy("theme plan")

    class Stage(models.TextChoices):
        DRAFT = "draft", gettext_lazy("in the making")
        PROPOSED = "proposed", gettext_lazy("draft for reading")
        ADOPTED = "adopted", gettext_lazy("adopted")
        ENDED = "ended", gettext_lazy("ended")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    class Leads(models.TextChoices):
        MERGED = "merged", gettext_lazy("merged into")
        SUPERSEDED = "superseded", gettext_lazy("superseded by")

    PUBLIC: ClassVar[tuple[str, ...]] = (Stage.PROPOSED, Stage.ADOPTED, Stage.ENDED)
    MOST_ACTIONS: ClassVar[int] = 2_000  # four times the plan of 500 for which the pages are measured

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="plans", verbose_name=gettext_lazy("municipality")
    )
    slug = models.SlugField(gettext_lazy("word in the address"), max_length=80)
    kind = models.CharField(gettext_lazy("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(gettext_lazy("name"), max_length=160)
    summary = models.CharField(
        gettext_lazy("in one sentence"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("What the plan is for. How it goes, the page says by itself."),
    )
    first_on = models.DateField(gettext_lazy("first day"))
    last_on = models.DateField(
        gettext_lazy("last day"), null=True, blank=True, help_text=gettext_lazy("Empty: without end.")
    )
    areas: "models.ManyToManyField[Area, models.Model]" = models.ManyToManyField(
        Area,
        blank=True,
        related_name="plans",
        verbose_name=gettext_lazy("areas"),
        help_text=gettext_lazy("None: the whole municipality."),
    )
    stage = models.CharField(gettext_lazy("stage"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    policy_field = models.ForeignKey(
        PolicyField,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=gettext_lazy("policy field"),
    )
    owner_team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_plans",
        verbose_name=gettext_lazy("team that leads it"),
    )
    contact = models.CharField(
        gettext_lazy("for questions"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("Whom to call or where to ask, as a resident reads it."),
    )
    news_every_months = models.PositiveSmallIntegerField(
        gettext_lazy("news every … months"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Each action says something at least this often. Empty: no rhythm."),
    )
    external_uri = models.URLField(gettext_lazy("identifier elsewhere"), blank=True)
    leads_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="came_from",
        verbose_name=gettext_lazy("leads on to"),
    )
    leads_how = models.CharField(
        gettext_lazy("how it leads on"), max_length=10, choices=Leads.choices, blank=True
    )
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PlanQuerySet.as_manager()

    where: ClassVar[Where] = Where(areas="areas")
    personal: ClassVar[Personal] = Personal(
        impersonal=("slug", "name", "external_uri"), mentions=("summary", "contact")
    )

    class Meta:
        verbose_name = gettext_lazy("plan")
        verbose_name_plural = gettext_lazy("plans")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                name="plan_slug_unique",
                violation_error_message=gettext_lazy("Another plan has this address already."),
            ),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="plan_slug_not_reserved",
                violation_error_message=gettext_lazy("This word is the address of another page."),
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="plan_ends_after_it_starts",
                violation_error_message=gettext_lazy("A plan ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(news_every_months__isnull=True) | Q(news_every_months__range=(1, 24)),
                name="plan_news_in_two_years",
                violation_error_message=gettext_lazy("News comes every 1 to 24 months, or without a rhythm."),
            ),
            models.CheckConstraint(
                condition=Q(leads_to__isnull=True) | (~Q(leads_how="") & ~Q(leads_to=F("pk"))),
                name="plan_leads_somewhere_else",
                violation_error_message=gettext_lazy("Say how it leads on, and to another plan."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("plans:detail", args=[self.slug])

    @property
    def version(self) -> str:
        """Changes with every change of the plan itself."""
        return self.updated_at.isoformat()

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.stage in self.PUBLIC

    def holds(self, day: dt.date) -> bool:
        """Whether a day lies in its period."""
        return self.first_on <= day and (self.last_on is None or day <= self.last_on)


@tracked()
class PlanArea(Plan.areas.through):  # type: ignore[name-defined, misc]  # the table that Django makes itself
    """An area that a plan is about: the row between them, so that history keeps it."""

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("area of a plan")
        verbose_name_plural = gettext_lazy("areas of plans")

    def __str__(self) -> str:
        return f"{self.plan_id} in {self.area_id}"


@tracked()
class PlanText(models.Model):
    """A part of the text of a plan, in the marks of `core.text`."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="texts", verbose_name=gettext_lazy("plan"))
    order = models.PositiveSmallIntegerField(gettext_lazy("order"), default=0)
    heading = models.CharField(gettext_lazy("heading"), max_length=160)
    body = models.TextField(gettext_lazy("text"))
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(impersonal=("heading",), mentions=("body",))

    class Meta:
        verbose_name = gettext_lazy("text of a plan")
        verbose_name_plural = gettext_lazy("texts of plans")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.heading

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class PlanPerson(models.Model):
    """Somebody who may work on one plan beside who may anyway: as editor, or as who publishes too."""

    class May(models.TextChoices):
        EDIT = "edit", gettext_lazy("edits")
        PUBLISH = "publish", gettext_lazy("edits and publishes")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="people", verbose_name=gettext_lazy("plan"))
    user = models.ForeignKey(
        User, models.CASCADE, related_name="plan_people", verbose_name=gettext_lazy("person")
    )
    may = models.CharField(pgettext_lazy("permission", "may"), max_length=8, choices=May.choices)

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know which plans you may work on."), subject="user", delete_row=True
    )

    class Meta:
        verbose_name = gettext_lazy("person of a plan")
        verbose_name_plural = gettext_lazy("people of plans")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "user"],
                name="planperson_once",
                violation_error_message=gettext_lazy("This person works on the plan already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.may} {self.plan_id}"


class PlanVersion(models.Model):
    """A plan as a deciding body adopted it: frozen, with who decided, when, and the number of the decision.

    `content` is the whole plan as data (`plans.frozen`), `digest` the SHA-256 of its canonical JSON.
    """

    class Body(models.TextChoices):
        COUNCIL = "council", gettext_lazy("municipal council")
        EXECUTIVE = "executive", gettext_lazy("executive (college)")
        WELFARE_COUNCIL = "welfare_council", gettext_lazy("council for social welfare")
        BOARD = "board", gettext_lazy("standing bureau")
        MANAGEMENT = "management", gettext_lazy("management team")
        OTHER = "other", gettext_lazy("other")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="versions", verbose_name=gettext_lazy("plan"))
    number = models.PositiveSmallIntegerField(gettext_lazy("version"))
    body = models.CharField(gettext_lazy("decided by"), max_length=16, choices=Body.choices)
    body_name = models.CharField(gettext_lazy("name of the body"), max_length=120, blank=True)
    decided_on = models.DateField(gettext_lazy("decided on"))
    decision_number = models.CharField(gettext_lazy("number of the decision"), max_length=60)
    note = models.CharField(gettext_lazy("what changed"), max_length=300, blank=True)
    content = models.JSONField(gettext_lazy("content"))
    digest = models.CharField(gettext_lazy("checksum"), max_length=64)
    made_at = models.DateTimeField(gettext_lazy("frozen at"), auto_now_add=True)

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(
        impersonal=("body_name", "decision_number", "digest"), mentions=("note", "content")
    )

    class Meta:
        verbose_name = gettext_lazy("version of a plan")
        verbose_name_plural = gettext_lazy("versions of plans")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"],
                name="planversion_number_unique",
                violation_error_message=gettext_lazy("This version is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(body="other") | ~Q(body_name=""),
                name="planversion_body_has_a_name",
                violation_error_message=gettext_lazy("Name the body that decided."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    f"IF current_user <> '{ERASURE_ROLE}' THEN "
                    "RAISE EXCEPTION 'a version of a plan stays as it was adopted'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} version {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("plans:version", args=[self.plan.slug, self.number])
