"""Proposals: what a colleague would change in a plan, until its editor decides."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from accounts.models import User
from areas.models.where import Where
from core.access import permitted
from core.history import tracked
from core.personal import Personal
from core.states import moves
from plans.models.action import Action
from plans.models.goal import Goal
from plans.models.plan import Plan


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals."""

    def waiting(self) -> "ProposalQuerySet":
        """Those on which nobody decided yet."""
        return self.filter(state=Proposal.State.WAITING)

    def visible_to(self, user: Any) -> "ProposalQuerySet":
        """One's own, and those on which one decides."""
        return permitted(self, user, "plans.view_proposal")


@tracked()
@moves("state", {"waiting": ["accepted", "declined", "withdrawn"]})
class Proposal(models.Model):
    """A change of a plan, a goal or an action that waits for who may publish.

    `changes` holds what the form was filled in with, by field (as posted); `seen_version` is what the proposer saw, so that a
    change in the meantime is noticed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits")
        ACCEPTED = "accepted", gettext_lazy("accepted")
        DECLINED = "declined", gettext_lazy("declined")
        WITHDRAWN = "withdrawn", gettext_lazy("withdrawn")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        Plan, models.CASCADE, related_name="proposals", verbose_name=gettext_lazy("plan")
    )
    goal = models.ForeignKey(
        Goal,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=gettext_lazy("goal"),
    )
    action = models.ForeignKey(
        Action,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=gettext_lazy("action"),
    )
    changes = models.JSONField(gettext_lazy("changes"))
    seen_version = models.CharField(gettext_lazy("version seen"), max_length=40)
    reason = models.TextField(gettext_lazy("why"))
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="proposals", verbose_name=gettext_lazy("proposed by")
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    answer = models.TextField(gettext_lazy("answer"), blank=True)
    made_at = models.DateTimeField(gettext_lazy("proposed at"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ProposalQuerySet.as_manager()

    where: ClassVar[Where] = Where(parent="plan")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know who proposed a change of a plan, and to answer."),
        subject="author",
        impersonal=("seen_version",),
        mentions=("changes", "reason", "answer"),
        kept=gettext_lazy("as long as the plan"),
    )

    class Meta:
        verbose_name = gettext_lazy("proposal")
        verbose_name_plural = gettext_lazy("proposals")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__isnull=True) | Q(action__isnull=True),
                name="proposal_about_one_thing",
                violation_error_message=gettext_lazy("A proposal is about the plan, one goal or one action."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="proposal_declined_with_an_answer",
                violation_error_message=gettext_lazy("Say why you decline it."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
