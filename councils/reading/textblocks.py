"""Blocks of text for minutes: those that we give along, and the fields between braces that the record fills in.

`{aanwezig}` becomes the number of members with a vote who are there at that moment. A field of which the record knows nothing
refuses the block, so that no minutes ever say "None".
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.verbs import Refused
from councils.frozen import place_of
from councils.models import AgendaItem, Council, Meeting, TextBlock
from councils.reading.roll import Roll
from councils.reading.seated import names_of

FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Block:
    """A block that can be chosen: `key` is a word for those that we give along, the key of the row for others."""

    key: str
    title: str | Promise
    text: str | Promise


@dataclass(frozen=True)
class Moment:
    """What fields are filled in from: the roll, the item, and when."""

    roll: Roll
    item: AgendaItem | None
    at: dt.datetime

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.roll.meeting

    @property
    def there(self) -> int:
        """How many with a vote are there; at the very end of a meeting those who were there until then."""
        at = self.at if self.meeting.is_running else self.at - dt.timedelta(microseconds=1)
        return len(self.roll.voting_at(at))

    def office(self, kind: str) -> str:
        """Who held an office that day."""
        return names_of([one.member.name for one in self.roll.everybody if kind in one.offices])

    def following(self) -> str:
        """The day of the next meeting of the council, when it is planned."""
        later = self.meeting.council.meetings.filter(starts_at__gt=self.meeting.starts_at)
        found = later.exclude(state=Meeting.State.CANCELLED).order_by("starts_at").first()
        return date_format(found.day, "j F Y") if found else ""


@dataclass(frozen=True)
class Field:
    """A field between braces: what it stands for, and what the record says (nothing: it is not known)."""

    words: str | Promise
    value: Callable[[Moment], str]


def _hour(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at):%H.%M}" if at else ""


FIELDS: dict[str, Field] = {
    "aanwezig": Field(
        gettext_lazy("how many with a vote are there at that moment"), lambda now: str(now.there)
    ),
    "stemgerechtigd": Field(gettext_lazy("how many have a vote"), lambda now: str(len(now.roll.entitled))),
    "quorum": Field(gettext_lazy("how many must be there"), lambda now: str(now.roll.quorum or "")),
    "uur": Field(gettext_lazy("the hour at that moment"), lambda now: _hour(now.at)),
    "begin": Field(
        gettext_lazy("the hour at which the meeting began"), lambda now: _hour(now.meeting.opened_at)
    ),
    "dag": Field(gettext_lazy("the day of the meeting"), lambda now: date_format(now.meeting.day, "j F Y")),
    "plaats": Field(gettext_lazy("where it is"), lambda now: place_of(now.meeting)),
    "raad": Field(gettext_lazy("the name of the council"), lambda now: now.meeting.council.name),
    "voorzitter": Field(gettext_lazy("who chairs the council"), lambda now: now.office("chair")),
    "secretaris": Field(gettext_lazy("who writes for it"), lambda now: now.office("secretary")),
    "punt": Field(
        gettext_lazy("the number of the item"), lambda now: str(now.item.order) if now.item else ""
    ),
    "volgende": Field(gettext_lazy("the day of the next meeting"), lambda now: now.following()),
}

SHIPPED = (
    Block(
        "opening", gettext_lazy("Opening"),
        gettext_lazy(
            "The chair notes that {aanwezig} of the {stemgerechtigd} members with a vote are there "
            "and opens the meeting at {begin}."
        ),
    ),
    Block(
        "quorum", gettext_lazy("Quorum"),
        gettext_lazy("At least {quorum} members with a vote must be there. At {uur} there are {aanwezig}."),
    ),
    Block(
        "minutes", gettext_lazy("Minutes of last time"),
        gettext_lazy("Nobody has remarks on the minutes of the last meeting. The council approves them."),
    ),
    Block(
        "closed", gettext_lazy("Doors closed"),
        gettext_lazy("Item {punt} is treated behind closed doors. Visitors leave the room at {uur}."),
    ),
    Block(
        "questions", gettext_lazy("No questions"),
        gettext_lazy("The chair asks who has a question. Nobody asks to speak."),
    ),
    Block(
        "next", gettext_lazy("Next meeting"),
        gettext_lazy("The next meeting is on {volgende}."),
    ),
)  # fmt: skip


def blocks_of(council: Council) -> list[Block]:
    """The blocks that a council can choose, ours first; one query."""
    own = [Block(str(one.pk), one.title, one.text) for one in TextBlock.objects.of_council(council)]
    return [*SHIPPED, *own]


def block_of(council: Council, key: str) -> Block | None:
    """One of them."""
    return next((one for one in blocks_of(council) if one.key == key), None)


def check_fields(text: str) -> None:
    """Raise ValidationError, at the text, for a field that there is not, or for a brace that stands alone."""
    unknown = [name for name in FIELD.findall(text) if name not in FIELDS]
    told = {"names": ", ".join(f"{{{name}}}" for name in FIELDS)}
    if unknown:
        words = _("There is no field {%(name)s}. These are there: %(names)s.") % {"name": unknown[0], **told}
        raise ValidationError({"text": ValidationError(words, code="field")})
    if set("{}") & set(FIELD.sub("", text)):
        words = _("A brace stands alone. A field is written so: {aanwezig}.")
        raise ValidationError({"text": ValidationError(words, code="brace")})


def filled(block: Block, now: Moment) -> str:
    """The text of a block with what the record says at this moment, in the language of the municipality; raises Refused."""
    with translation.override(settings.LANGUAGE_CODE):
        text = str(block.text)
        values = {name: FIELDS[name].value(now) for name in FIELD.findall(text) if name in FIELDS}
    for name, value in values.items():
        if not value:
            words = _("This block needs something that is not known yet: %(field)s.")
            raise Refused(words % {"field": FIELDS[name].words}, "unknown")
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)
