"""What is not public before it is decided: a release, who may read before it, and who looked."""

import datetime as dt
import uuid
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.history import ERASURE_ROLE, append_only, tracked
from core.personal import Personal
from core.states import moves


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, in the words of those who ask what is public."""

    def of(self, kind: str, subject: uuid.UUID) -> "ReleaseQuerySet":
        """The one of a thing that counts; none when there is none or when it was withdrawn."""
        return self.of_kind(kind).current().filter(subject=subject)

    def of_kind(self, kind: str) -> "ReleaseQuerySet":
        """Those of one kind of things."""
        return self.filter(kind=kind)

    def current(self) -> "ReleaseQuerySet":
        """Those that were not withdrawn."""
        return self.exclude(state=Release.State.WITHDRAWN)

    def released(self, at: dt.datetime | None = None) -> "ReleaseQuerySet":
        """Those that are public: from their moment on, also before the worker has mailed."""
        passed = Q(state=Release.State.DECIDED, release_at__lte=at or timezone.now())
        return self.filter(Q(state=Release.State.RELEASED) | passed)

    def due(self, at: dt.datetime | None = None) -> "ReleaseQuerySet":
        """Those of which the moment has come, and the mail has not gone yet."""
        return self.filter(state=Release.State.DECIDED, release_at__lte=at or timezone.now())

    def read_early_by(self, user: Any) -> "ReleaseQuerySet":
        """Those that a person may read before they are public, because they are named; of one thing its last release alone.

        Who was named before it was withdrawn and begun anew reads nothing of what is written since.
        """
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        named = ReleaseReader.objects.filter(release=OuterRef("pk"), person=user.uuid)
        later = Release.objects.filter(
            kind=OuterRef("kind"), subject=OuterRef("subject"), pk__gt=OuterRef("pk")
        )
        return self.filter(Exists(named), ~Exists(later))

    def visible_to(self, user: Any) -> "ReleaseQuerySet":
        """What is public, and what this person may read before that."""
        if not getattr(user, "is_authenticated", False):
            return self.released()
        return self.released() | self.read_early_by(user)


@tracked()
@moves(
    "state",
    {
        "concept": ["put", "withdrawn"],
        "put": ["concept", "decided", "withdrawn"],
        "decided": ["released", "withdrawn"],
    },
)
class Release(models.Model):
    """The way of one thing to the public: concept, put to who decides, decided, released at a moment.

    `kind` is the entry of `core.release` that knows the thing, `subject` the identifier of the thing. What is public stays as it
    was released: the database refuses to change it.
    """

    class State(models.TextChoices):
        CONCEPT = "concept", gettext_lazy("in the making")
        PUT = "put", gettext_lazy("put to who decides")
        DECIDED = "decided", gettext_lazy("decided")
        RELEASED = "released", gettext_lazy("released")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(gettext_lazy("kind"), max_length=60)
    subject = models.UUIDField(gettext_lazy("belongs to"), db_index=True)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.CONCEPT
    )
    body = models.CharField(gettext_lazy("who decides"), max_length=120, blank=True)
    put_on = models.DateField(gettext_lazy("put to who decides on"), null=True, blank=True)
    decided_on = models.DateField(gettext_lazy("decided on"), null=True, blank=True)
    decision_number = models.CharField(gettext_lazy("number of the decision"), max_length=60, blank=True)
    release_at = models.DateTimeField(gettext_lazy("public from"), null=True, blank=True)
    released_at = models.DateTimeField(gettext_lazy("released at"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReleaseQuerySet.as_manager()

    personal: ClassVar[Personal] = Personal(impersonal=("kind", "body", "decision_number"))

    class Meta:
        verbose_name = gettext_lazy("release")
        verbose_name_plural = gettext_lazy("releases")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["release_at"], name="release_due", condition=Q(state="decided")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=~Q(state="withdrawn"),
                name="release_one_at_a_time",
                violation_error_message=gettext_lazy("This is under way already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["put", "decided", "released"])
                | (~Q(body="") & Q(put_on__isnull=False)),
                name="release_put_to_somebody",
                violation_error_message=gettext_lazy("Say who decides."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "released"])
                | (Q(decided_on__isnull=False) & ~Q(decision_number="")),
                name="release_decided_with_a_number",
                violation_error_message=gettext_lazy("Give the day and the number of the decision."),
            ),
            models.CheckConstraint(
                condition=~Q(state="released")
                | (Q(release_at__isnull=False) & Q(released_at__gte=F("release_at"))),
                name="release_at_its_moment",
                violation_error_message=gettext_lazy("It is released at its moment, and not before."),
            ),
            models.CheckConstraint(
                condition=Q(release_at__isnull=True) | ~Q(state__in=["concept", "put"]),
                name="release_after_the_decision",
                violation_error_message=gettext_lazy("First comes the decision, then the moment of release."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stays_public",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    f"IF current_user <> '{ERASURE_ROLE}' AND (OLD.state = 'released' OR "
                    "(OLD.state = 'decided' AND OLD.release_at <= NOW() AND NEW.state <> 'released')) THEN "
                    "RAISE EXCEPTION 'what is public stays as it was released'; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.state}"

    def get_absolute_url(self) -> str:
        """Where it is decided and released, by those who may."""
        return reverse("core:release", args=[self.uuid])

    @property
    def version(self) -> str:
        """Changes with every change; an edit names the version that it started from."""
        return self.updated_at.isoformat()

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it now."""
        if self.state == self.State.RELEASED:
            return True
        return (
            self.state == self.State.DECIDED
            and self.release_at is not None
            and self.release_at <= timezone.now()
        )


@tracked()
class ReleaseReader(models.Model):
    """Somebody who is named to read a thing before it is public; `because_of` says why, as that person reads it."""

    release = models.ForeignKey(
        Release, models.CASCADE, related_name="readers", verbose_name=gettext_lazy("release")
    )
    person = models.UUIDField(gettext_lazy("person"), db_index=True)
    because_of = models.CharField(gettext_lazy("why this person"), max_length=120, blank=True)
    created_at = models.DateTimeField(gettext_lazy("named at"), auto_now_add=True)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who may read something before it is public."),
        subject="person",
        subject_by="uuid",
        mentions=("because_of",),
        delete_row=True,
    )

    class Meta:
        verbose_name = gettext_lazy("person who reads before the release")
        verbose_name_plural = gettext_lazy("persons who read before the release")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person"],
                name="release_reader_once",
                violation_error_message=gettext_lazy("This person is named already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} reads {self.release_id}"


class ReleaseLook(models.Model):
    """One time that somebody read a thing before it was public; rows are only added, and the release stays with them."""

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="looks", verbose_name=gettext_lazy("release")
    )
    person = models.UUIDField(gettext_lazy("person"))
    looked_at = models.DateTimeField(gettext_lazy("looked at"), auto_now_add=True)

    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To be able to check who read something before it was public."),
        subject="person",
        subject_by="uuid",
        kept=gettext_lazy("as long as what was read"),
    )

    class Meta:
        verbose_name = gettext_lazy("look before the release")
        verbose_name_plural = gettext_lazy("looks before the release")
        ordering = ["-looked_at", "-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.person} {self.looked_at:%Y-%m-%d %H:%M}"
