"""States and the ways between them, asked by the verbs and held by the database."""

import datetime as dt
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from accounts.actions import invite, resend_invitation, revoke_invitation
from accounts.models import Invitation, User
from areas.models import AreaEdition
from core.states import may_move, move, moves
from core.verbs import Actor, Refused, verb, verbs
from tests.conftest import OPERATOR, Land

Status = AreaEdition.Status


@pytest.fixture
def invitation(land: Land, cast: dict[str, User]) -> Invitation:
    return invite(
        by=cast["administrator"], municipality=land.municipality, email="nieuw@proefdorp.example",
        role="moderator", valid_from=timezone.localdate(), why="Vacature", site="https://proefdorp.example/",
    )  # fmt: skip


def test_the_table_says_what_may_come_next(land: Land) -> None:
    edition = land.editions["wijk"]
    assert may_move(edition, "status", Status.SUPERSEDED)
    assert not may_move(edition, "status", Status.DRAFT)
    with (
        translation.override("nl"),
        pytest.raises(Refused, match="Van “geldt nu” kan het niet naar “concept”") as no,
    ):
        move(edition, "status", Status.DRAFT)
    assert no.value.code == "state"
    with pytest.raises(Refused, match="Nee") as own:
        move(edition, "status", Status.DRAFT, refusal="Nee.", code="own")
    assert (own.value.code, edition.status) == ("own", Status.ACTIVE)
    move(edition, "status", Status.SUPERSEDED)
    assert edition.status == Status.SUPERSEDED


@pytest.mark.parametrize(
    ("old", "new"),
    [("active", "draft"), ("taken_back", "active"), ("superseded", "taken_back"), ("draft", "superseded")],
)
def test_the_database_refuses_what_passes_the_verbs_by(land: Land, old: str, new: str) -> None:
    AreaEdition.objects.filter(pk=land.editions["wijk"].pk).delete()
    edition = AreaEdition.objects.create(
        kind=land.kinds["wijk"], reference_date=dt.date(2025, 1, 1), source="proef", sha256="x" * 64, status=old,
        activated_at=None if old == "draft" else timezone.now(),
        taken_back_at=timezone.now() if old == "taken_back" else None,
    )  # fmt: skip
    edition.status = new
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        edition.save()


def test_a_verb_that_did_not_look_is_refused_in_words(land: Land) -> None:
    @verb
    def force(*, by: Actor) -> None:
        AreaEdition.objects.update(status="draft")

    @verb
    def stumble(*, by: Actor) -> None:
        connection.cursor().execute("SELECT nothing")

    del verbs[f"{__name__}.{force.__qualname__}"], verbs[f"{__name__}.{stumble.__qualname__}"]
    with pytest.raises(Refused) as refused:
        force(by=OPERATOR)
    assert refused.value.code == "state"
    with pytest.raises(DatabaseError):  # any other fault stays one
        stumble(by=OPERATOR)


def test_an_unknown_state_is_no_state() -> None:
    with pytest.raises(ImproperlyConfigured, match="gone"):
        moves("status", {"draft": ["gone"]})(AreaEdition)


def test_every_table_is_held_by_the_database(db: None) -> None:
    held: list[Any] = [model for model in apps.get_models() if hasattr(model, "state_moves")]
    assert {AreaEdition, Invitation} <= set(held)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger")
        triggers = cursor.fetchall()
    for model in held:
        for field in model.state_moves:
            wanted = f"pgtrigger_{field}_moves_"
            assert any(table == model._meta.db_table and name.startswith(wanted) for table, name in triggers)


def test_an_invitation_is_answered_once(cast: dict[str, User], invitation: Invitation) -> None:
    same: dict[str, Any] = {"by": cast["administrator"], "invitation": invitation}
    resend_invitation(**same, site="https://proefdorp.example/")
    assert Invitation.objects.get().state == Invitation.State.SENT
    revoke_invitation(**same)
    answered = Invitation.objects.get()
    assert (answered.state, answered.revoked_at is None) == (Invitation.State.REVOKED, False)
    again: list[tuple[Any, dict[str, Any]]] = [
        (revoke_invitation, {}),
        (resend_invitation, {"site": "https://x.example/"}),
    ]
    for verb_again, more in again:
        with pytest.raises(Refused) as refused:
            verb_again(**same, **more)
        assert refused.value.code == "answered"
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Invitation.objects.update(state="sent", revoked_at=None)


def test_a_state_and_its_moment_belong_together(invitation: Invitation) -> None:
    for wrong in (
        {"state": "accepted"},
        {"revoked_at": timezone.now()},
        {"state": "revoked", "accepted_at": timezone.now()},
    ):
        with pytest.raises(DatabaseError, match="invitation_state_has_moment"), transaction.atomic():
            Invitation.objects.update(**wrong)


def test_older_invitations_get_their_state_from_their_moments(
    cast: dict[str, User], invitation: Invitation
) -> None:
    """What the migration does, to rows as they were before it."""
    revoke_invitation(by=cast["administrator"], invitation=invitation)
    other = Invitation.objects.get()
    other.pk, other.state, other.token_hash, other.revoked_at = None, "accepted", "x" * 64, None
    other.uuid, other.accepted_at = "0" * 32, timezone.now() - dt.timedelta(days=1)
    other.save()
    events: Any = apps.get_model("accounts", "InvitationEvent").objects
    count = events.count()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is still to be checked would bar ALTER TABLE
        for table in ("accounts_invitation", "accounts_invitationevent"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE accounts_invitation DROP CONSTRAINT invitation_state_has_moment")
        for table in ("accounts_invitation", "accounts_invitationevent"):
            cursor.execute(f"UPDATE {table} SET state = 'sent'")  # noqa: S608
        for statement in import_module("accounts.migrations.0004_invitation_state").MOVE:
            cursor.execute(statement)
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["accepted", "revoked"]
    assert sorted(events.values_list("state", flat=True)) == ["accepted", "revoked", "sent"]
    assert events.count() == count
