"""The verbs of councils and of who sits in them: what they refuse, and what they leave as it was."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import RoleAssignment, User
from councils.actions.councils import (
    change_basis,
    change_term,
    choose_rule,
    end_places,
    found_council,
    set_places,
)
from councils.actions.members import appoint, change_hindrance, end_member, give_office, hinder
from councils.actions.people import add_person, change_person
from councils.composition import Verdict, judge
from councils.models import Council, Hindrance, Membership, Seat
from councils.rulesets import rule
from tests.conftest import Land
from tests.councils.made import FIRST, make_council, make_member, make_person, make_seat

DECISION = {"decided_on": dt.date(2025, 12, 15), "decision_number": "2025/99"}
JUNE = dt.date(2026, 6, 1)


@pytest.fixture
def council(land: Land) -> Council:
    return make_council(land.municipality, land["bergen"])


@pytest.fixture
def secretary(cast: dict[str, User]) -> User:
    return cast["secretary"]


def values(council: Council, **more: Any) -> dict[str, Any]:
    """Somebody new from June on."""
    asked = {
        "person": make_person(council.municipality),
        "seat": council.seats.get(mandate="member"),
        "first_on": JUNE,
    }
    return {**asked, **DECISION, **more}


def test_a_founded_council_names_the_decision(land: Land, cast: dict[str, User]) -> None:
    asked: dict[str, Any] = {
        "name": "Nieuw",
        "kind": "advisory",
        "basis": "founded",
        "rules": "be",
        "works": "light",
    }
    with pytest.raises(ValidationError, match="noemt dat besluit"):
        found_council(municipality=land.municipality, values=asked, areas=[], by=cast["steward"])
    asked |= {"founded_on": FIRST, "founding_number": "2024/12"}
    one = found_council(municipality=land.municipality, values=asked, areas=[], by=cast["steward"])
    other = found_council(municipality=land.municipality, values=asked, areas=[], by=cast["steward"])
    assert (one.slug, other.slug) == ("nieuw-2", "nieuw-3")  # /raden/nieuw/ is another page


def test_the_secretary_does_not_found_or_move_a_council(
    council: Council, secretary: User, land: Land
) -> None:
    with pytest.raises(PermissionDenied):
        change_basis(council=council, values={}, areas=[land["dalen"]], by=secretary)


def test_an_appointment_names_a_decision_or_says_that_there_is_none(
    council: Council, secretary: User
) -> None:
    nothing = {"decided_on": None, "decision_number": ""}
    with pytest.raises(ValidationError, match="dag van het besluit"):
        appoint(council=council, values=values(council, **nothing), by=secretary)
    with pytest.raises(ValidationError, match="nummer of het adres"):
        appoint(council=council, values=values(council, decision_number=""), by=secretary)
    with pytest.raises(ValidationError, match="kies een van beide"):
        appoint(council=council, values=values(council), by=secretary, without_decision=True)
    member = appoint(council=council, values=values(council, **nothing), by=secretary, without_decision=True)
    assert not member.has_decision


def test_rule_1_2_nobody_is_appointed_outside_a_term(council: Council, secretary: User) -> None:
    council.terms.update(last_on=dt.date(2026, 12, 31))
    with pytest.raises(ValidationError, match="geen zittingsperiode"):
        appoint(council=council, values=values(council, first_on=dt.date(2027, 1, 1)), by=secretary)
    with pytest.raises(ValidationError, match="eindigt voor deze dag"):
        appoint(council=council, values=values(council, last_on=dt.date(2027, 1, 1)), by=secretary)
    member = appoint(council=council, values=values(council), by=secretary, office="chair")
    assert member.last_on == member.offices.get().last_on == dt.date(2026, 12, 31)
    with pytest.raises(ValidationError, match="buiten de periode"):
        change_term(term=council.terms.get(), first_on=FIRST, last_on=dt.date(2026, 11, 30), by=secretary)


def test_rule_2_3_the_database_refuses_a_second_mandate_at_a_time(council: Council, secretary: User) -> None:
    member = make_member(council)
    with pytest.raises(ValidationError, match="in deze dagen"):
        appoint(council=council, values=values(council, person=member.person), by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(council=council, person=member.person, seat=member.seat, first_on=JUNE)
    other = make_council(council.municipality)
    assert appoint(council=other, values=values(other, person=member.person), by=secretary_of(other)).pk


def secretary_of(council: Council) -> Any:
    """Somebody who keeps a council because they write for it."""
    user = User.objects.create(email=f"{council.slug}@proefdorp.example")
    RoleAssignment.objects.create(
        user=user, role=RoleAssignment.Role.COLLEAGUE, municipality=council.municipality, valid_from=FIRST
    )
    make_member(council, user=user, office="secretary")
    return user


def test_who_writes_for_a_council_keeps_that_one_alone(council: Council) -> None:
    writer, other = secretary_of(council), make_council(council.municipality)
    assert appoint(council=council, values=values(council), by=writer).pk
    with pytest.raises(PermissionDenied):
        appoint(council=other, values=values(other), by=writer)


def test_another_number_of_places_leaves_the_past_and_the_members(council: Council, secretary: User) -> None:
    for _number in range(3):
        make_member(council)
    set_places(council=council, mandate="member", name="", least=4, most=6, first_on=JUNE, by=secretary)
    seats = [(one.least, one.most, one.first_on, one.last_on) for one in council.seats.order_by("first_on")]
    assert seats == [(0, 12, FIRST, dt.date(2026, 5, 31)), (4, 6, JUNE, None)]
    seen = [judge(council, day).of("seats") for day in (JUNE - dt.timedelta(days=1), JUNE)]
    assert [one.verdict for one in seen if one] == [Verdict.MET, Verdict.NOT_MET]
    with pytest.raises(ValidationError, match="nog iemand"):
        end_places(seat=council.seats.get(first_on=JUNE), last_on=JUNE, by=secretary)


def test_rule_1_16_a_replacement_comes_with_the_hindrance_or_later(council: Council, secretary: User) -> None:
    member, other = make_member(council), make_member(council, mandate="substitute")
    with pytest.raises(ValidationError, match="eerste dag van de verhindering"):
        hinder(member=member, first_on=JUNE, replacement=other, replaced_from=FIRST, by=secretary)
    with pytest.raises(ValidationError, match="al een stem"):
        hinder(member=member, first_on=JUNE, replacement=make_member(council), by=secretary)
    hindrance = hinder(member=member, first_on=JUNE, replacement=other, by=secretary)
    assert hindrance.replaced_from == JUNE
    change_hindrance(hindrance=hindrance, last_on=JUNE, by=secretary)
    assert Hindrance.objects.get().replacement is None


def test_rule_1_16_the_database_refuses_an_early_replacement(council: Council) -> None:
    member, other = make_member(council), make_member(council, mandate="substitute")
    with pytest.raises(IntegrityError), transaction.atomic():
        Hindrance.objects.create(membership=member, first_on=JUNE, replacement=other, replaced_from=FIRST)


def test_who_leaves_takes_no_office_or_place_along(council: Council, secretary: User) -> None:
    member, other = make_member(council, office="chair"), make_member(council, mandate="substitute")
    away = make_member(council)
    hinder(member=away, first_on=FIRST, replacement=other, by=secretary)
    end_member(member=member, last_on=JUNE, ended="resigned", by=secretary)
    end_member(member=other, last_on=JUNE, ended="resigned", by=secretary)
    assert member.offices.get().last_on == JUNE
    first, then = Hindrance.objects.order_by("first_on")
    assert (first.replacement, first.last_on) == (other, JUNE)
    assert (then.replacement, then.first_on) == (None, JUNE + dt.timedelta(days=1))
    with pytest.raises(ValidationError, match="voor de eerste"):
        end_member(member=away, last_on=dt.date(2024, 1, 1), ended="other", by=secretary)


def test_a_new_chair_ends_the_office_of_the_one_before(council: Council, secretary: User) -> None:
    one, other = make_member(council, office="chair"), make_member(council)
    give_office(member=other, kind="chair", first_on=JUNE, by=secretary)
    assert one.offices.get().last_on == JUNE - dt.timedelta(days=1)


def test_an_own_rule_has_days_and_the_set_holds_outside_them(council: Council, secretary: User) -> None:
    choose_rule(council=council, rule="answer_days", value=30, first_on=JUNE, source="art. 5", by=secretary)
    assert [rule(council, "answer_days", day) for day in (FIRST, JUNE)] == [40, 30]
    with pytest.raises(ValidationError, match="kan niet bij deze regel"):
        choose_rule(council=council, rule="tie", value="munt", first_on=JUNE, source="art. 5", by=secretary)
    with pytest.raises(ValidationError, match="bestaat niet"):
        choose_rule(council=council, rule="weer", value=1, first_on=JUNE, source="art. 5", by=secretary)


def test_gender_is_written_by_who_may_know_it(
    council: Council, cast: dict[str, User], secretary: User
) -> None:
    person = make_member(council).person
    change_person(person=person, values={"gender": "f"}, by=secretary)
    for part in ("steward", "administrator", "worker_here"):
        with pytest.raises(PermissionDenied):
            change_person(person=person, values={"gender": "m"}, by=cast[part])
    with pytest.raises(PermissionDenied):
        add_person(council=council, values={"name": "Lid", "gender": "f"}, by=cast["steward"])
    assert add_person(council=council, values={"name": "Lid"}, by=cast["steward"]).gender == ""


def test_a_seat_that_is_not_there_yet_is_given_to_nobody(council: Council, secretary: User) -> None:
    seat = make_seat(council, "observer", first_on=dt.date(2027, 1, 1))
    with pytest.raises(ValidationError, match="nog niet op de eerste dag"):
        appoint(council=council, values=values(council, seat=seat), by=secretary)
    assert Seat.objects.filter(pk=seat.pk).exists()
