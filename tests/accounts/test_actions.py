"""Giving, ending and replacing roles; inviting and taking up."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from pghistory.models import Context
from pytest_django import Settings

from accounts.actions import (
    accept_invitation,
    end_role,
    give_role,
    invite,
    replace_role,
    resend_invitation,
    revoke_invitation,
)
from accounts.actions.invitations import checksum, holder_of
from accounts.models import Invitation, RoleAssignment, User
from areas.models import Municipality
from core.verbs import Participant, Refused
from tests.accounts.helpers import FIRST, PASSWORD, browser, give, link_in_mail
from tests.conftest import OPERATOR, Land, make_municipality

Role = RoleAssignment.Role
SITE = "https://proefdorp.example/"


def give_worker(land: Land, cast: dict[str, User], **changes: Any) -> RoleAssignment:
    values: dict[str, Any] = {
        "by": cast["administrator"], "user": cast["neighbour"], "role": Role.AREA_WORKER,
        "municipality": land.municipality, "area": land["bergen"], "valid_from": FIRST, "why": "new team",
        **changes,
    }  # fmt: skip
    return give_role(**values)


def send(land: Land, cast: dict[str, User], **changes: Any) -> Invitation:
    values: dict[str, Any] = {
        "by": cast["administrator"], "municipality": land.municipality, "email": "Nieuw@Proefdorp.example",
        "name": "Nina Nieuw", "role": Role.AREA_WORKER, "area": land["dalen"], "valid_from": FIRST,
        "why": "vacancy", "site": SITE, **changes,
    }  # fmt: skip
    return invite(**values)


def token_in_mail() -> str:
    return link_in_mail().rstrip("/").rsplit("/", 1)[-1]


def test_a_role_is_given_with_who_and_why_in_its_history(land: Land, cast: dict[str, User]) -> None:
    assignment = give_worker(land, cast)
    assert cast["neighbour"].roles.get() == assignment
    (event,) = assignment.events.all()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["note"] == "new team"


@pytest.mark.parametrize("part", ["resident", "worker_here", "moderator", "alderman", "steward", "secretary"])
def test_only_administrators_give_end_replace_and_invite(
    land: Land, cast: dict[str, User], part: str
) -> None:
    by, role = cast[part], cast["alderman"].roles.get()
    with pytest.raises(PermissionDenied):
        give_worker(land, cast, by=by)
    with pytest.raises(PermissionDenied):
        end_role(by=by, assignment=role, last_day=timezone.localdate(), why="x")
    with pytest.raises(PermissionDenied):
        replace_role(
            by=by, assignment=role, user=cast["neighbour"], valid_from=FIRST, valid_until=FIRST, why="x"
        )
    with pytest.raises(PermissionDenied):
        send(land, cast, by=by)
    assert not mail.outbox


def test_administrator_of_elsewhere_gives_nothing_here(land: Land, cast: dict[str, User]) -> None:
    elsewhere = make_municipality(slug="elders", code="88888")
    RoleAssignment.objects.create(
        user=cast["resident"], role=Role.ADMINISTRATOR, municipality=elsewhere, valid_from=FIRST
    )
    with pytest.raises(PermissionDenied):
        give_worker(land, cast, by=cast["resident"])
    with pytest.raises(ValidationError, match=r"gemeente|municipality"):
        give_worker(land, cast, by=cast["resident"], municipality=elsewhere)


def test_nobody_gives_themself_a_role(land: Land, cast: dict[str, User]) -> None:
    administrator = cast["administrator"]
    with pytest.raises(Refused) as refusal:
        give_worker(land, cast, user=administrator)
    assert refusal.value.code == "oneself"
    with pytest.raises(Refused):
        replace_role(
            by=administrator, assignment=cast["alderman"].roles.get(), user=administrator,
            valid_from=FIRST, valid_until=FIRST, why="x",
        )  # fmt: skip
    with pytest.raises(Refused):
        send(land, cast, email=administrator.email.upper())


def test_the_same_role_twice_at_a_time_is_refused(land: Land, cast: dict[str, User]) -> None:
    give_worker(land, cast)
    with pytest.raises(ValidationError):
        give_worker(land, cast, valid_from=FIRST + dt.timedelta(days=30))


def test_an_administrator_has_no_area(land: Land, cast: dict[str, User]) -> None:
    with pytest.raises(ValidationError):
        give_worker(land, cast, role=Role.ADMINISTRATOR)


def test_closed_and_demo_accounts_get_no_role(land: Land, cast: dict[str, User], settings: Settings) -> None:
    settings.DEMO = False
    User.objects.filter(pk=cast["neighbour"].pk).update(is_demo=True)
    cast["neighbour"].refresh_from_db()
    with pytest.raises(Refused) as refusal:
        give_worker(land, cast)
    assert refusal.value.code == "demo"
    settings.DEMO = True
    give_worker(land, cast)
    User.objects.filter(pk=cast["resident"].pk).update(is_active=False)
    with pytest.raises(Refused) as refusal:
        give_worker(land, cast, user=cast["resident"])
    assert refusal.value.code == "closed"


def test_a_role_ends_after_its_last_day(land: Land, cast: dict[str, User]) -> None:
    role, today = cast["alderman"].roles.get(), timezone.localdate()
    end_role(by=cast["administrator"], assignment=role, last_day=today, why="election")
    role.refresh_from_db()
    assert role.valid_until == today
    assert role in RoleAssignment.objects.current()
    assert role not in RoleAssignment.objects.current(today + dt.timedelta(days=1))


def test_what_has_not_started_by_then_goes(land: Land, cast: dict[str, User]) -> None:
    today = timezone.localdate()
    role = give_worker(land, cast, valid_from=today + dt.timedelta(days=9))
    end_role(by=cast["administrator"], assignment=role, last_day=today, why="mistake")
    assert not RoleAssignment.objects.filter(pk=role.pk).exists()


def test_an_ended_role_is_not_ended_again_nor_made_longer(land: Land, cast: dict[str, User]) -> None:
    role = give_worker(land, cast, valid_until=FIRST)
    with pytest.raises(Refused) as refusal:
        end_role(by=cast["administrator"], assignment=role, last_day=timezone.localdate(), why="x")
    assert refusal.value.code == "ended"
    today = timezone.localdate()
    role = give_worker(land, cast, user=cast["resident"], valid_until=today)
    with pytest.raises(Refused) as refusal:
        end_role(by=cast["administrator"], assignment=role, last_day=today + dt.timedelta(days=1), why="x")
    assert refusal.value.code == "later"


def test_a_replacement_ends_with_what_it_replaces(land: Land, cast: dict[str, User]) -> None:
    today = timezone.localdate()
    role = cast["worker_here"].roles.get()
    stand_in = replace_role(
        by=cast["administrator"], assignment=role, user=cast["neighbour"],
        valid_from=today, valid_until=today + dt.timedelta(days=30), why="leave",
    )  # fmt: skip
    assert (stand_in.area, stand_in.role, stand_in.replaces) == (land["bergen"], Role.AREA_WORKER, role)
    end_role(by=cast["administrator"], assignment=role, last_day=today, why="left")
    stand_in.refresh_from_db()
    assert stand_in.valid_until == today


@pytest.mark.parametrize("days", [(-9000, 1), (0, 9000)])
def test_a_replacement_lasts_no_longer_than_the_role(
    land: Land, cast: dict[str, User], days: tuple[int, int]
) -> None:
    today = timezone.localdate()
    role = give_worker(land, cast, valid_until=today + dt.timedelta(days=99))
    first, last = (today + dt.timedelta(days=n) for n in days)
    with pytest.raises(Refused) as refusal:
        replace_role(
            by=cast["administrator"], assignment=role, user=cast["resident"],
            valid_from=first, valid_until=last, why="x",
        )  # fmt: skip
    assert refusal.value.code == "outside_period"


def test_the_last_administrator_stays(land: Land, cast: dict[str, User]) -> None:
    today = timezone.localdate()
    role = cast["administrator"].roles.get()

    def end(last_day: dt.date = today) -> None:
        end_role(by=cast["administrator"], assignment=role, last_day=last_day, why="x")

    with pytest.raises(Refused):
        end()
    give(cast["resident"], Role.ADMINISTRATOR, land, valid_until=today + dt.timedelta(days=9))
    with pytest.raises(Refused):  # another one, but not for good
        end()
    give(cast["neighbour"], Role.ADMINISTRATOR, land, valid_from=today + dt.timedelta(days=2))
    with pytest.raises(Refused):  # a day between the two without anybody
        end()
    end(today + dt.timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other_at_once(land: Land) -> None:
    pair = [User.objects.create_user(f"{n}@proefdorp.example") for n in "ab"]
    roles = [give(user, Role.ADMINISTRATOR, land) for user in pair]

    def end(by: User, role: RoleAssignment) -> bool:
        try:
            end_role(by=by, assignment=role, last_day=timezone.localdate(), why="x")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(end, pair, roles[::-1]))
    assert sorted(ended) == [False, True]
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert RoleAssignment.objects.lasting_administrators(land.municipality, tomorrow).count() == 1


def whoever_holds_it() -> Participant:
    return holder_of(Invitation.objects.latest("pk"))


def test_an_invitation_keeps_a_checksum_only(land: Land, cast: dict[str, User]) -> None:
    invitation = send(land, cast)
    token = token_in_mail()
    assert mail.outbox[0].to == ["nieuw@proefdorp.example"]
    assert mail.outbox[0].subject == "Werk mee aan de gebieden van Proefdorp"
    assert invitation.token_hash == checksum(token)
    assert token not in str(Invitation.objects.values().get())
    assert not any(token in str(row) for row in Context.objects.values_list("metadata", flat=True))


def test_a_new_person_takes_up_the_role_once(land: Land, cast: dict[str, User]) -> None:
    send(land, cast)
    token = token_in_mail()
    role = accept_invitation(token=token, by=whoever_holds_it(), name="Nina", password=PASSWORD)
    assert (role.user.email, role.user.name, role.area) == ("nieuw@proefdorp.example", "Nina", land["dalen"])
    assert role.user.check_password(PASSWORD)
    told = role.events.get().pgh_context.metadata  # type: ignore[attr-defined]
    assert (told["user"], told["why"], told["note"]) == (
        role.user.pk,
        "accounts.invitation_accepted",
        "vacancy",
    )
    with pytest.raises(Refused) as refusal:
        accept_invitation(token=token, by=role.user)
    assert refusal.value.code == "closed"


def test_only_who_was_invited_takes_up_a_role(land: Land, cast: dict[str, User]) -> None:
    send(land, cast)
    token = token_in_mail()
    for other in (Participant("another link"), OPERATOR):
        with pytest.raises(PermissionDenied):
            accept_invitation(token=token, by=other, name="Nina", password=PASSWORD)


def test_a_weak_password_is_refused_and_nothing_is_made(land: Land, cast: dict[str, User]) -> None:
    send(land, cast)
    with pytest.raises(ValidationError) as refusal:
        accept_invitation(token=token_in_mail(), by=whoever_holds_it(), name="Nina", password="12345678")
    assert "password" in refusal.value.message_dict
    assert not User.objects.filter(email="nieuw@proefdorp.example").exists()


def test_an_existing_account_joins_after_signing_in(land: Land, cast: dict[str, User]) -> None:
    send(land, cast, email=cast["resident"].email)
    token = token_in_mail()
    with pytest.raises(Refused) as refusal:
        accept_invitation(token=token, by=whoever_holds_it(), name="Somebody", password=PASSWORD)
    assert refusal.value.code == "sign_in"
    with pytest.raises(Refused) as refusal:
        accept_invitation(token=token, by=cast["neighbour"])
    assert refusal.value.code == "other_address"
    accept_invitation(token=token, by=cast["resident"])
    assert cast["resident"].roles.get().area == land["dalen"]


def test_a_link_works_for_a_week(land: Land, cast: dict[str, User]) -> None:
    send(land, cast)
    token = token_in_mail()
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1), tick=False),
        pytest.raises(Refused),
    ):
        accept_invitation(token=token, by=whoever_holds_it(), name="Nina", password=PASSWORD)
    with time_machine.travel(timezone.now() + dt.timedelta(days=6), tick=False):
        accept_invitation(token=token, by=whoever_holds_it(), name="Nina", password=PASSWORD)


def test_a_revoked_link_and_a_replaced_link_do_not_work(land: Land, cast: dict[str, User]) -> None:
    invitation = send(land, cast)
    old = token_in_mail()
    resend_invitation(by=cast["administrator"], invitation=invitation, site=SITE)
    new = token_in_mail()
    assert new != old
    with pytest.raises(Refused):
        accept_invitation(token=old, by=whoever_holds_it(), name="Nina", password=PASSWORD)
    revoke_invitation(by=cast["administrator"], invitation=invitation)
    with pytest.raises(Refused):
        accept_invitation(token=new, by=whoever_holds_it(), name="Nina", password=PASSWORD)
    with pytest.raises(Refused):
        resend_invitation(by=cast["administrator"], invitation=invitation, site=SITE)


def test_an_invitation_ends_with_the_role_of_who_sent_it(land: Land, cast: dict[str, User]) -> None:
    send(land, cast)
    cast["administrator"].roles.all().delete()
    with pytest.raises(Refused):
        accept_invitation(token=token_in_mail(), by=whoever_holds_it(), name="Nina", password=PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_one_link_gives_one_role_to_two_at_once(land: Land, cast: dict[str, User]) -> None:
    send(land, cast, email=cast["resident"].email)
    token = token_in_mail()

    def accept(_: int) -> bool:
        try:
            accept_invitation(token=token, by=User.objects.get(pk=cast["resident"].pk))
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(accept, range(2))) == [False, True]


def test_the_history_says_who(land: Land, cast: dict[str, User]) -> None:
    role = cast["alderman"].roles.get()
    client = browser(cast["administrator"])
    client.post(
        f"/account/rollen/{role.uuid}/beeindigen/", {"last_day": timezone.localdate(), "why": "election"}
    )
    metadata = role.events.latest("pgh_id").pgh_context.metadata  # type: ignore[attr-defined]
    assert (metadata["user"], metadata["why"]) == (cast["administrator"].pk, "accounts.role_ended")
    assert metadata["note"] == "election"
    assert Municipality.objects.count() == 1
