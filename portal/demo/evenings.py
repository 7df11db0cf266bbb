"""A year of meetings in the councils of the demo, held by the verbs that secretaries use."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from core.attachments import FILES, attach
from core.digest import digest_of
from core.verbs import Operator
from councils.actions.blocks import add_block
from councils.actions.evening import all_come_in, close_meeting, excuse, go_out, go_to, open_meeting
from councils.actions.light import write_light
from councils.actions.meetings import add_item, change_item, convene, plan_meeting
from councils.actions.minutes import add_line, agree_on, approve_minutes, tick_off
from councils.actions.oldfiles import bring_old_minutes
from councils.actions.voting import choose, choose_rest, close_vote, open_vote, prepare_vote
from councils.models import (
    AgendaItem,
    AgendaVersion,
    Approval,
    Council,
    Meeting,
    Membership,
    Presence,
    Vote,
    Voter,
)
from councils.models.meeting import ITEM_FILES
from councils.reading.record import minutes_of
from portal.demo.moments import day
from portal.demo.papers import paper

SOURCE = Path(__file__).with_name("council_year.toml")
BY = Operator("load_demo")
MINUTE = dt.timedelta(minutes=1)

Entry = Mapping[str, Any]


def read_year() -> dict[str, Any]:
    """What the file says."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


def evening_of(slug: str, on: str, evenings: Mapping[str, Entry]) -> dt.datetime:
    """When a council meets: the day that counts from today, moved back to its day of the week."""
    evening = evenings[slug]
    about = day(on)
    date = about - dt.timedelta(days=(about.isoweekday() - evening["weekday"]) % 7)
    return timezone.make_aware(dt.datetime.combine(date, dt.time.fromisoformat(evening["at"])))


def restore_meetings(councils: Mapping[str, Council]) -> int:
    """Hold the meetings of those councils that have none yet; how many there are."""
    year = read_year()
    without = {slug for slug, council in councils.items() if not council.meetings.exists()}
    for entry in year["meetings"]:
        if entry["council"] in without:
            starts_at = evening_of(entry["council"], entry["on"], year["evenings"])
            _Evening(
                councils[entry["council"]], entry, starts_at, year["evenings"][entry["council"]]["place"]
            )
    _keep_beside(year, {slug: councils[slug] for slug in without})
    return sum(council.meetings.count() for council in councils.values())


def tie_to_advices(councils: Mapping[str, Council]) -> None:
    """Name at an item the advice that it is about, once, and tell the members by a supplement."""
    for entry in read_year()["meetings"]:
        council = councils[entry["council"]]
        for row in entry.get("items", ()):
            advice = council.advices.filter(title=row["about"]).first() if "about" in row else None
            item = AgendaItem.objects.filter(meeting__council=council, title=row["title"]).first()
            if (
                advice
                and item
                and item.meeting.state == Meeting.State.CONVENED
                and item.meeting.agendas.count() == 1
            ):
                change_item(item=item, by=BY, values={"advice": advice})
                convene(meeting=item.meeting, by=BY, kind=AgendaVersion.Kind.SUPPLEMENT)


def _keep_beside(year: Entry, councils: Mapping[str, Council]) -> None:
    """Minutes of before as files, and blocks of text of one council."""
    for entry in year["before"]:
        if council := councils.get(entry["council"]):
            file = paper(entry["title"], entry["says"], kind=FILES)
            meeting = bring_old_minutes(
                council=council,
                by=BY,
                day=day(entry["on"]),
                upload=file,
                title=entry["title"],
                is_public=True,
            )
            Meeting.objects.filter(pk=meeting.pk).update(is_example=True)
    for entry in year["blocks"]:
        if council := councils.get(entry["council"]):
            add_block(council=council, by=BY, values={"title": entry["title"], "text": entry["text"]})


