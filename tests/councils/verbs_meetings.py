"""How the verbs of meetings are called: by the council secretary of Bergen."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.digest import digest_of
from councils.actions import blocks, evening, inviting, light, meetings, minutes, oldfiles, voting
from councils.models import (
    Agreement,
    Decision,
    Meeting,
    Membership,
    MinuteLine,
    Proxy,
    TextBlock,
    Vote,
    Voter,
)
from councils.reading.record import minutes_of
from tests.attached import paper
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member
from tests.verbs import Examples, World


def _by(world: World, **asked: Any) -> dict[str, Any]:
    return {"by": world.cast["secretary"], **asked}


def _meeting(world: World, **fields: Any) -> Meeting:
    council = make_council(world.land.municipality, world.land["bergen"])
    meeting = make_meeting(council, **fields)
    make_item(meeting)
    return meeting


def _running(world: World, **item: Any) -> tuple[Meeting, list[Membership]]:
    meeting = _meeting(world, state="running")
    people = [make_member(meeting.council) for _number in range(3)]
    meeting.items.update(state="running", started_at=EVENING)
    return meeting, people


def planned(**asked: Any) -> Callable[[World], dict[str, Any]]:
    """A meeting that is to come."""
    return lambda world: _by(world, meeting=_meeting(world), **asked)


def running(**asked: Any) -> Callable[[World], dict[str, Any]]:
    """A meeting that goes on."""
    return lambda world: _by(world, meeting=_running(world)[0], **asked)


def _item(world: World, state: str = "planned", **asked: Any) -> dict[str, Any]:
    meeting = _meeting(world, state=state)
    return _by(world, item=meeting.items.get(), **asked)


def _of_member(world: World, *names: str, there: bool = False, **asked: Any) -> dict[str, Any]:
    meeting, people = _running(world)
    if there:
        meeting.presences.create(membership=people[0], from_at=EVENING)
    return _by(world, meeting=meeting, **dict(zip(names, people, strict=False)), **asked)


def _proxy(world: World) -> dict[str, Any]:
    meeting, people = _running(world)
    proxy = Proxy.objects.create(meeting=meeting, giver=people[0], holder=people[1], given_at=EVENING)
    return _by(world, proxy=proxy)


def _paused(world: World) -> dict[str, Any]:
    meeting, _people = _running(world)
    meeting.pauses.create(from_at=EVENING)
    return _by(world, meeting=meeting)


def _vote(world: World, state: str = "prepared", **asked: Any) -> dict[str, Any]:
    meeting, people = _running(world)
    for one in people:
        meeting.presences.create(membership=one, from_at=EVENING)
    vote = Vote.objects.create(item=meeting.items.get(), question="Ja?", state=state, entitled=3, present=1)
    Voter.objects.create(vote=vote, membership=people[0])
    return _by(world, vote=vote, **asked)


def _voter(world: World) -> dict[str, Any]:
    vote = _vote(world, "open")["vote"]
    return _by(world, voter=vote.voters.get(), choice="for", seen="")


def _line(world: World) -> dict[str, Any]:
    meeting, _people = _running(world)
    line = MinuteLine.objects.create(meeting=meeting, at=EVENING, text="Iets")
    return _by(world, line=line, version=line.version, values={"text": "Iets anders"})


def _decision(world: World) -> dict[str, Any]:
    meeting, _people = _running(world)
    decision = Decision.objects.create(
        meeting=meeting, council=meeting.council, year=2026, number=1, title="Ja", text="Ja", at=EVENING
    )
    return _by(world, decision=decision, version=decision.version, values={"text": "Toch"})


def _agreement(world: World) -> dict[str, Any]:
    meeting, people = _running(world)
    row = Agreement.objects.create(meeting=meeting, at=EVENING, who=people[0], what="Bellen")
    return _by(world, agreement=row, version=row.version)


def _approved(world: World) -> dict[str, Any]:
    meeting = _meeting(world, state="closed")
    return _by(world, meeting=meeting, role="secretary", digest=digest_of(minutes_of(meeting)))


def _light(world: World) -> dict[str, Any]:
    meeting = _meeting(world, works="light")
    member = make_member(meeting.council)
    told = {"kind": "advice", "text": "Maak de dreef vrij van auto’s.", "how": "agreement"}
    return _by(
        world, council=meeting.council, present=[member], decisions=[told],
        values={"starts_at": EVENING.replace(year=2025)},
    )  # fmt: skip


def _old_minutes(world: World) -> dict[str, Any]:
    council = make_council(world.land.municipality, world.land["bergen"])
    return _by(world, council=council, day=EVENING.date().replace(year=2019), upload=paper(), title="Verslag")


def _block(world: World, **asked: Any) -> dict[str, Any]:
    council = _meeting(world).council
    block = TextBlock.objects.create(
        municipality=council.municipality, council=council, title="Welkom", text="Dag."
    )
    return _by(world, block=block, version=block.version, **asked)


def _council(world: World) -> dict[str, Any]:
    council = make_council(world.land.municipality, world.land["bergen"])
    return _by(world, council=council, values={"starts_at": EVENING})


def _soon(world: World) -> dict[str, Any]:
    later = timezone.now() + dt.timedelta(days=2)
    return _by(world, meeting=_meeting(world, state="convened", starts_at=later))


def _ordered(world: World) -> dict[str, Any]:
    meeting = _meeting(world)
    return _by(world, meeting=meeting, keys=[one.pk for one in meeting.items.all()])


EXAMPLES: Examples = {
    meetings.plan_meeting: _council,
    meetings.change_meeting: planned(values={"place": "De zaal"}),
    meetings.cancel_meeting: planned(),
    meetings.convene: planned(),
    meetings.add_item: planned(values={"title": "Varia"}),
    meetings.change_item: lambda world: _item(world, values={"title": "Varia"}),
    meetings.remove_item: _item,
    meetings.order_items: _ordered,
    inviting.remind_members: _soon,
    evening.open_meeting: planned(),
    evening.go_to: lambda world: _item(world, state="running"),
    evening.drop_item: _item,
    evening.come_in: lambda world: _of_member(world, "membership"),
    evening.all_come_in: running(),
    evening.go_out: lambda world: _of_member(world, "membership", there=True),
    evening.excuse: lambda world: _of_member(world, "membership"),
    evening.give_proxy: lambda world: _of_member(world, "giver", "holder"),
    evening.withdraw_proxy: _proxy,
    evening.adjourn: running(),
    evening.resume: _paused,
    evening.close_meeting: running(),
    voting.prepare_vote: lambda world: _item(world, values={"question": "Ja?"}),
    voting.change_vote: lambda world: _vote(world, values={"question": "Nee?"}),
    voting.remove_vote: _vote,
    voting.open_vote: _vote,
    voting.take_back_vote: lambda world: _vote(world, "open"),
    voting.choose: _voter,
    voting.choose_rest: lambda world: _vote(world, "open"),
    voting.close_vote: lambda world: _vote(world, "open", silent=True),
    minutes.add_line: running(values={"text": "Iets"}),
    minutes.change_line: _line,
    minutes.decide: running(values={"title": "Ja", "text": "We doen het."}),
    minutes.change_decision: _decision,
    minutes.agree_on: running(values={"who_else": "De stad", "what": "Bellen"}),
    minutes.tick_off: _agreement,
    minutes.approve_minutes: _approved,
    light.write_light: _light,
    blocks.add_block: lambda world: _by(
        world, council=_meeting(world).council, values={"title": "Welkom", "text": "Dag."}
    ),
    blocks.change_block: lambda world: _block(world, values={"text": "Dag {raad}."}),
    blocks.remove_block: _block,
    blocks.put_block: running(key="questions"),
    oldfiles.bring_old_minutes: _old_minutes,
}  # fmt: skip
