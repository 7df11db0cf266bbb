"""The verbs of blocks of text: a council keeps its own, and puts one in its minutes with what the record says."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.history import because
from core.verbs import Actor, Refused, locked, require, verb
from councils.actions.meeting_shared import checked, current_item, item_of, set_values, written_meeting
from councils.actions.minutes import moment_of_line
from councils.actions.shared import kept
from councils.models import AgendaItem, Council, Meeting, MinuteLine, TextBlock
from councils.reading.roll import roll_of
from councils.reading.textblocks import Moment, block_of, check_fields, filled

MANAGE = "councils.manage_council"
MOST = 40


@verb
def add_block(*, council: Council, by: Actor, values: Mapping[str, Any], for_all: bool = False) -> TextBlock:
    """Add a block of text of a council; `for_all` one of every council of the municipality, by who founds councils."""
    council = kept(council, by=by, permission=MANAGE if for_all else "councils.keep_council")
    if TextBlock.objects.of_council(council).count() >= MOST:
        raise Refused(_("There are %(most)d blocks already. Take one away first.") % {"most": MOST}, "full")
    block = TextBlock(municipality_id=council.municipality_id, council=None if for_all else council)
    return _written(block, values, by)


@verb
def change_block(
    *, block: TextBlock, by: Actor, values: Mapping[str, Any], version: str | None = None
) -> TextBlock:
    """Change a block; what stands in minutes already stays as it is."""
    return _written(_kept(block, by=by, version=version), values, by)


@verb
def remove_block(*, block: TextBlock, by: Actor, version: str | None = None) -> None:
    """Take a block away; what stands in minutes already stays as it is."""
    block = _kept(block, by=by, version=version)
    with because("councils.blocks", by=by):
        block.delete()


@verb
def put_block(
    *, meeting: Meeting, key: str, by: Actor, item: AgendaItem | None = None, at: dt.datetime | None = None
) -> MinuteLine:
    """Put a block in the minutes as a typed line, at an item (the one that goes on), its fields filled in from the record."""
    meeting = written_meeting(meeting, by=by)
    block = block_of(meeting.council, key)
    if block is None:
        raise Refused(_("This is no longer there."), "gone")
    item = item_of(meeting, item) if item is not None else current_item(meeting)
    when = moment_of_line(meeting, item, at)
    text = filled(block, Moment(roll_of(meeting), item, when))
    line = MinuteLine(meeting=meeting, item=item, at=when, text=text)
    checked(line)
    with because("councils.line_written", by=by):
        line.save()
    return line


def _kept(block: TextBlock, *, by: Actor, version: str | None) -> TextBlock:
    found = locked(block, version=version)
    if found.council is not None:
        require("councils.keep_council", found.council, by=by)
    else:
        require(MANAGE, found.municipality, by=by)
    return found


def _written(block: TextBlock, values: Mapping[str, Any], by: Actor) -> TextBlock:
    set_values(block, {name: value.strip() for name, value in values.items()}, ("title", "text"))
    check_fields(block.text)
    checked(block)
    with because("councils.blocks", by=by):
        block.save()
    return block
