"""Nothing is public before it is decided: the ways it goes, who reads it before, each look, and the moment itself."""

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions.consents import decide_consent
from accounts.models import Consent, User
from areas.models import CalendarPeriod
from core import release as releases
from core.changes import changes_of
from core.models import Release, ReleaseLook
from core.release import (
    decide,
    look,
    name_reader,
    notice,
    open_concept,
    plan_release,
    public_subjects,
    put_before,
    release_due,
    release_now,
    release_of,
    remove_reader,
    require_concept,
    send_back,
    subjects_for,
    withdraw,
)
from core.verbs import Conflict, Operator, Refused
from core.worker import Worker
from tests.conftest import OPERATOR, Land
from tests.released import BODY, KIND, SENT, begun

AsPart = Callable[[str], Client]
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nothing_sent() -> Iterator[None]:
    SENT.clear()
    yield
    SENT.clear()


@pytest.fixture
def concept(land: Land, cast: dict[str, User]) -> Release:
    return begun(land["bergen"], cast["steward"], (cast["secretary"], "secretaris van de raad"))


def decided(release: Release) -> Release:
    put = put_before(release=release, by=OPERATOR, body=BODY)
    return decide(release=put, by=OPERATOR, decided_on=timezone.localdate(), number="2026/CBS/0412")


def come(release: Release) -> Release:
    """The moment that was set has come."""
    Release.objects.filter(pk=release.pk).update(release_at=timezone.now() - dt.timedelta(seconds=1))
    return Release.objects.get(pk=release.pk)


def readers(cast: dict[str, User]) -> set[str]:
    return {part for part, person in cast.items() if subjects_for(KIND, person).exists()}


def test_only_who_is_named_reads_it_before(concept: Release, cast: dict[str, User]) -> None:
    for release in (concept, put_before(release=concept, by=OPERATOR, body=BODY)):
        assert readers(cast) == {"steward", "secretary"}, release.state
        assert not subjects_for(KIND, AnonymousUser()).exists()
        assert not public_subjects(KIND).exists()
    cast["secretary"].is_active = False
    assert not subjects_for(KIND, cast["secretary"]).exists()


def test_a_permission_lets_nobody_read(land: Land, cast: dict[str, User]) -> None:
    begun(land["bergen"], OPERATOR)
    assert readers(cast) == set()


def test_public_from_its_moment_with_or_without_the_worker(concept: Release, cast: dict[str, User]) -> None:
    planned = plan_release(release=decided(concept), by=OPERATOR, at=timezone.now() + HOUR)
    assert not planned.is_public
    assert readers(cast) == {"steward", "secretary"}
    passed = come(planned)
    assert (passed.state, passed.is_public) == ("decided", True)
    assert readers(cast) == set(cast)
    assert subjects_for(KIND, AnonymousUser()).get()["subject"] == concept.subject
    assert SENT == []
    assert release_due() == 1
    assert release_due() == 0
    released = Release.objects.get()
    assert (released.state, SENT, released.release_at) == ("released", ["bergen"], passed.release_at)
    assert released.is_public


def test_at_once(concept: Release, cast: dict[str, User]) -> None:
    released = release_now(release=decided(concept), by=cast["steward"])
    assert (released.state, SENT) == ("released", ["bergen"])
    assert public_subjects(KIND).exists()


def test_one_that_fails_keeps_no_other_back(
    land: Land, concept: Release, cast: dict[str, User], caplog: pytest.LogCaptureFixture
) -> None:
    first = plan_release(release=decided(concept), by=OPERATOR, at=timezone.now() + HOUR)
    second = begun(land["dalen"], cast["steward"])
    come(plan_release(release=decided(second), by=OPERATOR, at=timezone.now() + HOUR))
    Release.objects.filter(pk=first.pk).update(
        subject="00000000-0000-0000-0000-000000000000", release_at=timezone.now() - HOUR
    )
    with caplog.at_level(logging.ERROR), pytest.raises(RuntimeError):
        release_due()
    assert SENT == ["dalen"]
    assert "reference" in caplog.text