class _Evening:
    """One meeting, from its agenda to its approved minutes."""

    def __init__(self, council: Council, entry: Entry, starts_at: dt.datetime, place: str) -> None:
        self.council, self.entry, self.now = council, entry, starts_at
        self.members = {
            one.rank: one
            for one in Membership.objects.current(timezone.localdate(starts_at)).filter(council=council)
        }
        self.absent = [self.members[rank] for rank in entry.get("absent", ())]
        lasts = sum(row["minutes"] for row in entry.get("items", ())) or 90
        values = {"starts_at": starts_at, "ends_at": starts_at + lasts * MINUTE, "place": place}
        if "light" in entry:
            self.meeting = self._light(values)
        else:
            self.meeting = plan_meeting(council=council, by=BY, values=values)
            self._full()
        Meeting.objects.filter(pk=self.meeting.pk).update(is_example=True)

    def _light(self, values: Mapping[str, Any]) -> Meeting:
        present = [one for one in self.members.values() if one not in self.absent]
        texts = [("advice", text) for text in self.entry["light"]]
        texts += [("decision", text) for text in self.entry.get("decided", ())]
        decisions = [{"kind": kind, "text": text, "how": "agreement"} for kind, text in texts]
        meeting = write_light(
            council=self.council, by=BY, values=values, present=present, decisions=decisions
        )
        self._approve(meeting)
        return meeting

    def _full(self) -> None:
        items = [
            add_item(
                meeting=self.meeting, by=BY,
                values={
                    "title": row["title"], "kind": row["kind"], "minutes_planned": row["minutes"], "text": row.get("text", ""),
                },
            )
            for row in self.entry["items"]
        ]  # fmt: skip
        for item, row in zip(items, self.entry["items"], strict=True):
            self._beforehand(item, row)
        if self.entry.get("coming"):
            convene(meeting=self.meeting, by=BY, kind=AgendaVersion.Kind.FINAL)
            return
        for one in self.absent:
            excuse(meeting=self.meeting, membership=one, by=BY, at=self.now - dt.timedelta(days=1))
        open_meeting(meeting=self.meeting, by=BY, at=self.now)
        all_come_in(meeting=self.meeting, by=BY, at=self.now)
        for number, (item, row) in enumerate(zip(items, self.entry["items"], strict=True)):
            if number:
                go_to(item=item, by=BY, at=self.now)
            self._treat(item, row)
        close_meeting(meeting=self.meeting, by=BY, at=self.now)
        if not self.entry.get("draft"):
            self._approve(self.meeting)

    def _beforehand(self, item: AgendaItem, row: Entry) -> None:
        """The papers of an item, and the vote that is named before the evening."""
        for told in row.get("papers", ()):
            file = paper(told["title"], told["says"], kind=FILES)
            attach(
                kind=ITEM_FILES, thing=item, upload=file, title=told["title"], by=BY, is_public=told["public"]
            )
        if asked := row.get("asked"):
            prepare_vote(item=item, by=BY, values=asked)

    def _treat(self, item: AgendaItem, row: Entry) -> None:
        ends = self.now + row["minutes"] * MINUTE
        if said := row.get("said"):
            add_line(meeting=self.meeting, by=BY, item=item, values={"text": said}, at=self.now + 2 * MINUTE)
        for rank in row.get("left", ()):
            go_out(
                meeting=self.meeting, membership=self.members[rank], by=BY, why=Presence.Left.CONFLICT,
                at=self.now + 3 * MINUTE,
            )  # fmt: skip
        if question := row.get("vote"):
            self._vote(item, row, question, ends - 5 * MINUTE)
        if promise := row.get("agree"):
            self._agree(item, promise)
        self.now = ends

    def _vote(self, item: AgendaItem, row: Entry, question: str, at: dt.datetime) -> None:
        vote = prepare_vote(item=item, by=BY, values={"question": question, "how": Vote.How.NAMES})
        vote = open_vote(vote=vote, by=BY, at=at)
        voters = {one.membership_id: one for one in vote.voters.all()}
        for choice, word in ((Voter.Choice.AGAINST, "against"), (Voter.Choice.ABSTAINS, "abstains")):
            for rank in row.get(word, ()):
                choose(voter=voters[self.members[rank].pk], by=BY, choice=choice)
        choose_rest(vote=vote, by=BY)
        close_vote(vote=vote, by=BY, at=at + 3 * MINUTE)

    def _agree(self, item: AgendaItem, promise: Entry) -> None:
        values = {"who": self.members[promise["who"]], "what": promise["what"], "due_on": day(promise["due"])}
        agreement = agree_on(meeting=self.meeting, by=BY, item=item, values=values, at=self.now + 4 * MINUTE)
        if "done" in promise:
            tick_off(agreement=agreement, by=BY)

    def _approve(self, meeting: Meeting) -> None:
        """By the chair and the secretary, some days later."""
        later = (meeting.closed_at or self.now) + dt.timedelta(days=9)
        for role in Approval.Role.values:
            meeting.refresh_from_db()
            digest = digest_of(minutes_of(meeting))
            approve_minutes(meeting=meeting, by=BY, role=role, digest=digest, at=min(later, timezone.now()))
