"""Meetings of councils: when and where, the agenda in its versions, and what was approved of the minutes."""

import datetime as dt
import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models import Area, Municipality
from areas.models.where import Where
from core.history import ERASURE_ROLE, tracked
from core.personal import Personal
from core.states import moves
from councils.models.council import Council
from plans.models import Plan
from workplaces.models import WorkLocation

FILES = "councils.meeting"  # the kind of its papers
ITEM_FILES = "councils.item"  # that of the papers of an item


def stays(why: str) -> pgtrigger.Trigger:
    """Rows that never change, save for who erases personal data."""
    return pgtrigger.Trigger(
        name="frozen",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"IF current_user <> '{ERASURE_ROLE}' THEN RAISE EXCEPTION '{why}'; END IF; RETURN NEW;",
    )


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, in the words of those who look for one."""

    def of(self, municipality: Municipality | int) -> "MeetingQuerySet":
        """Those of a municipality."""
        return self.filter(council__municipality=municipality)

    def in_area(self, area: Area) -> "MeetingQuerySet":
        """Those of councils that are about an area by name."""
        return self.filter(council__in=Council.objects.in_area(area).values("pk"))

    def announced(self) -> "MeetingQuerySet":
        """Those that anybody knows of: once the council is convened."""
        return self.exclude(state=Meeting.State.PLANNED)

    def held(self) -> "MeetingQuerySet":
        """Those that are over."""
        return self.filter(state=Meeting.State.CLOSED)

    def coming(self, now: dt.datetime | None = None) -> "MeetingQuerySet":
        """Those that are still to come or going on, soonest first."""
        states = (Meeting.State.PLANNED, Meeting.State.CONVENED, Meeting.State.RUNNING)
        since = (now or timezone.now()) - dt.timedelta(hours=12)
        return self.filter(state__in=states, starts_at__gte=since).order_by("starts_at", "pk")


@tracked()
@moves(
    "state",
    {
        "planned": ["convened", "running", "closed", "cancelled"],
        "convened": ["running", "closed", "cancelled"],
        "running": ["closed"],
        "closed": ["running"],
        "cancelled": ["planned"],
    },
)
@moves("minutes", {"draft": ["approved"]})
class Meeting(models.Model):
    """A meeting of a council, numbered within it.

    `works` is how this one is written down, whatever the council does later. `quorum` and `entitled` (how many have a vote) are
    frozen when it opens; no quorum (None) when the rules ask none.
    """

    class Works(models.TextChoices):
        LIGHT = "light", Council.Works.LIGHT.label
        FULL = "full", Council.Works.FULL.label
        FILE = "file", gettext_lazy("as a file of before: nothing more is known")

    class How(models.TextChoices):
        IN_PERSON = "in_person", gettext_lazy("in person")
        HYBRID = "hybrid", gettext_lazy("in person and online")
        ONLINE = "online", gettext_lazy("online")

    class State(models.TextChoices):
        PLANNED = "planned", gettext_lazy("planned")
        CONVENED = "convened", gettext_lazy("convened")
        RUNNING = "running", pgettext_lazy("meeting", "going on")
        CLOSED = "closed", pgettext_lazy("meeting", "held")
        CANCELLED = "cancelled", pgettext_lazy("meeting", "called off")

    class Minutes(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft")
        APPROVED = "approved", pgettext_lazy("minutes", "approved")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    council = models.ForeignKey(
        Council, models.CASCADE, related_name="meetings", verbose_name=gettext_lazy("council")
    )
    number = models.PositiveIntegerField(gettext_lazy("number"), editable=False)
    starts_at = models.DateTimeField(gettext_lazy("starts at"))
    ends_at = models.DateTimeField(gettext_lazy("planned until"), null=True, blank=True)
    works = models.CharField(gettext_lazy("how it is written down"), max_length=5, choices=Works.choices)
    location = models.ForeignKey(
        WorkLocation, models.SET_NULL, null=True, blank=True, related_name="meetings",
        verbose_name=gettext_lazy("work location"),
    )  # fmt: skip
    place = models.CharField(
        gettext_lazy("place"), max_length=200, blank=True,
        help_text=gettext_lazy("When it is at no work location: name and address, or the room."),
    )  # fmt: skip
    how = models.CharField(
        gettext_lazy("how people meet"), max_length=10, choices=How.choices, default=How.IN_PERSON
    )
    join_url = models.URLField(
        gettext_lazy("link to join online"), max_length=500, blank=True,
        help_text=gettext_lazy("Only members see it."),
    )  # fmt: skip
    is_public = models.BooleanField(gettext_lazy("anybody may come and listen"), default=True)
    state = models.CharField(
        gettext_lazy("state"), max_length=9, choices=State.choices, default=State.PLANNED, editable=False
    )
    minutes = models.CharField(
        gettext_lazy("minutes"), max_length=8, choices=Minutes.choices, default=Minutes.DRAFT, editable=False
    )
    quorum = models.PositiveSmallIntegerField(gettext_lazy("quorum"), null=True, blank=True, editable=False)
    entitled = models.PositiveSmallIntegerField(
        gettext_lazy("entitled to vote"), null=True, blank=True, editable=False
    )
    reminded_at = models.DateTimeField(
        gettext_lazy("members reminded at"), null=True, blank=True, editable=False
    )
    convened_at = models.DateTimeField(gettext_lazy("convened at"), null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(gettext_lazy("opened at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(gettext_lazy("closed at"), null=True, blank=True, editable=False)
    is_example = models.BooleanField(gettext_lazy("example"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="council")
    personal: ClassVar[Personal] = Personal(impersonal=("place", "join_url"))

    class Meta:
        verbose_name = gettext_lazy("meeting")
        verbose_name_plural = gettext_lazy("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"],
                name="meeting_number_unique",
                violation_error_message=gettext_lazy("This number is taken already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=gettext_lazy("A meeting ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(location__isnull=True) | Q(place=""),
                name="meeting_one_place",
                violation_error_message=gettext_lazy(
                    "Choose a work location, or write another place: not both."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("running", "closed")) | Q(opened_at__isnull=False),
                name="meeting_opened_at_a_moment",
                violation_error_message=gettext_lazy("A meeting that was held was opened at some moment."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="meeting_closed_after_opened",
                violation_error_message=gettext_lazy("A meeting closes after it opens."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False),
                name="meeting_closed_at_a_moment",
                violation_error_message=gettext_lazy("A meeting that is over was closed at some moment."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="meeting_starts_at")]

    def __str__(self) -> str:
        return f"{self.council_id} on {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("councils:meeting", args=[self.council.slug, self.number])

    @property
    def version(self) -> str:
        """Changes with every change of the meeting itself."""
        return self.updated_at.isoformat()

    @property
    def day(self) -> dt.date:
        """The day on which it is held, on the clock of the municipality."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_light(self) -> bool:
        """Whether it is written down in the light form, or came in as a file: presence by item is not known."""
        return self.works in (self.Works.LIGHT, self.Works.FILE)

    @property
    def is_file(self) -> bool:
        """Whether its minutes came in as a file: nobody wrote them down here, and no hour is known."""
        return self.works == self.Works.FILE

    @property
    def is_running(self) -> bool:
        """Whether it is going on."""
        return self.state == self.State.RUNNING

    @property
    def is_over(self) -> bool:
        """Whether it was held."""
        return self.state == self.State.CLOSED

    @property
    def is_approved(self) -> bool:
        """Whether its minutes are approved: nothing changes in them any more."""
        return self.minutes == self.Minutes.APPROVED