def test_what_goes_out_goes_with_the_release(concept: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = come(plan_release(release=decided(concept), by=OPERATOR, at=timezone.now() + HOUR))

    def broken(**_asked: Any) -> None:
        raise OSError("no mail")

    kind = releases.release_kinds[KIND]
    monkeypatch.setitem(
        releases.release_kinds._entries, KIND, type(kind)(**{**vars(kind), "on_release": broken})
    )
    with pytest.raises(RuntimeError):
        release_due()
    planned.refresh_from_db()
    assert (planned.state, planned.is_public) == ("decided", True)  # tried again, and public all the same


def test_the_worker_releases(concept: Release) -> None:
    assert "release" in [attendant.name for attendant in Worker().attendants]
    with pytest.raises(PermissionDenied):
        releases.release_on_time(release=concept, by=User.objects.get(name="Administrator"))  # type: ignore[arg-type]
    assert releases.release_on_time(release=concept, by=Operator("tests")) is None


@pytest.mark.parametrize("state", ["concept", "put", "decided", "withdrawn"])
def test_the_ways_it_goes(concept: Release, state: str) -> None:
    ways: dict[str, Callable[[Release], Any]] = {
        "put": lambda one: put_before(release=one, by=OPERATOR, body=BODY),
        "back": lambda one: send_back(release=one, by=OPERATOR, why="Nog een punt."),
        "decide": lambda one: decide(release=one, by=OPERATOR, decided_on=timezone.localdate(), number="1"),
        "plan": lambda one: plan_release(release=one, by=OPERATOR, at=timezone.now() + HOUR),
        "now": lambda one: release_now(release=one, by=OPERATOR),
        "withdraw": lambda one: withdraw(release=one, by=OPERATOR, why="Anders beslist."),
    }
    may = {
        "concept": {"put", "withdraw"},
        "put": {"back", "decide", "withdraw"},
        "decided": {"plan", "now", "withdraw"},
        "withdrawn": set(),
    }
    before = {"put": ways["put"], "decided": decided, "withdrawn": ways["withdraw"]}
    if state in before:
        before[state](concept)
    for name, way in ways.items():
        one = Release.objects.get()
        with transaction.atomic():
            if name in may[state]:
                way(one)
            else:
                with pytest.raises(Refused):
                    way(one)
            transaction.set_rollback(True)


def test_what_is_public_stays(concept: Release) -> None:
    passed = come(plan_release(release=decided(concept), by=OPERATOR, at=timezone.now() + HOUR))
    for verb, more in (
        (withdraw, {"why": "Te laat."}),
        (plan_release, {"at": timezone.now() + HOUR}),
        (release_now, {}),
    ):
        with pytest.raises(Refused, match="al openbaar"):
            verb(release=passed, by=OPERATOR, **more)
    later = {"release_at": timezone.now() + HOUR}
    for values in ({"state": "withdrawn"}, later):
        with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
            Release.objects.filter(pk=passed.pk).update(**values)
    release_due()
    with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
        Release.objects.filter(pk=passed.pk).update(decision_number="anders")


@pytest.mark.parametrize(
    "values",
    [
        {"state": "put"},  # on no day
        {"state": "released", "release_at": timezone.now()},
        {"release_at": timezone.now()},  # before the decision
    ],
)
def test_the_database_says_no(concept: Release, values: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=concept.pk).update(**values)


def test_a_decision_has_a_day_and_a_number(concept: Release) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused, match="moet nog komen"):
        put_before(release=concept, by=OPERATOR, body=BODY, on=today + dt.timedelta(days=1))
    put = put_before(release=concept, by=OPERATOR, body=BODY)
    for day, number in (
        (today, " "),
        (today + dt.timedelta(days=1), "1"),
        (today - dt.timedelta(days=1), "1"),
    ):
        with pytest.raises(Refused):
            decide(release=put, by=OPERATOR, decided_on=day, number=number)
    with pytest.raises(ValidationError):
        put_before(release=send_back(release=put, by=OPERATOR, why="Naam"), by=OPERATOR, body="")


