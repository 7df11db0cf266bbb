"""Being away: who stands in gets what the absent one may, on those days only, and nothing more."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.absences import reached, reached_all, working
from accounts.actions import change_absence, end_absence, note_absence, set_working_week
from accounts.models import Absence, RoleAssignment, User
from accounts.reach import as_seen_by, held_by, standing_in, works_on
from core.verbs import Refused
from core.waiting import WaitingEntry, WaitingSource, waiting_sources
from tests.accounts.helpers import FIRST, give
from tests.conftest import OPERATOR, Land, make_municipality

Role = RoleAssignment.Role
DAY = dt.timedelta(days=1)


def acts_for(person: User, on: dt.date | None = None) -> set[int]:
    """Whose work of a person rather than of a role somebody may do: here the roles stand for any such rows."""
    return set(RoleAssignment.objects.filter(works_on(person, on=on)).values_list("user", flat=True))


def away(land: Land, user: User, deputy: User | None, **fields: Any) -> Absence:
    """An absence of today and tomorrow, as the person notes it."""
    today = timezone.localdate()
    values = {"by": user, "first": today, "last": today + DAY, **fields}
    return note_absence(user=user, municipality=land.municipality, deputy=deputy, **values)


def may_work_in(person: User, land: Land, slug: str) -> bool:
    """Whether a person may change what is in an area, asked anew."""
    fresh = User.objects.get(pk=person.pk)
    return any(one.role == Role.AREA_WORKER and land[slug].pk in (one.areas or ()) for one in held_by(fresh))


def test_the_deputy_may_what_the_absent_one_may(land: Land, cast: dict[str, User]) -> None:
    deputy = cast["worker_elsewhere"]
    assert not may_work_in(deputy, land, "bergen")
    away(land, cast["worker_here"], deputy)
    assert may_work_in(deputy, land, "bergen")
    assert may_work_in(deputy, land, "dalen"), "and keeps their own"
    assert may_work_in(cast["worker_here"], land, "bergen"), "and so does who is away"
    assert {one.instead_of for one in held_by(deputy)} == {None, cast["worker_here"].pk}


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True), (2, False)])
def test_on_these_days_and_no_other(land: Land, cast: dict[str, User], days: int, counts: bool) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    on = timezone.localdate() + days * DAY
    assert any(one.instead_of for one in held_by(cast["worker_elsewhere"], on)) is counts
    assert bool(standing_in(cast["worker_elsewhere"], on)) is counts
    assert (cast["worker_here"].pk in acts_for(cast["worker_elsewhere"], on)) is counts


def test_who_is_back_is_stood_in_for_no_more(land: Land, cast: dict[str, User]) -> None:
    absence = away(land, cast["worker_here"], cast["worker_elsewhere"])
    end_absence(by=cast["worker_here"], absence=absence)
    assert not may_work_in(cast["worker_elsewhere"], land, "bergen")
    assert not Absence.objects.exists(), "it began today"
    with pytest.raises(Refused):
        end_absence(by=cast["worker_here"], absence=absence)


def test_a_role_that_ends_ends_for_the_deputy_too(land: Land, cast: dict[str, User]) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    cast["worker_here"].roles.update(valid_until=timezone.localdate() - DAY)
    assert not may_work_in(cast["worker_elsewhere"], land, "bergen")


def test_nobody_stands_in_for_who_is_blocked(land: Land, cast: dict[str, User], settings: Settings) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    User.objects.filter(pk=cast["worker_here"].pk).update(is_active=False)
    assert not may_work_in(cast["worker_elsewhere"], land, "bergen")
    assert acts_for(cast["worker_elsewhere"]) == {cast["worker_elsewhere"].pk}
    User.objects.filter(pk=cast["worker_here"].pk).update(is_active=True, is_demo=True)
    settings.DEMO = False
    assert not may_work_in(cast["worker_elsewhere"], land, "bergen")


def test_who_has_left_stands_in_for_nobody(land: Land, cast: dict[str, User]) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    cast["worker_elsewhere"].roles.update(valid_until=timezone.localdate() - DAY)
    assert not held_by(cast["worker_elsewhere"])
    assert not standing_in(cast["worker_elsewhere"])


def test_only_with_the_second_factor(land: Land, cast: dict[str, User]) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    cast["worker_elsewhere"].roles_withheld = True
    assert not held_by(cast["worker_elsewhere"])
    assert not acts_for(cast["worker_elsewhere"])
    assert not RoleAssignment.objects.filter(works_on(AnonymousUser())).exists()


def test_an_absence_counts_in_its_municipality(land: Land, cast: dict[str, User]) -> None:
    other = make_municipality(slug="elders", name="Elders", code="88888")
    for person in (cast["worker_here"], cast["worker_elsewhere"]):
        RoleAssignment.objects.create(user=person, role=Role.MODERATOR, municipality=other, valid_from=FIRST)
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    assert not any(
        one.instead_of and one.municipality_id == other.pk for one in held_by(cast["worker_elsewhere"])
    )
    found = RoleAssignment.objects.filter(works_on(cast["worker_elsewhere"]), user=cast["worker_here"])
    assert {one.municipality_id for one in found} == {land.municipality.pk}


def test_a_deputy_is_no_administrator(land: Land, cast: dict[str, User]) -> None:
    give(cast["administrator"], Role.MODERATOR, land)
    away(land, cast["administrator"], cast["worker_here"])
    held = {one.role for one in held_by(cast["worker_here"]) if one.instead_of}
    assert held == {Role.MODERATOR}
    assert not cast["worker_here"].has_perm("accounts.manage_roles", land.municipality)


def test_what_one_got_by_standing_in_goes_no_further(land: Land, cast: dict[str, User]) -> None:
    """Dalen's worker stands in for Bergen's, and is then away themself: the next deputy gets Dalen only."""
    first, second, third = cast["worker_here"], cast["worker_elsewhere"], cast["moderator"]
    today = timezone.localdate()
    away(land, first, second, last=today + 3 * DAY)
    away(land, second, third, first=today + DAY, last=today + 2 * DAY)
    on = today + DAY
    reached_by_third = {area for one in held_by(third, on) if one.instead_of for area in one.areas or ()}
    assert reached_by_third == {land["dalen"].pk}
    assert acts_for(third, on) == {third.pk, second.pk}


def test_a_replacement_goes_no_further(land: Land, cast: dict[str, User]) -> None:
    role = cast["worker_here"].roles.get()
    give(
        cast["worker_elsewhere"], Role.AREA_WORKER, land, "bergen", replaces=role,
        valid_until=timezone.localdate() + 30 * DAY,
    )  # fmt: skip
    away(land, cast["worker_elsewhere"], cast["moderator"])
    areas = {area for one in held_by(cast["moderator"]) if one.instead_of for area in one.areas or ()}
    assert areas == {land["dalen"].pk}


def test_a_role_of_a_provider_passes_in_a_session_of_that_provider_only(
    land: Land, cast: dict[str, User]
) -> None:
    cast["worker_here"].roles.update(provider="staff")
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    deputy = User.objects.get(pk=cast["worker_elsewhere"].pk)
    deputy.came_through = frozenset()
    assert not any(one.instead_of for one in held_by(deputy))
    deputy.came_through = frozenset({"staff"})
    assert any(one.instead_of for one in held_by(deputy))


def test_nobody_stands_in_for_themself(land: Land, cast: dict[str, User]) -> None:
    with pytest.raises(ValidationError, match="zichzelf"):
        away(land, cast["worker_here"], cast["worker_here"])
    today = timezone.localdate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(
            user=cast["worker_here"], deputy=cast["worker_here"], municipality=land.municipality,
            first=today, last=today,
        )  # fmt: skip


def test_two_do_not_stand_in_for_each_other(land: Land, cast: dict[str, User]) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    with pytest.raises(Refused) as refused:
        away(land, cast["worker_elsewhere"], cast["worker_here"], first=timezone.localdate() + DAY)
    assert refused.value.code == "away"
    assert "deputy" in refused.value.message_dict


def test_who_is_away_when_named_is_refused_when_changed_too(land: Land, cast: dict[str, User]) -> None:
    absence = away(land, cast["worker_here"], None)
    away(land, cast["moderator"], None)
    with pytest.raises(Refused, match="is ook weg"):
        change_absence(by=cast["worker_here"], absence=absence, last=absence.last, deputy=cast["moderator"])


@pytest.mark.parametrize("deputy", ["resident", "neighbour", "council_member"])
def test_a_deputy_works_here(land: Land, cast: dict[str, User], deputy: str) -> None:
    with pytest.raises(Refused) as refused:
        away(land, cast["worker_here"], cast[deputy])
    assert refused.value.code == "no_role"


def test_a_deputy_has_an_open_account(land: Land, cast: dict[str, User]) -> None:
    User.objects.filter(pk=cast["moderator"].pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        away(land, cast["worker_here"], cast["moderator"])
    assert "deputy" in refused.value.message_dict


def test_an_administrator_notes_it_for_others_but_never_names_themself(
    land: Land, cast: dict[str, User]
) -> None:
    by = cast["administrator"]
    with pytest.raises(Refused) as refused:
        away(land, cast["worker_here"], by, by=by)
    assert refused.value.code == "oneself"
    absence = away(land, cast["worker_here"], cast["moderator"], by=by)
    with pytest.raises(Refused):
        change_absence(by=by, absence=absence, last=absence.last, deputy=by)


@pytest.mark.parametrize("part", ["moderator", "worker_elsewhere", "resident"])
def test_nobody_else_notes_it(land: Land, cast: dict[str, User], part: str) -> None:
    with pytest.raises(PermissionDenied):
        away(land, cast["worker_here"], cast[part], by=cast[part])
    absence = away(land, cast["worker_here"], cast["moderator"])
    with pytest.raises(PermissionDenied):
        change_absence(by=cast[part], absence=absence, last=absence.last + 100 * DAY, deputy=cast[part])
    with pytest.raises(PermissionDenied):
        end_absence(by=cast[part], absence=absence)


@pytest.mark.parametrize(
    ("first", "last", "field"), [(0, -1, "last"), (9, 5, "last"), (-9, -8, "last"), (1, 2, "__all__")]
)
def test_periods_that_make_no_sense(
    land: Land, cast: dict[str, User], first: int, last: int, field: str
) -> None:
    away(land, cast["worker_here"], None)
    today = timezone.localdate()
    with pytest.raises(ValidationError) as refused:
        away(land, cast["worker_here"], None, first=today + first * DAY, last=today + last * DAY)
    assert set(refused.value.message_dict) & {field, "last"}


def test_a_resident_is_not_away(land: Land, cast: dict[str, User]) -> None:
    with pytest.raises(Refused, match="geen rol"):
        away(land, cast["resident"], None)


def test_an_absence_that_began_keeps_its_first_day(land: Land, cast: dict[str, User]) -> None:
    absence = away(land, cast["worker_here"], None)
    with pytest.raises(Refused) as refused:
        change_absence(
            by=cast["worker_here"], absence=absence, first=absence.first + DAY, last=absence.last + DAY
        )
    assert refused.value.code == "begun"
    longer = change_absence(by=cast["worker_here"], absence=absence, last=absence.last + 9 * DAY)
    assert longer.last == absence.last + 9 * DAY


def test_an_absence_of_before_ends_yesterday(land: Land, cast: dict[str, User]) -> None:
    today = timezone.localdate()
    absence = away(land, cast["worker_here"], None, first=today - 3 * DAY)
    end_absence(by=cast["worker_here"], absence=absence)
    absence.refresh_from_db()
    assert absence.last == today - DAY


def test_it_costs_no_query_more(
    land: Land, cast: dict[str, User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    deputy = User.objects.get(pk=cast["worker_elsewhere"].pk)
    deputy.roles_kept, deputy.absences_kept = {}, {}
    with django_assert_num_queries(2):
        held_by(deputy)
        held_by(deputy)
    with django_assert_num_queries(1):
        works_on(deputy)
        standing_in(deputy)


@pytest.fixture
def task(cast: dict[str, User]) -> Any:
    """Something that waits for the worker of Bergen, and something that waits for them alone."""

    def mine(*, user: Any, municipality: Any, today: dt.date) -> list[WaitingEntry]:
        entry = WaitingEntry(title="Beantwoord de brief", url="/brief/", kind="Brief")
        return [entry] if user.pk == cast["worker_here"].pk else []

    def private(*, user: Any, municipality: Any, today: dt.date) -> list[WaitingEntry]:
        return [WaitingEntry(title=f"Eigen {user.name}", url="/eigen/", kind="Eigen")]

    waiting_sources.register(WaitingSource(name="tests.letter", title="Brief", waiting=mine))
    waiting_sources.register(WaitingSource(name="tests.own", title="Eigen", waiting=private, passes=False))
    yield
    waiting_sources.unregister("tests.letter")
    waiting_sources.unregister("tests.own")


def waits(client: Client) -> str:
    """The page “Voor jou”."""
    return client.get("/mijn/", headers={"accept-language": "nl"}).content.decode()


def test_what_waits_for_the_absent_one_waits_for_the_deputy(
    land: Land, cast: dict[str, User], as_part: Callable[[str], Client], task: None
) -> None:
    assert "Beantwoord de brief" not in waits(as_part("worker_elsewhere"))
    away(land, cast["worker_here"], cast["worker_elsewhere"])
    html = waits(as_part("worker_elsewhere"))
    assert "Beantwoord de brief" in html
    assert "Voor Worker Here, die weg is tot en met" in html
    assert "Eigen Worker Elsewhere" in html
    assert "Eigen Worker Here" not in html
    own = waits(as_part("worker_here"))
    assert "Beantwoord de brief" in own
    assert "die weg is" not in own
    assert "Worker Elsewhere krijgt je herinneringen" in own


def test_what_a_deputy_sees_of_an_administrator(land: Land, cast: dict[str, User]) -> None:
    seen = as_seen_by(cast["worker_here"], cast["administrator"])
    assert not seen.has_perm("accounts.manage_roles", land.municipality)


def test_whom_to_call(land: Land, cast: dict[str, User]) -> None:
    worker, deputy = cast["worker_here"], cast["worker_elsewhere"]
    assert reached(worker, land.municipality).person == worker
    away(land, worker, deputy)
    found = reached(worker, land.municipality)
    assert (found.person, found.stands_in) == (deputy, True)
    later = reached(worker, land.municipality, timezone.localdate() + 2 * DAY)
    assert (later.person, later.stands_in) == (worker, False)
    deputy.roles.update(valid_until=timezone.localdate() - DAY)
    left = reached(worker, land.municipality)
    assert (left.person, left.stands_in) == (worker, False)
    deputy.roles.update(valid_until=None)
    User.objects.filter(pk=deputy.pk).update(is_active=False)
    closed = reached_all([worker, deputy], land.municipality)[worker.pk]
    assert (closed.person, closed.stands_in) == (worker, False)
    assert closed.absence is not None


def test_working_days(land: Land, cast: dict[str, User]) -> None:
    friday, saturday, monday = dt.date(2026, 11, 27), dt.date(2026, 11, 28), dt.date(2026, 11, 30)
    worker, steward = cast["worker_here"], cast["steward"]
    both = {worker.pk, steward.pk}
    assert working([worker, steward], friday) == working([worker, steward], monday) == both
    assert working([worker, steward], saturday) == set()
    set_working_week(by=worker, user=worker, weekdays=[6, 5, 5])
    assert working([worker, steward], friday) == both
    assert working([worker, steward], saturday) == {worker.pk}
    assert working([worker, steward], monday) == {steward.pk}
    for wrong in ([], [0], [8]):
        with pytest.raises(ValidationError):
            set_working_week(by=worker, user=worker, weekdays=wrong)
    with pytest.raises(PermissionDenied):
        set_working_week(by=cast["administrator"], user=worker, weekdays=[1])


def test_the_pages(land: Land, cast: dict[str, User], as_part: Callable[[str], Client]) -> None:
    client, today = as_part("worker_here"), timezone.localdate()
    sent = {"first": f"{today:%-d-%-m-%Y}", "last": "31-2-2027", "deputy": cast["moderator"].pk}
    answer = client.post("/account/afwezig/nieuw/", sent, headers={"accept-language": "nl"})
    assert answer.status_code == 422
    assert "31-2-2027" in answer.content.decode(), "what was typed stays"
    answer = client.post("/account/afwezig/nieuw/", {**sent, "last": f"{today + DAY:%-d-%-m-%Y}"})
    assert answer.status_code == 302
    html = client.get("/account/afwezig/", headers={"accept-language": "nl"}).content.decode()
    assert "Moderator vervangt je" in html
    other = as_part("moderator").get("/account/afwezig/", headers={"accept-language": "nl"}).content.decode()
    assert "Je vervangt" in other
    assert "Worker Here" in other
    absence = Absence.objects.get()
    assert client.post("/account/werkdagen/", {"weekdays": ["1", "2"]}).status_code == 302
    assert (
        "maandag, dinsdag"
        in client.get("/account/afwezig/", headers={"accept-language": "nl"}).content.decode().lower()
    )
    listed = as_part("administrator").get("/account/afwezigen/").content.decode()
    assert "Worker Here" in listed
    assert client.post(f"/account/afwezig/{absence.uuid}/einde/").status_code == 302
    assert not Absence.objects.exists()


def test_by_an_operator(land: Land, cast: dict[str, User]) -> None:
    assert away(land, cast["worker_here"], cast["moderator"], by=OPERATOR).first >= FIRST
