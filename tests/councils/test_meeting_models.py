"""What the database refuses of meetings, whoever asks."""

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from django.db import DatabaseError, transaction
from django.db.utils import IntegrityError

from core.secrecy import tells_of, unrecorded
from councils.models import Meeting, Presence, Proxy, SecretCount, Vote, Voter
from tests.conftest import Land
from tests.councils.made import EVENING, make_council, make_item, make_meeting, make_member

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def meeting(land: Land) -> Meeting:
    return make_meeting(make_council(land.municipality), state="running")


def refused(error: type[Exception], make: Callable[[], object]) -> None:
    with pytest.raises(error), transaction.atomic():
        make()


def test_somebody_is_there_once_at_a_time(meeting: Meeting) -> None:
    member = make_member(meeting.council)
    first = {"meeting": meeting, "membership": member}
    Presence.objects.create(**first, from_at=EVENING, until_at=EVENING + HOUR, left="left")
    refused(IntegrityError, lambda: Presence.objects.create(**first, from_at=EVENING + HOUR / 2))
    Presence.objects.create(**first, from_at=EVENING + HOUR)  # the moment of leaving is free again


def test_members_of_another_council_are_at_no_meeting(meeting: Meeting, land: Land) -> None:
    stranger = make_member(make_council(land.municipality))
    refused(
        DatabaseError, lambda: Presence.objects.create(meeting=meeting, membership=stranger, from_at=EVENING)
    )
    own = make_member(meeting.council)
    refused(
        DatabaseError,
        lambda: Proxy.objects.create(meeting=meeting, giver=stranger, holder=own, given_at=EVENING),
    )


def test_one_item_goes_on_at_a_time(meeting: Meeting) -> None:
    first, second = make_item(meeting), make_item(meeting)
    rows = type(first).objects
    rows.filter(pk=first.pk).update(state="running", started_at=EVENING)
    refused(IntegrityError, lambda: rows.filter(pk=second.pk).update(state="running", started_at=EVENING))


def test_how_a_vote_is_counted_stays_once_it_is_open(meeting: Meeting) -> None:
    vote = Vote.objects.create(item=make_item(meeting), question="Ja?")
    vote.state, vote.opened_at = "open", EVENING
    vote.save()
    rows = Vote.objects.filter(pk=vote.pk)
    for change in ({"base": "entitled"}, {"majority": "most"}, {"tie": "chair"}, {"question": "Nee?"}):
        refused(DatabaseError, partial(rows.update, **change))


def test_a_closed_vote_stays_as_it_is(meeting: Meeting) -> None:
    vote = Vote.objects.create(item=make_item(meeting), question="Ja?", state="open")
    voter = Voter.objects.create(vote=vote, membership=make_member(meeting.council), choice="for")
    Vote.objects.filter(pk=vote.pk).update(state="closed", result="adopted", closed_at=EVENING)
    refused(DatabaseError, lambda: Vote.objects.filter(pk=vote.pk).update(result="rejected"))
    refused(DatabaseError, lambda: Voter.objects.filter(pk=voter.pk).update(choice="against"))


def test_a_secret_vote_keeps_counts_and_nobody(meeting: Meeting) -> None:
    vote = Vote.objects.create(item=make_item(meeting), question="Wie?", how="secret", options=["A", "B"])
    voter = Voter.objects.create(vote=vote, membership=make_member(meeting.council))
    refused(DatabaseError, lambda: Voter.objects.filter(pk=voter.pk).update(choice="for"))
    with unrecorded():
        SecretCount.objects.create(vote=vote, option=1, number=3)
    assert tells_of(SecretCount) == []
