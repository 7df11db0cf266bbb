"""The verbs."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from core.changes import changes_of, changes_since
from core.verbs import Conflict
from tests.conftest import OPERATOR, Land, make_municipality
from tests.workplaces.conftest import BERGEN, DALEN, MIDDEN, Maker
from workplaces.actions import (
    DayOff,
    add_location,
    change_location,
    close_location,
    move_pin,
    reopen_location,
    set_hours,
    set_offer,
    waive_finding,
)
from workplaces.models import DayException, OpeningHours, Service, Team, WorkLocation
from workplaces.opening import Stretch

MORNING = Stretch(dt.time(9), dt.time(12))


def verbs(location: WorkLocation, by: Any, version: str | None) -> list[Any]:
    """Every verb that changes a location, ready to be called."""
    same = {"location": location, "by": by, "version": version}
    return [
        lambda: change_location(**same, values={"name": "Anders"}),
        lambda: set_offer(**same, services=[], teams=[]),
        lambda: set_hours(**same, week={1: [MORNING]}),
        lambda: move_pin(**same, point=Point(4.73, 51.45, srid=4326), precision="street"),
        lambda: close_location(**same, on=timezone.localdate()),
        lambda: reopen_location(**same),
    ]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("part", ["resident", "worker_elsewhere", "moderator", "alderman"])
def test_outsiders_change_nothing(
    cast: dict[str, User], library: WorkLocation, part: str, number: int
) -> None:
    with pytest.raises(PermissionDenied):
        verbs(library, cast[part], library.version)[number]()


@pytest.mark.parametrize("number", range(6))
def test_an_old_version_is_refused(cast: dict[str, User], library: WorkLocation, number: int) -> None:
    seen = library.version
    change_location(location=library, by=cast["steward"], version=seen, values={"name": "Nieuw"})
    with pytest.raises(Conflict) as caught:
        verbs(library, cast["worker_here"], seen)[number]()
    assert caught.value.current.name == "Nieuw"
    (change,) = changes_since(caught.value.current, seen)
    assert change.who == "Steward"
    assert any("Bibliotheek → Nieuw" in line for line in change.lines)


@pytest.mark.parametrize("number", range(5))
def test_every_verb_moves_the_version(cast: dict[str, User], library: WorkLocation, number: int) -> None:
    saved = verbs(library, cast["worker_here"], library.version)[number]()
    assert saved.version > library.version
    assert WorkLocation.objects.get().version == saved.version


def test_doing_nothing_moves_nothing(cast: dict[str, User], library: WorkLocation) -> None:
    worker, version = cast["worker_here"], library.version
    same: dict[str, Any] = {"location": library, "by": worker, "version": version}
    week = library.schedule().week
    change_location(**same, values={"name": library.name})
    set_offer(**same, services=library.services.all(), teams=[])
    set_hours(**same, week=week)
    move_pin(**same, point=Point(*BERGEN, srid=4326), precision="address")
    assert WorkLocation.objects.get().version == version
    assert len(changes_of(library)) == 1  # its beginning


def test_change_location_checks_the_whole(cast: dict[str, User], library: WorkLocation) -> None:
    for wrong in (
        {"name": ""},
        {"email": "x"},
        {"postcode": "23"},
        {"website": "javascript:1"},
        {"phone": "=1"},
    ):
        with pytest.raises(ValidationError):
            change_location(location=library, by=cast["worker_here"], version=library.version, values=wrong)
    library.refresh_from_db()
    assert library.name == "Bibliotheek"


def test_change_location_writes_only_details(cast: dict[str, User], library: WorkLocation) -> None:
    change_location(
        location=library, by=cast["worker_here"], version=None,
        values={"slug": "kwaad", "point": None, "closed_on": timezone.localdate(), "source": "x", "name": "Bib"},
    )  # fmt: skip
    library.refresh_from_db()
    assert (library.slug, library.name, library.source, library.closed_on) == ("bibliotheek", "Bib", "", None)
    assert library.point


def test_set_hours_keeps_what_stays(cast: dict[str, User], library: WorkLocation) -> None:
    kept = OpeningHours.objects.get(weekday=0, opens=dt.time(9))
    past = DayException.objects.create(location=library, day=timezone.localdate() - dt.timedelta(days=9))
    day = timezone.localdate() + dt.timedelta(days=9)
    set_hours(
        location=library, by=cast["worker_here"], version=None, week={0: [MORNING], 4: [MORNING]},
        exceptions=[DayOff(day, None, "Feest")],
    )  # fmt: skip
    rows = set(library.hours.values_list("weekday", "opens"))
    assert rows == {(0, dt.time(9)), (4, dt.time(9))}
    assert OpeningHours.objects.filter(pk=kept.pk).exists()
    assert set(library.exceptions.values_list("day", "reason")) == {(past.day, ""), (day, "Feest")}
    set_hours(location=library, by=OPERATOR, version=None, week={0: [MORNING], 4: [MORNING]}, exceptions=[])
    assert list(library.exceptions.values_list("day", flat=True)) == [past.day]


def test_set_offer_keeps_notes_and_stays_at_home(
    land: Land, cast: dict[str, User], library: WorkLocation, desk: Team
) -> None:
    library.offers.update(note="op afspraak")
    museum = Service.objects.create(municipality=land.municipality, slug="museum", name="Museum")
    both = [library.offers.get().service, museum]
    set_offer(location=library, by=cast["worker_here"], version=None, services=both, teams=[desk])
    assert set(library.offers.values_list("service__slug", "note", "from_source")) == {
        ("bibliotheek", "op afspraak", True),
        ("museum", "", False),
    }
    assert library.teams.get() == desk
    other = make_municipality(slug="elders", name="Elders", code="11111")
    strange = Service.objects.create(municipality=other, slug="x", name="X")
    with pytest.raises(ValidationError):
        set_offer(location=library, by=cast["worker_here"], version=None, services=[strange], teams=[])


def test_a_pin_stays_in_the_municipality_and_the_own_areas(
    cast: dict[str, User], library: WorkLocation
) -> None:
    for part, place in (("steward", (5.5, 51.0)), ("worker_here", DALEN), ("worker_here", MIDDEN)):
        with pytest.raises(ValidationError) as caught:
            move_pin(
                location=library,
                by=cast[part],
                version=None,
                point=Point(*place, srid=4326),
                precision="street",
            )
        assert "point" in caught.value.message_dict
    with pytest.raises(ValidationError):  # nor nowhere
        move_pin(location=library, by=cast["worker_here"], version=None, point=None, precision="none")
    moved = move_pin(
        location=library,
        by=cast["steward"],
        version=None,
        point=Point(*DALEN, srid=4326),
        precision="village",
    )
    assert moved.point
    assert moved.point.coords == DALEN
    with pytest.raises(ValidationError):  # a place needs a precision
        move_pin(
            location=library,
            by=cast["steward"],
            version=None,
            point=Point(*DALEN, srid=4326),
            precision="none",
        )


def test_add_location(land: Land, cast: dict[str, User], desk: Team) -> None:
    what: dict[str, Any] = {
        "municipality": land.municipality,
        "by": cast["worker_here"],
        "values": {"name": "Kwaliteit", "street": "Dreef"},
    }
    place: dict[str, Any] = {"point": Point(*BERGEN, srid=4326), "precision": "address"}
    first = add_location(**what, **place, teams=[desk])
    second = add_location(**what, **place)
    # The word of another page of this app is never that of a location.
    assert (first.slug, second.slug) == ("kwaliteit-2", "kwaliteit-3")
    assert first.teams.get() == desk
    assert changes_of(first)[0].who == "Worker Here"
    with pytest.raises(ValidationError):
        add_location(**what, point=Point(*DALEN, srid=4326), precision="address")
    with pytest.raises(ValidationError):
        add_location(**what)
    with pytest.raises(PermissionDenied):
        add_location(**{**what, "by": cast["resident"]}, **place)
    with pytest.raises(ValidationError):
        add_location(**{**what, "values": {"name": ""}}, **place)


def test_close_and_reopen(cast: dict[str, User], library: WorkLocation) -> None:
    closed = close_location(
        location=library,
        by=cast["worker_here"],
        version=library.version,
        on=timezone.localdate(),
        note="Verhuisd",
    )
    assert closed.is_closed
    assert not WorkLocation.objects.in_use().exists()
    reopened = reopen_location(location=library, by=cast["worker_here"], version=closed.version)
    assert not reopened.is_closed
    assert [change.note for change in changes_of(library)][1] == "Verhuisd"


def test_history_says_who_and_what(cast: dict[str, User], library: WorkLocation, desk: Team) -> None:
    worker = cast["worker_here"]
    set_hours(location=library, by=worker, version=None, week={1: [MORNING]})
    set_offer(location=library, by=worker, version=None, services=[], teams=[desk])
    offer, hours, begin = changes_of(library)
    assert offer.who == hours.who == "Worker Here"
    assert set(offer.lines) == {"− Bibliotheek", "+ Onthaal"}
    assert any(line.startswith("+") and line.endswith("9.00–12.00") for line in hours.lines)
    assert sum(line.startswith("−") for line in hours.lines) == 3
    assert begin.lines == []


def test_history_of_someone_who_left(cast: dict[str, User], library: WorkLocation) -> None:
    change_location(location=library, by=cast["worker_here"], version=None, values={"name": "X"})
    cast["worker_here"].delete()
    assert "Worker" not in changes_of(library)[0].who


def test_waive_finding(cast: dict[str, User], make_location: Maker) -> None:
    location = make_location()
    waiver = waive_finding(location=location, rule="no-hours", by=cast["worker_here"], reason="Altijd dicht")
    again = waive_finding(location=location, rule="no-hours", by=cast["steward"], reason="Toch")
    assert again.pk == waiver.pk
    assert again.reason == "Toch"
    with pytest.raises(PermissionDenied):
        waive_finding(location=location, rule="no-hours", by=cast["resident"], reason="x")
    with pytest.raises(ValidationError):
        waive_finding(location=location, rule="no-hours", by=cast["steward"], reason="")


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once(cast: dict[str, User], library: WorkLocation) -> None:
    """Whoever comes second is refused, also when both read before either wrote."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    def rename(part: str) -> str:
        try:
            change_location(location=library, by=cast[part], version=library.version, values={"name": part})
        except Conflict:
            return "refused"
        finally:
            connection.close()
        return part

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(rename, ["worker_here", "steward"]))
    assert outcomes.count("refused") == 1
    assert WorkLocation.objects.get().name in outcomes
