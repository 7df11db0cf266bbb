"""Votes of a council: what was asked, by which rule, who was entitled and present, what each chose; secret ones as counts."""

import uuid
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from areas.models.where import Where
from core.history import ERASURE_ROLE, tracked
from core.personal import Personal
from core.secrecy import secret
from core.states import moves
from councils.models.attendance import Proxy
from councils.models.meeting import AgendaItem
from councils.models.membership import Membership

# What may never change once a vote is open: it was said before the first name.
SAID_BEFORE = ("item_id", "question", "how", "base", "majority", "tie", "silent", "options")


@tracked()
@moves("state", {"prepared": ["open"], "open": ["prepared", "closed"]})
class Vote(models.Model):
    """A question put to the vote at an item; how it is counted is named beforehand and stays once it is open.

    `options` are what one can choose in a secret vote (names, or for and against). The counts and the result are written when it
    closes; `entitled` is how many members had a vote then, `present` how many of them took part or could, proxies included.
    """

    class How(models.TextChoices):
        NAMES = "names", gettext_lazy("by name")
        SECRET = "secret", gettext_lazy("secret: counts alone")
        AGREEMENT = "agreement", gettext_lazy("by general agreement")

    class Base(models.TextChoices):
        VALID = "valid", gettext_lazy("who votes for or against")
        PRESENT = "present", gettext_lazy("who votes for, against or abstains")
        ENTITLED = "entitled", gettext_lazy("every member with a vote")

    class Majority(models.TextChoices):
        HALF = "half", gettext_lazy("more than half")
        TWO_THIRDS = "two_thirds", gettext_lazy("at least two thirds")
        THREE_QUARTERS = "three_quarters", gettext_lazy("at least three quarters")
        MOST = "most", gettext_lazy("more than any other")

    class Tie(models.TextChoices):
        REJECTED = "rejected", gettext_lazy("it is rejected")
        CHAIR = "chair", gettext_lazy("the chair's choice decides")
        AGAIN = "again", gettext_lazy("there is another vote")

    class Silent(models.TextChoices):
        ABSTAINS = "abstains", gettext_lazy("counts as an abstention")
        APART = "apart", gettext_lazy("is counted apart, as not taking part")

    class State(models.TextChoices):
        PREPARED = "prepared", pgettext_lazy("vote", "prepared")
        OPEN = "open", pgettext_lazy("vote", "open")
        CLOSED = "closed", pgettext_lazy("vote", "closed")

    class Result(models.TextChoices):
        ADOPTED = "adopted", pgettext_lazy("vote", "adopted")
        REJECTED = "rejected", pgettext_lazy("vote", "rejected")
        AGAIN = "again", gettext_lazy("undecided: another vote")
        CHOSEN = "chosen", gettext_lazy("chosen")

    uuid = models.UUIDField(gettext_lazy("identifier"), default=uuid.uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        AgendaItem, models.PROTECT, related_name="votes", verbose_name=gettext_lazy("agenda item")
    )
    question = models.CharField(gettext_lazy("question"), max_length=400)
    how = models.CharField(gettext_lazy("how"), max_length=9, choices=How.choices, default=How.NAMES)
    base = models.CharField(
        gettext_lazy("the whole is"), max_length=8, choices=Base.choices, default=Base.VALID
    )
    majority = models.CharField(
        gettext_lazy("needed"), max_length=14, choices=Majority.choices, default=Majority.HALF
    )
    tie = models.CharField(
        gettext_lazy("at equal votes"), max_length=8, choices=Tie.choices, default=Tie.REJECTED
    )
    silent = models.CharField(
        gettext_lazy("who chooses nothing"), max_length=8, choices=Silent.choices, default=Silent.ABSTAINS
    )
    options = ArrayField(
        models.CharField(max_length=120), verbose_name=gettext_lazy("choices"), default=list, blank=True
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=8, choices=State.choices, default=State.PREPARED, editable=False
    )
    opened_at = models.DateTimeField(gettext_lazy("opened at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(gettext_lazy("closed at"), null=True, blank=True, editable=False)
    entitled = models.PositiveSmallIntegerField(
        gettext_lazy("entitled"), null=True, blank=True, editable=False
    )
    present = models.PositiveSmallIntegerField(gettext_lazy("present"), null=True, blank=True, editable=False)
    in_favour = models.PositiveSmallIntegerField(gettext_lazy("for"), null=True, blank=True, editable=False)
    against = models.PositiveSmallIntegerField(gettext_lazy("against"), null=True, blank=True, editable=False)
    abstained = models.PositiveSmallIntegerField(
        gettext_lazy("abstained"), null=True, blank=True, editable=False
    )
    apart = models.PositiveSmallIntegerField(
        gettext_lazy("not taking part"), null=True, blank=True, editable=False
    )
    result = models.CharField(
        gettext_lazy("result"), max_length=8, choices=Result.choices, blank=True, editable=False
    )
    chosen = models.CharField(
        gettext_lazy("who or what was chosen"), max_length=120, blank=True, editable=False
    )
    updated_at = models.DateTimeField(auto_now=True)

    where: ClassVar[Where] = Where(parent="item")
    personal: ClassVar[Personal] = Personal(mentions=("question", "options", "chosen"))

    class Meta:
        verbose_name = gettext_lazy("vote")
        verbose_name_plural = gettext_lazy("votes")
        ordering = ["item__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(state="open"),
                name="vote_one_open_an_item",
                violation_error_message=gettext_lazy("Another vote is open at this item."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(result="") & Q(closed_at__isnull=False)),
                name="vote_closed_with_a_result",
                violation_error_message=gettext_lazy("A vote that is closed has a result."),
            ),
            models.CheckConstraint(
                condition=Q(how="secret", options__len__gte=2) | (~Q(how="secret") & Q(options__len=0)),
                name="vote_secret_has_choices",
                violation_error_message=gettext_lazy(
                    "In a secret vote there are two choices at least; else there are none."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(how="secret") | ~Q(tie="chair"),
                name="vote_secret_chair_decides_not",
                violation_error_message=gettext_lazy("In a secret vote nobody knows what the chair chose."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="said_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF OLD.state <> 'prepared' AND ("
                    + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in SAID_BEFORE)
                    + f") AND current_user <> '{ERASURE_ROLE}' THEN "
                    "RAISE EXCEPTION 'how a vote is counted stays as it was said before it'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="closed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="closed"),
                func=(
                    f"IF current_user <> '{ERASURE_ROLE}' AND TG_OP = 'UPDATE' THEN "
                    "RAISE EXCEPTION 'a closed vote stays as it is'; END IF; "
                    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def version(self) -> str:
        """Changes with every change of the vote itself."""
        return self.updated_at.isoformat()

    @property
    def is_open(self) -> bool:
        """Whether names or counts come in."""
        return self.state == self.State.OPEN

    @property
    def is_secret(self) -> bool:
        """Whether counts alone are kept."""
        return self.how == self.How.SECRET


@tracked()
class Voter(models.Model):
    """A member who was entitled and present at a vote, frozen when it opened; of a secret vote nobody's choice is here."""

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "for")
        AGAINST = "against", pgettext_lazy("vote", "against")
        ABSTAINS = "abstains", pgettext_lazy("vote", "abstains")
        APART = "apart", pgettext_lazy("vote", "does not take part")
        NONE = "", pgettext_lazy("vote", "nothing yet")

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="voters", verbose_name=gettext_lazy("vote"))
    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="votes", verbose_name=gettext_lazy("member")
    )
    proxy = models.ForeignKey(
        Proxy,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="votes",
        verbose_name=gettext_lazy("by proxy"),
    )
    instead_of = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="votes_by_others",
        verbose_name=gettext_lazy("instead of"),
    )  # fmt: skip
    is_chair = models.BooleanField(gettext_lazy("chair"), default=False)
    choice = models.CharField(
        gettext_lazy("choice"), max_length=8, choices=Choice.choices, blank=True, default=""
    )

    where: ClassVar[Where] = Where(parent="vote")
    personal: ClassVar[Personal] = Personal(
        purpose=gettext_lazy("To know how a council decided; minutes keep it by law."),
        subject="membership__person__user",
    )

    class Meta:
        verbose_name = gettext_lazy("voter")
        verbose_name_plural = gettext_lazy("voters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "membership"],
                name="voter_once",
                violation_error_message=gettext_lazy("This member votes here already."),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="while_it_is_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    f"IF current_user <> '{ERASURE_ROLE}' AND EXISTS (SELECT 1 FROM councils_vote WHERE id = NEW.vote_id "  # noqa: S608 - names of our own
                    "AND (state = 'closed' OR (how = 'secret' AND NEW.choice <> ''))) THEN "
                    "RAISE EXCEPTION 'a choice stays as it was when the vote closed, and a secret one is not kept'; "
                    "END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.vote_id}"


@secret
class SecretCount(models.Model):
    """How many ballot papers of a secret vote say what: the place of a choice in the vote's list, or blank or not valid."""

    BLANK = 0
    INVALID = -1

    vote = models.ForeignKey(
        Vote, models.CASCADE, related_name="secret_counts", verbose_name=gettext_lazy("vote")
    )
    option = models.SmallIntegerField(gettext_lazy("choice"))
    number = models.PositiveSmallIntegerField(gettext_lazy("papers"))

    where: ClassVar[Where] = Where(parent="vote")
    personal: ClassVar[Personal] = Personal()

    class Meta:
        verbose_name = gettext_lazy("count of a secret vote")
        verbose_name_plural = gettext_lazy("counts of secret votes")
        ordering = ["option"]
        constraints = [
            models.UniqueConstraint(
                fields=["vote", "option"],
                name="secretcount_once_a_choice",
                violation_error_message=gettext_lazy("This choice is counted already."),
            ),
            models.CheckConstraint(
                condition=Q(option__gte=-1),
                name="secretcount_known_choice",
                violation_error_message=gettext_lazy("This is none of the choices."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} of {self.vote_id}"