def test_a_moment_that_is_over(concept: Release) -> None:
    with pytest.raises(Refused, match="voorbij"):
        plan_release(release=decided(concept), by=OPERATOR, at=timezone.now())


def test_one_at_a_time(land: Land, concept: Release, cast: dict[str, User]) -> None:
    with pytest.raises(Refused):
        begun(land["bergen"], cast["steward"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(kind=KIND, subject=concept.subject)
    withdraw(release=concept, by=OPERATOR, why="Opnieuw.")
    assert release_of(KIND, land["bergen"]) is None
    assert begun(land["bergen"], cast["steward"]) == release_of(KIND, land["bergen"])


def test_it_is_changed_only_as_a_concept(land: Land, concept: Release) -> None:
    assert require_concept(KIND, land["bergen"]) == concept
    put_before(release=concept, by=OPERATOR, body=BODY)
    for area in ("bergen", "dalen"):
        with pytest.raises(Refused):
            require_concept(KIND, land[area])


def test_who_may_not_does_nothing(land: Land, concept: Release, cast: dict[str, User]) -> None:
    by, reader = cast["secretary"], concept.readers.first()
    assert reader is not None
    for verb, more in (
        (put_before, {"body": BODY}), (send_back, {"why": "x"}), (withdraw, {"why": "x"}), (release_now, {}),
        (decide, {"decided_on": timezone.localdate(), "number": "1"}), (plan_release, {"at": timezone.now() + HOUR}),
        (name_reader, {"person": cast["alderman"]}),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            verb(release=concept, by=by, **more)
    with pytest.raises(PermissionDenied):
        remove_reader(reader=reader, by=by)
    with pytest.raises(PermissionDenied):
        open_concept(kind=KIND, thing=land["dalen"], by=by)


def test_naming_people(concept: Release, cast: dict[str, User]) -> None:
    with pytest.raises(Refused, match="Neighbour"):
        name_reader(release=concept, person=cast["neighbour"], by=cast["steward"])
    named = name_reader(release=concept, person=cast["alderman"], because_of="schepen", by=cast["steward"])
    assert readers(cast) == {"steward", "secretary", "alderman"}
    with pytest.raises(ValidationError):
        name_reader(release=concept, person=cast["alderman"], by=cast["steward"])
    remove_reader(reader=named, by=cast["steward"])
    assert readers(cast) == {"steward", "secretary"}


def test_nobody_is_named_or_taken_away_once_it_is_public(concept: Release, cast: dict[str, User]) -> None:
    public = come(plan_release(release=decided(concept), by=OPERATOR, at=timezone.now() + HOUR))
    with pytest.raises(Refused, match="al openbaar"):
        name_reader(release=public, person=cast["alderman"], by=cast["steward"])
    for reader in public.readers.all():
        with pytest.raises(Refused, match="al openbaar"):
            remove_reader(reader=reader, by=cast["steward"])
    assert public.readers.count() == 2


def test_each_look_is_kept(concept: Release, cast: dict[str, User]) -> None:
    for _time in range(2):
        look(release=concept, by=cast["secretary"])
    assert list(ReleaseLook.objects.values_list("person", flat=True)) == [cast["secretary"].uuid] * 2
    for other in (cast["resident"], cast["administrator"], OPERATOR):
        with pytest.raises(PermissionDenied):
            look(release=concept, by=other)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReleaseLook.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ReleaseLook.objects.update(looked_at=timezone.now())
    release_now(release=decided(concept), by=OPERATOR)
    assert look(release=Release.objects.get(), by=cast["secretary"]) is None
    assert ReleaseLook.objects.count() == 2


def test_a_period_asks_first(land: Land, concept: Release, cast: dict[str, User]) -> None:
    """The day of the release counts, not the day on which its moment is set."""
    on = timezone.localdate() + dt.timedelta(days=20)
    CalendarPeriod.objects.create(
        municipality=land.municipality,
        kind="before_elections",
        name="Sperperiode",
        first=on,
        last=on,
        asks_first=True,
    )
    ready = decided(concept)
    at = timezone.make_aware(dt.datetime.combine(on, dt.time(18)))
    with pytest.raises(Refused, match="Sperperiode"):
        plan_release(release=ready, by=cast["steward"], at=at)
    plan_release(release=ready, by=cast["steward"], at=at + dt.timedelta(days=1))
    asks = releases.release_kinds[KIND].first
    assert asks is not None
    asked = asks.ask(release=ready, thing=land["bergen"], at=at, why="Het moet.", by=cast["steward"], site="")
    decide_consent(consent=asked, agrees=True, answer="Goed.", by=cast["administrator"])
    assert Consent.objects.get().state == "given"
    assert Release.objects.get().release_at == at


def test_the_history_says_who_and_why(concept: Release, cast: dict[str, User]) -> None:
    put = put_before(release=concept, by=cast["steward"], body=BODY)
    send_back(release=put, by=cast["steward"], why="Een fout in het bedrag.")
    told = changes_of(concept)
    assert [change.why for change in told] == [
        "teruggehaald om aan te passen", "voorgelegd aan wie beslist", "begonnen, alleen voor wie genoemd is",
    ]  # fmt: skip
    assert told[0].note == "Een fout in het bedrag."
    with pytest.raises(Conflict):
        put_before(release=concept, by=cast["steward"], body=BODY, version="anders")


def test_what_a_page_says_before(
    land: Land, concept: Release, cast: dict[str, User], as_part: AsPart
) -> None:
    said = notice(concept, cast["secretary"])
    assert said is not None
    assert (said.because_of, said.number) == ("secretaris van de raad", "2 personen")
    look(release=concept, by=cast["secretary"])
    html = as_part("secretary").get(concept.get_absolute_url()).content.decode()
    assert "Secretary" in html
    assert "/voorleggen/" not in html
    assert as_part("alderman").get(concept.get_absolute_url()).status_code == 404
    assert "/voorleggen/" in as_part("steward").get(concept.get_absolute_url()).content.decode()
    assert notice(release_now(release=decided(concept), by=OPERATOR), cast["secretary"]) is None


def test_the_steps_on_their_pages(concept: Release, cast: dict[str, User], as_part: AsPart) -> None:
    steward, url = as_part("steward"), concept.get_absolute_url()

    def send(word: str, **typed: str) -> Any:
        return steward.post(f"{url}{word}/", {"version": Release.objects.get().version, **typed})

    today = timezone.localdate()
    assert send("lezer", person=str(cast["alderman"].pk), because_of="schepen").status_code == 302
    reader = concept.readers.get(person=cast["alderman"].uuid)
    assert steward.post(f"{url}lezers/{reader.pk}/weg/").status_code == 302
    assert send("voorleggen", body="", on="").status_code == 422
    assert send("voorleggen", body=BODY, on=f"{today:%d-%m-%Y}").status_code == 302
    assert send("besluit", body=BODY, decided_on=f"{today:%d-%m-%Y}", number="2026/CBS/1").status_code == 302
    refused = send("moment", day=f"{today - dt.timedelta(days=1):%d-%m-%Y}", time="18:00")
    assert refused.status_code == 422
    assert "voorbij" in refused.content.decode()
    assert send("moment", day=f"{today + dt.timedelta(days=2):%d-%m-%Y}", time="18:00").status_code == 302
    html = steward.get(url).content.decode()
    assert "18.00" in html
    assert send("nu").status_code == 302
    assert Release.objects.get().state == "released"
    assert steward.get(f"{url}onbekend/").status_code == 404
    assert as_part("secretary").get(f"{url}nu/").status_code == 404


def test_who_was_named_before_it_was_begun_anew_reads_nothing_of_it(
    concept: Release, land: Land, cast: dict[str, User]
) -> None:
    withdraw(release=concept, by=OPERATOR, why="Het begint opnieuw.")
    assert readers(cast) == {"steward", "secretary"}  # what there was, until something else is written
    again = begun(land["bergen"], cast["administrator"])
    assert readers(cast) == {"administrator"}
    for old in ("steward", "secretary"):
        with pytest.raises(PermissionDenied):
            look(release=concept, by=cast[old])
        assert not Release.objects.filter(pk=again.pk).read_early_by(cast[old]).exists()