@tracked()
@moves(
    "state",
    {"waiting": ["running", "dropped"], "running": ["done"], "done": ["running"], "dropped": ["waiting"]},
)
class AgendaItem(models.Model):
    """A point of the agenda; of one behind closed doors visitors read the title that the agenda gives it and nothing more."""

    class Kind(models.TextChoices):
        INFORMATION = "information", gettext_lazy("for information")
        DISCUSSION = "discussion", gettext_lazy("to talk about")
        DECISION = "decision", gettext_lazy("to decide")
        ADVICE = "advice", gettext_lazy("to advise")
        MINUTES = "minutes", gettext_lazy("to approve minutes")
        ELECTION = "election", gettext_lazy("to choose somebody")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("agenda item", "to come")
        RUNNING = "running", pgettext_lazy("agenda item", "now")
        DONE = "done", pgettext_lazy("agenda item", "done")
        DROPPED = "dropped", pgettext_lazy("agenda item", "dropped")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="items", verbose_name=gettext_lazy("meeting")
    )
    order = models.PositiveSmallIntegerField(gettext_lazy("point"), editable=False)
    title = models.CharField(gettext_lazy("title"), max_length=200)
    text = models.TextField(
        gettext_lazy("explanation"), max_length=6000, blank=True,
        help_text=gettext_lazy("What it is about and what is asked of the council."),
    )  # fmt: skip
    kind = models.CharField(
        gettext_lazy("what for"), max_length=12, choices=Kind.choices, default=Kind.DISCUSSION
    )
    minutes_planned = models.PositiveSmallIntegerField(
        gettext_lazy("minutes"), null=True, blank=True, help_text=gettext_lazy("How long it may take.")
    )
    is_closed = models.BooleanField(
        gettext_lazy("behind closed doors"), default=False,
        help_text=gettext_lazy("Visitors read that there is a point, not what it is about."),
    )  # fmt: skip
    plan = models.ForeignKey(
        Plan, models.SET_NULL, null=True, blank=True, related_name="agenda_items", verbose_name=gettext_lazy("plan")
    )  # fmt: skip
    advice = models.ForeignKey(
        "councils.Advice", models.SET_NULL, null=True, blank=True, related_name="agenda_items",
        verbose_name=gettext_lazy("advice"),
        help_text=gettext_lazy("The advice that is made here, or of which the answer is talked about."),
    )  # fmt: skip
    state = models.CharField(
        gettext_lazy("state"), max_length=8, choices=State.choices, default=State.WAITING, editable=False
    )
    started_at = models.DateTimeField(gettext_lazy("started at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(gettext_lazy("ended at"), null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(mentions=("title", "text"))

    class Meta:
        verbose_name = gettext_lazy("agenda item")
        verbose_name_plural = gettext_lazy("agenda items")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"],
                name="agendaitem_order_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=gettext_lazy("Another item has this place already."),
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state="running"),
                name="agendaitem_one_at_a_time",
                violation_error_message=gettext_lazy("Another item is going on."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "dropped")) | Q(started_at__isnull=False),
                name="agendaitem_started_at_a_moment",
                violation_error_message=gettext_lazy("An item that was treated started at some moment."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="agendaitem_ends_after_it_starts",
                violation_error_message=gettext_lazy("An item ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on the page of the meeting."""
        return f"{self.meeting.get_absolute_url()}#punt-{self.order}"

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()


@tracked()
class AgendaVersion(models.Model):
    """An agenda as it was sent: frozen. `content` is the agenda as data, `digest` the SHA-256 of its canonical JSON."""

    class Kind(models.TextChoices):
        DRAFT = "draft", gettext_lazy("draft")
        SUPPLEMENT = "supplement", gettext_lazy("supplement")
        FINAL = "final", gettext_lazy("final agenda")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agendas", verbose_name=gettext_lazy("meeting")
    )
    number = models.PositiveSmallIntegerField(gettext_lazy("version"))
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind.choices)
    content = models.JSONField(gettext_lazy("content"))
    digest = models.CharField(gettext_lazy("checksum"), max_length=64)
    made_at = models.DateTimeField(gettext_lazy("frozen at"), auto_now_add=True)

    where: ClassVar[Where] = Where(parent="meeting")
    personal: ClassVar[Personal] = Personal(impersonal=("digest",), mentions=("content",))

    class Meta:
        verbose_name = gettext_lazy("version of an agenda")
        verbose_name_plural = gettext_lazy("versions of agendas")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="agendaversion_number_unique",
                violation_error_message=gettext_lazy("This version is there already."),
            )
        ]
        triggers = [stays("a version of an agenda stays as it was sent")]

    def __str__(self) -> str:
        return f"{self.meeting_id} version {self.number}"


def number_for(council: Council) -> int:
    """The number that the next meeting of a council gets; the council is locked."""
    last: Any = council.meetings.aggregate(most=models.Max("number"))["most"]
    return (last or 0) + 1
