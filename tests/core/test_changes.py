"""The history of a thing in words."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone, translation

from accounts.actions import give_role, replace_role
from accounts.models import RoleAssignment, User
from areas.actions import change_area, save_indicator
from areas.models import AreaSuccession
from core.changes import changes_of, changes_since
from core.history import because
from core.verbs import Actor, Operator, Participant
from tests.areas.figures.conftest import make_indicator
from tests.conftest import OPERATOR, Land
from tests.workplaces.conftest import desk as desk
from tests.workplaces.conftest import library as library
from tests.workplaces.conftest import make_location as make_location
from workplaces.actions import change_location, move_pin, set_hours, set_offer
from workplaces.models import Service, Team, WorkLocation
from workplaces.opening import Stretch

MORNING = Stretch(dt.time(9), dt.time(12))


@pytest.fixture(autouse=True)
def _in_dutch() -> Any:
    with translation.override("nl"):
        yield


def test_who_is_a_person_the_administration_or_a_participant(
    cast: dict[str, User], library: WorkLocation
) -> None:
    actors: list[Actor] = [cast["worker_here"], Operator("load_demo"), Participant("geheime-sleutel")]
    for number, by in enumerate(actors):
        with because("workplaces.details", by=by):
            library.name = f"Naam {number}"
            library.save()
    participant, operator, person, _begin = changes_of(library)
    assert (person.who, operator.who, participant.who) == ("Worker Here", "het bestuur", "een deelnemer")
    assert "sleutel" not in str(participant)


def test_who_has_left_is_not_named(cast: dict[str, User], library: WorkLocation) -> None:
    person = cast["worker_here"]
    change_location(location=library, by=person, version=None, values={"name": "X"})
    User.objects.filter(pk=person.pk).update(is_active=False, name="", email="0f@gewist.invalid")
    assert changes_of(library)[0].who == "iemand die weg is"


def test_the_note_stands_apart_also_of_older_rows(cast: dict[str, User], library: WorkLocation) -> None:
    change_location(
        location=library, by=cast["steward"], version=None, values={"name": "X"}, note="Op vraag van de wijk"
    )
    with pghistory.context(why="Verhuisd", user=cast["steward"].pk):  # as it was written before
        library.refresh_from_db()
        library.name = "Y"
        library.save()
    with pghistory.context(why="offer"):
        library.name = "Z"
        library.save()
    code, typed, new, _begin = changes_of(library)
    assert (new.why, new.note) == ("gegevens gewijzigd", "Op vraag van de wijk")
    assert (typed.why, typed.note) == ("gewijzigd", "Verhuisd")
    assert (code.why, code.note) == ("diensten of teams gewijzigd", "")


def test_a_fixed_number_of_queries(
    cast: dict[str, User], library: WorkLocation, desk: Team, django_assert_num_queries: Any
) -> None:
    def live(days: int) -> None:
        for day in range(days):
            service = Service.objects.create(
                municipality=library.municipality, slug=f"s{day}-{days}", name=f"Dienst {day}"
            )
            by = cast["steward" if day % 2 else "worker_here"]
            same: dict[str, Any] = {"location": library, "by": by, "version": None}
            set_hours(**same, week={day % 7: [MORNING]})
            set_offer(**same, services=[service], teams=[desk] if day % 2 else [])
            move_pin(**same, point=Point(4.72 + day / 1000, 51.45, srid=4326), precision="street")

    live(2)
    with django_assert_num_queries(
        8
    ):  # events, people, four kinds of rows beside it, names of services and teams
        few = changes_of(library)
    live(5)
    with django_assert_num_queries(8):
        assert len(changes_of(library)) > len(few)


def test_roles_and_what_they_point_at_are_told_in_words(
    land: Land, cast: dict[str, User], django_assert_num_queries: Any
) -> None:
    administrator, today = cast["administrator"], timezone.localdate()
    role = give_role(
        by=administrator, user=cast["neighbour"], role=RoleAssignment.Role.AREA_WORKER, area=land["bergen"],
        municipality=land.municipality, valid_from=today, why="Nieuw in het team",
    )  # fmt: skip
    (given,) = changes_of(role)
    assert (given.who, given.why, given.note) == ("Administrator", "rol gegeven", "Nieuw in het team")
    with because("accounts.role_given", by=OPERATOR):
        role.area, role.user, role.valid_until = land["dalen"], cast["resident"], today
        role.save()
    with django_assert_num_queries(4):  # events, people, and what the columns point at: an area, a person
        changed = changes_of(role)[0]
    persons, areas, until = sorted(
        changed.lines, key=lambda line: ("→ Resident" not in line, "→ Dalen" not in line)
    )
    assert (persons, areas) == ("persoon: Neighbour → Resident", "gebied: Bergen → Dalen")
    assert ": – → " in until
    assert str(today.year) in until
    replace_role(
        by=administrator,
        assignment=role,
        user=cast["neighbour"],
        valid_from=today,
        valid_until=today,
        why="Ziek",
    )
    assert changes_of(role.replacements.get())[0].note == "Ziek"


def test_other_tracked_models_need_nothing(land: Land, cast: dict[str, User]) -> None:
    change_area(area=land["bergen"], by=cast["steward"], name="Berg")
    change, _begin = changes_of(land["bergen"])
    assert (change.who, change.why, change.lines) == ("Steward", "naam gewijzigd", ["naam: Bergen → Berg"])
    indicator = make_indicator(land)
    indicator.hides_small, indicator.breaks, indicator.classes = True, [Decimal(1)], "fixed"
    save_indicator(indicator=indicator, by=cast["steward"])
    lines = changes_of(indicator)[0].lines
    assert any(line.endswith("nee → ja") for line in lines)
    assert any(line.endswith(": gewijzigd") for line in lines), "a list is not spelled out"
    assert changes_of(AreaSuccession()) == []


def test_changes_since(cast: dict[str, User], library: WorkLocation) -> None:
    seen = library.version
    change_location(location=library, by=cast["steward"], version=None, values={"name": "X"})
    change_location(location=library, by=cast["steward"], version=None, values={"name": "Y"})
    assert [change.lines for change in changes_since(library, seen)] == [
        ["naam: X → Y"],
        ["naam: Bibliotheek → X"],
    ]
    library.refresh_from_db()
    assert changes_since(library, library.version) == []
    assert changes_since(library, "2025-13-45T99:00") == changes_since(library, "x") == []
