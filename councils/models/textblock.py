"""Blocks of text that councils put in their minutes again and again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from areas.models import Municipality
from areas.models.where import Where
from core.history import tracked
from core.personal import Personal
from councils.models.council import Council


class TextBlockQuerySet(models.QuerySet["TextBlock"]):
    """Blocks of text, in the words of those who look for one."""

    def of_council(self, council: Council) -> "TextBlockQuerySet":
        """Those that a council can put in its minutes: its own, and those for every council of the municipality."""
        here = self.filter(municipality=council.municipality_id)
        return here.filter(Q(council=council) | Q(council=None))


@tracked()
class TextBlock(models.Model):
    """A sentence or two with fields between braces that are filled in from the record (`councils.reading.textblocks`).

    Of one council, or (`council` is None) of every council of the municipality.
    """

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="+", verbose_name=gettext_lazy("municipality")
    )
    council = models.ForeignKey(
        Council, models.CASCADE, null=True, blank=True, related_name="blocks", verbose_name=gettext_lazy("council")
    )  # fmt: skip
    title = models.CharField(gettext_lazy("title"), max_length=60)
    text = models.TextField(gettext_lazy("text"), max_length=2000)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TextBlockQuerySet.as_manager()

    where: ClassVar[Where] = Where()
    personal: ClassVar[Personal] = Personal(mentions=("title", "text"))

    class Meta:
        verbose_name = gettext_lazy("block of text")
        verbose_name_plural = gettext_lazy("blocks of text")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "council", "title"],
                name="textblock_title_unique",
                nulls_distinct=False,
                violation_error_message=gettext_lazy("There is a block with this title already."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""),
                name="textblock_says_something",
                violation_error_message=gettext_lazy("Write what the minutes will say."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def version(self) -> str:
        """Changes with every change."""
        return self.updated_at.isoformat()
