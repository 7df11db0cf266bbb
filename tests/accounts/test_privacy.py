"""What is known about a person: all of it handed out, none of it left behind, nothing kept too long."""

import datetime as dt
import io
import json
import uuid
import zipfile
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.utils import timezone
from pghistory.models import Context

from accounts.actions import end_role, give_role, invite
from accounts.models import AccessLog, Invitation, RoleAssignment, User
from accounts.privacy import apply_retention, erase_person, erasure_role, export_person
from accounts.privacy.export import collect
from areas.models import AreaEdition
from core.history import because
from core.models import JobProgress, OutgoingMail, PrivateFile
from core.verbs import Refused
from tests.accounts.helpers import FIRST, browser, give, with_password
from tests.conftest import OPERATOR, Land
from tests.intakes import kept_file
from workplaces.models import DayException, QualityWaiver, WorkLocation

Role = RoleAssignment.Role
NAME = "Wilhelmina Zoekmij"
EMAIL = "wilhelmina.zoekmij@proefdorp.example"


def find_everywhere(words: list[str]) -> list[str]:
    """Every place in the database, in any column that holds text, where one of the words stands."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'uuid', 'ARRAY', 'character') "
            "AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
        )
        for table, column in cursor.fetchall():
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE %s',  # noqa: S608 (names that the database gave)
                    [f"%{word}%"],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{table}.{column}: {word}")
    return found


@pytest.fixture
def person(land: Land, cast: dict[str, User]) -> User:
    """Somebody who left traces everywhere."""
    administrator = cast["administrator"]
    person = with_password(User.objects.create_user(EMAIL, name=NAME))
    TOTP.activate(person, generate_totp_secret())
    client = browser(person)
    client.post("/mijn/gegevens/", {"name": NAME})
    client.post("/account/login/", {"login": EMAIL, "password": "x"})
    role = give_role(
        by=administrator, user=person, role=Role.AREA_WORKER, municipality=land.municipality,
        area=land["bergen"], valid_from=FIRST, why=f"{NAME} ({EMAIL}) takes over",
    )  # fmt: skip
    give(cast["neighbour"], Role.AREA_WORKER, land, "bergen", replaces=role, valid_until=timezone.localdate())
    invite(
        by=administrator, municipality=land.municipality, email=EMAIL, name=NAME, role=Role.MODERATOR,
        valid_from=FIRST, why=f"because {NAME} asked", site="https://proefdorp.example/",
    )  # fmt: skip
    invitation = invite(
        by=administrator, municipality=land.municipality, email="else@proefdorp.example", role=Role.MODERATOR,
        valid_from=FIRST, why=f"in place of {NAME}", site="https://proefdorp.example/",
    )  # fmt: skip
    Context.objects.create(metadata={"user": person.pk, "url": f"/x/{person.uuid}/", "why": "x"})
    with because(
        "accounts.invited", by=administrator, note=f"asked by {EMAIL}", url=f"/account/rollen/?q={EMAIL}"
    ):
        invitation.name = "somebody"
        invitation.save()
    LogEntry.objects.create(
        user=administrator, content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk),
        object_repr=str(person), action_flag=CHANGE, change_message="[]",
    )  # fmt: skip
    OutgoingMail.objects.create(
        recipient=EMAIL.upper(),
        sender="a@b.example",
        subject=f"Hello {NAME}",
        text=f"Dear {NAME}",
        message_id="<1>",
    )
    JobProgress.objects.create(owner=person.uuid, title=f"Job of {NAME}", result_url=f"/x/{person.uuid}")
    PrivateFile.objects.create(
        owner=person.uuid, kind="accounts.export", name=f"{NAME}.zip", content_type="application/zip",
        size=1, sha256="0",
    )  # fmt: skip
    return person


def test_the_search_finds_what_there_is(person: User) -> None:
    tables = {place.split(".")[0] for place in find_everywhere([EMAIL, NAME, str(person.uuid)])}
    assert {
        "accounts_user", "accounts_invitation", "accounts_invitationevent", "account_emailaddress",
        "pghistory_context", "core_outgoingmail", "core_jobprogress", "core_privatefile", "django_admin_log",
    } <= tables  # fmt: skip


def test_after_erasing_nothing_of_the_person_is_left(person: User) -> None:
    known = str(person.uuid)
    assert Session.objects.count()
    erase_person(person=person, by=OPERATOR)
    left = find_everywhere([EMAIL, NAME, "zoekmij", known])
    assert left == [f"accounts_accesslog.subject_uuid: {known}"], "only that it was erased"
    assert not [s for s in Session.objects.all() if s.get_decoded().get("_auth_user_id") == str(person.pk)]
    former = User.objects.get(pk=person.pk)
    assert (former.is_active, former.name, former.has_usable_password()) == (False, "", False)
    assert former.uuid != uuid.UUID(known)
    assert not EmailAddress.objects.filter(user=former).exists()
    assert not former.roles.exists()


def test_an_address_that_was_never_confirmed_is_forgotten_when_nobody_else_has_it(person: User) -> None:
    mine, of_another, invited = (
        "tweede@elders.example",
        "van.een.ander@elders.example",
        "else@proefdorp.example",
    )
    User.objects.create_user(of_another)
    for address in (mine, of_another, invited):
        EmailAddress.objects.create(user=person, email=address, verified=False)
        OutgoingMail.objects.create(
            recipient=address,
            sender="a@b.example",
            subject="Bevestig",
            text="link",
            message_id=f"<{address}>",
        )
    erase_person(person=person, by=OPERATOR)
    assert not find_everywhere([mine])
    left = set(OutgoingMail.objects.values_list("recipient", flat=True))
    assert {of_another, invited} <= left


def test_an_address_that_was_never_confirmed_is_not_handed_out(person: User) -> None:
    """Whoever gives the address of somebody else does not get the mails of that person."""
    EmailAddress.objects.create(user=person, email="van.een.ander@elders.example", verified=False)
    OutgoingMail.objects.create(
        recipient="van.een.ander@elders.example",
        sender="a@b.example",
        subject="Geheim",
        text="x",
        message_id="<2>",
    )
    assert "Geheim" not in json.dumps(collect(person), default=str)


def test_the_name_under_which_somebody_was_invited_is_forgotten(person: User) -> None:
    Invitation.objects.filter(email=EMAIL).update(name="Mina Vroeger")
    other = Invitation.objects.exclude(email=EMAIL).get()
    with because("accounts.invited", by=OPERATOR, note="Mina Vroeger asked"):
        other.name = "somebody else"
        other.save()
    erase_person(person=person, by=OPERATOR)
    assert not find_everywhere(["Mina Vroeger"])


def test_others_keep_what_is_theirs(land: Land, cast: dict[str, User], person: User) -> None:
    before = User.objects.exclude(pk=person.pk).values_list("email", "name").order_by("pk")
    kept = list(before.all())
    events = apps.get_model("accounts", "RoleAssignmentEvent").objects
    count = events.count()
    erase_person(person=person, by=OPERATOR)
    assert list(before.all()) == kept
    assert events.count() > count, "the history of the role stays, and says that it ended"
    other = Invitation.objects.get(email="else@proefdorp.example")
    assert other.why == "in place of […]"
    notes = [row["note"] for row in Context.objects.values_list("metadata", flat=True) if "note" in row]
    assert "in place of […]" in notes, "what was typed about others stays, without the name"
    assert not [note for note in notes if "takes over" in note], "what was typed about the person does not"
    assert cast["neighbour"].roles.get().replaces is None


def test_erasing_is_written_down(cast: dict[str, User]) -> None:
    resident = cast["resident"]
    known = resident.uuid
    erase_person(person=resident, by=resident)
    assert list(AccessLog.objects.values_list("subject_uuid", "act", "actor")) == [
        (known, "erase", resident.pk)
    ]


def test_the_last_administrator_hands_over_first(land: Land, cast: dict[str, User]) -> None:
    administrator = cast["administrator"]
    with pytest.raises(Refused) as refusal:
        erase_person(person=administrator, by=administrator)
    assert refusal.value.code == "last_administrator"
    assert not AccessLog.objects.exists()
    give(cast["resident"], Role.ADMINISTRATOR, land)
    erase_person(person=administrator, by=OPERATOR)


def event_rows() -> Any:
    return apps.get_model("accounts", "RoleAssignmentEvent").objects.all()


@pytest.mark.parametrize("change", ["update", "delete"])
def test_history_is_not_for_changing(land: Land, cast: dict[str, User], change: str) -> None:
    end_role(
        by=cast["administrator"],
        assignment=cast["alderman"].roles.get(),
        last_day=timezone.localdate(),
        why="x",
    )
    AccessLog.objects.create(subject_uuid=uuid.uuid4(), act="read", actor=cast["alderman"])
    for rows, values in ((event_rows(), {"role": "moderator"}), (AccessLog.objects.all(), {"act": "erase"})):
        assert rows.exists()
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**values) if change == "update" else rows._raw_delete(rows.db)
        with erasure_role():
            rows.update(**values) if change == "update" else rows._raw_delete(rows.db)


def test_the_erasing_role_may_add_nothing_and_ends_with_its_block(land: Land) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), erasure_role():
        AccessLog.objects.create(subject_uuid=uuid.uuid4(), act="read")
    with erasure_role():
        pass
    AccessLog.objects.create(
        subject_uuid=uuid.uuid4(), act="read", actor=User.objects.create_user("a@b.example")
    )


def exported(user: User) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(export_person(person=user, by=user))) as archive:
        assert set(archive.namelist()) == {"gegevens.json", "LEESMIJ.txt"}
        known: dict[str, Any] = json.loads(archive.read("gegevens.json"))
        return known


def test_the_export_holds_all_that_is_known(person: User, cast: dict[str, User]) -> None:
    known = exported(person)
    assert {
        "accounts.User", "accounts.RoleAssignment", "accounts.RoleAssignmentEvent", "accounts.Invitation",
        "accounts.InvitationEvent", "account.EmailAddress", "mfa.Authenticator", "core.OutgoingMail",
        "core.JobProgress", "core.PrivateFile", "accounts.AccessLog",
    } == set(known)  # fmt: skip
    assert known["accounts.User"]["rows"][0]["email"] == EMAIL
    (role,) = known["accounts.RoleAssignment"]["rows"]
    assert (role["area"], role["role"]) == ("Bergen", "area_worker")
    assert len(known["accounts.Invitation"]["rows"]) == 1


def test_the_export_holds_no_keys_and_nothing_of_others(person: User, cast: dict[str, User]) -> None:
    text = json.dumps(exported(person))
    secret = TOTP(Authenticator.objects.get(user=person, type="totp")).instance.data["secret"]
    assert secret not in text
    assert person.password not in text
    for other in cast.values():
        assert other.email not in text
        assert other.name not in text


@pytest.mark.parametrize(("days", "kept"), [(89, True), (91, False)])
def test_invitations_are_kept_for_ninety_days(
    land: Land, cast: dict[str, User], days: int, kept: bool
) -> None:
    invitation = invite(
        by=cast["administrator"], municipality=land.municipality, email=EMAIL, role=Role.MODERATOR,
        valid_from=FIRST, why="x", site="https://proefdorp.example/",
    )  # fmt: skip
    history: type[Model] = apps.get_model("accounts", "InvitationEvent")
    with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
        assert apply_retention(dry_run=True) == (0 if kept else 1)
        assert Invitation.objects.filter(pk=invitation.pk).exists()
        assert apply_retention() == (0 if kept else 1)
        assert apply_retention() == 0
    assert Invitation.objects.filter(pk=invitation.pk).exists() is kept
    assert history._default_manager.filter(pgh_obj_id=invitation.pk).exists() is kept


def test_the_log_of_accesses_is_kept_for_three_years(land: Land, cast: dict[str, User]) -> None:
    AccessLog.objects.create(subject_uuid=uuid.uuid4(), act="read", actor=cast["alderman"])
    for years, left in ((2, 1), (4, 0)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=365 * years), tick=False):
            apply_retention()
        assert AccessLog.objects.count() == left


def test_free_text_about_something_else_loses_the_name(land: Land, cast: dict[str, User]) -> None:
    person = with_password(User.objects.create_user(EMAIL, name=NAME))
    place = WorkLocation.objects.create(
        municipality=land.municipality, slug="bib", name="Bib", placed_by=f"{NAME} was er", access_note=f"Vraag {NAME}"
    )  # fmt: skip
    QualityWaiver.objects.create(
        location=place, rule="no-services", reason=f"{NAME} zegt het", waived_by=person
    )
    DayException.objects.create(location=place, day=FIRST, reason=f"Feest van {NAME}")
    draft = AreaEdition.objects.create(
        kind=land.kinds["wijk"], reference_date=FIRST, source=NAME, credit=f"© {NAME}", sha256="d" * 64
    )
    kept_file("areas.boundaries", land.municipality, b"{}", None, name=f"{NAME}.geojson", subject=draft.uuid)
    erase_person(person=person, by=OPERATOR)
    assert find_everywhere([NAME, EMAIL]) == []
    place.refresh_from_db()
    assert place.placed_by == "[…] was er"


def test_no_role_for_who_was_forgotten_meanwhile(land: Land, cast: dict[str, User]) -> None:
    seen = User.objects.get(pk=cast["resident"].pk)
    erase_person(person=cast["resident"], by=cast["resident"])
    with pytest.raises(Refused):
        give_role(
            by=OPERATOR,
            user=seen,
            role=Role.MODERATOR,
            municipality=land.municipality,
            valid_from=FIRST,
            why="proef",
        )
    assert not RoleAssignment.objects.of(seen).exists()
