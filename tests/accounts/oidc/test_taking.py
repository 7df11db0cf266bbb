"""What a sign-in at a provider gives and takes: its own roles, and no others."""

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import end_role
from accounts.actions.providers import RoleClaim, record_verification, speaking_for, sync_roles
from accounts.models import RoleAssignment, User, Verification
from accounts.models.verification import DAYS
from accounts.privacy import apply_retention
from tests.accounts.helpers import give
from tests.conftest import Land

Role = RoleAssignment.Role
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)):
        yield


def claim(
    land: Land, role: str = Role.AREA_WORKER, slug: str | None = "bergen",
    valid_from: dt.date | None = None, valid_until: dt.date | None = None,
) -> RoleClaim:  # fmt: skip
    return RoleClaim(role, land[slug] if slug else None, valid_from, valid_until)


def sync(land: Land, user: User, *claims: RoleClaim, provider: str = "staff") -> None:
    sync_roles(
        user=user,
        municipality=land.municipality,
        provider=provider,
        claimed=claims,
        by=speaking_for(provider),
    )


def held(user: User) -> list[tuple[str, str | None, dt.date, dt.date | None]]:
    """The roles of a person that have not ended, as they are read."""
    roles = (
        RoleAssignment.objects.of(user)
        .exclude(valid_until__lt=timezone.localdate())
        .order_by("role", "valid_from")
    )
    return [(r.role, r.area.slug if r.area else None, r.valid_from, r.valid_until) for r in roles]


def test_what_is_claimed_is_given_once(land: Land, cast: dict[str, User]) -> None:
    resident = cast["resident"]
    for _ in range(2):
        sync(land, resident, claim(land), claim(land, Role.MODERATOR, None))
    assert held(resident) == [
        (Role.AREA_WORKER, "bergen", TODAY, None),
        (Role.MODERATOR, None, TODAY, None),
    ]
    role = resident.roles.get(role=Role.MODERATOR)
    assert role.events.count() == 1, "the second time wrote nothing"  # type: ignore[attr-defined]
    assert role.events.get().pgh_context.metadata == {  # type: ignore[attr-defined]
        "why": "accounts.provider_roles",
        "operator": "identity provider staff",
        "provider": "staff",
    }


def test_what_is_claimed_no_more_ends_yesterday(land: Land, cast: dict[str, User]) -> None:
    resident = cast["resident"]
    given = give(resident, Role.AREA_WORKER, land, "bergen", provider="staff")
    stand_in = give(
        cast["neighbour"], Role.AREA_WORKER, land, "bergen", replaces=given, valid_until=dt.date(2026, 12, 31)
    )
    sync(land, resident)
    given.refresh_from_db()
    stand_in.refresh_from_db()
    assert given.valid_until == stand_in.valid_until == TODAY - dt.timedelta(days=1)


def test_what_was_given_today_by_mistake_never_was(land: Land, cast: dict[str, User]) -> None:
    sync(land, cast["resident"], claim(land))
    sync(land, cast["resident"])
    assert not cast["resident"].roles.exists()


def test_roles_that_others_gave_are_not_touched(land: Land, cast: dict[str, User]) -> None:
    worker = cast["worker_here"]
    give(worker, Role.MODERATOR, land, provider="other")
    before = list(worker.roles.order_by("pk").values())
    sync(land, worker)
    sync(land, worker, claim(land))  # held already, by hand
    assert list(worker.roles.order_by("pk").values()) == before


def test_a_first_and_a_last_day(land: Land, cast: dict[str, User]) -> None:
    resident, soon, late = cast["resident"], TODAY + dt.timedelta(days=9), TODAY + dt.timedelta(days=99)
    sync(land, resident, claim(land, valid_from=soon, valid_until=late))
    assert held(resident) == [(Role.AREA_WORKER, "bergen", soon, late)]
    sync(land, resident, claim(land, valid_from=dt.date(2020, 1, 1), valid_until=late))
    assert held(resident) == [(Role.AREA_WORKER, "bergen", TODAY, late)], "not longer ago than we know"
    sync(land, resident, claim(land, valid_until=TODAY - dt.timedelta(days=1)))
    assert held(resident) == []


def test_a_role_that_has_begun_keeps_its_first_day(land: Land, cast: dict[str, User]) -> None:
    resident = cast["resident"]
    give(resident, Role.AREA_WORKER, land, "bergen", provider="staff")
    sync(land, resident, claim(land))
    assert held(resident) == [(Role.AREA_WORKER, "bergen", dt.date(2025, 1, 1), None)]


def test_a_role_ended_by_hand_comes_back_while_the_claim_stands(land: Land, cast: dict[str, User]) -> None:
    """The page that ends it says so: it is ended at the provider."""
    resident = cast["resident"]
    sync(land, resident, claim(land))
    end_role(by=cast["administrator"], assignment=resident.roles.get(), last_day=TODAY, why="proef")
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)):
        sync(land, resident, claim(land))
        assert held(resident) == [(Role.AREA_WORKER, "bergen", dt.date(2026, 11, 23), None)]


@pytest.mark.django_db(transaction=True)
def test_the_same_person_in_two_windows_gets_each_role_once(land: Land, cast: dict[str, User]) -> None:
    def window(_number: int) -> None:
        try:
            sync(land, cast["resident"], claim(land), claim(land, Role.MODERATOR, None))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(window, range(4)))
    assert len(held(cast["resident"])) == 2


def vouch(
    land: Land, user: User, *, lives_here: bool = True, age_from: int = 16, provider: str = "residents"
) -> None:
    record_verification(
        user=user,
        municipality=land.municipality,
        provider=provider,
        lives_here=lives_here,
        age_from=age_from,
        by=speaking_for(provider),
    )


def test_the_newest_word_counts(land: Land, cast: dict[str, User]) -> None:
    resident = cast["resident"]
    vouch(land, resident)
    vouch(land, resident, age_from=18, provider="other")
    assert Verification.objects.values_list("lives_here", "age_from", "provider").get() == (True, 18, "other")
    vouch(land, resident, lives_here=False, age_from=0)
    assert not Verification.objects.exists()


def test_a_checked_fact_counts_for_a_year_and_goes_then(land: Land, cast: dict[str, User]) -> None:
    vouch(land, cast["resident"])
    with time_machine.travel(timezone.now() + dt.timedelta(days=DAYS - 1)):
        assert Verification.objects.current().exists()
        apply_retention()
        assert Verification.objects.exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=DAYS + 1)):
        assert not Verification.objects.current().exists()
        apply_retention()
        assert not Verification.objects.exists()


def test_a_fact_that_says_nothing_is_not_kept(land: Land, cast: dict[str, User]) -> None:
    values = {
        "municipality": land.municipality,
        "provider": "x",
        "lives_here": False,
        "verified_at": timezone.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.create(user=cast["resident"], age_from=0, **values)
