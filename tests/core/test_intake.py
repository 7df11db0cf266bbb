"""Files that come in: kept, replaced, checked, confirmed once, thrown away; with a kind of file made for this test."""

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from areas.models import Municipality
from core import intake as intakes
from core.filekinds import FileKind, file_kinds
from core.files import CheckedUpload, check_upload, private_storage
from core.intake import ChangedSince, Gone, IntakeKind, Progress, intake_kinds
from core.models import Intake, JobProgress, PrivateFile
from core.nightly import private_files
from core.tasks import start_check, start_confirm
from core.verbs import Actor, Operator, Refused
from tests.conftest import Land

NAME = "tests.names"
TEST = Operator("test")


@dataclass(frozen=True)
class Renaming:
    """What a file of this test does: it gives the municipality another name."""

    before: str
    after: str

    @property
    def digest(self) -> str:
        return f"{self.before}>{self.after}"


def municipality_of(*, intake: Intake) -> Municipality:
    return Municipality.objects.get(pk=intake.place)


def planned(*, intake: Intake, place: Municipality, content: IO[bytes], progress: Progress) -> Renaming:
    progress(1, 2, "lezen")
    text = content.read().decode()
    if not text.strip().isalpha():
        raise Refused("Dit is geen naam.", "name")
    return Renaming(place.name, text.strip() + intake.answers.get("tail", ""))


def rename(
    *,
    intake: Intake,
    place: Municipality,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> Municipality:
    municipality = Municipality.objects.select_for_update().get(pk=place.pk)
    plan = planned(intake=intake, place=municipality, content=content, progress=progress)
    intakes.agree(plan, digest)
    municipality.name = plan.after + choices.get("more", "")
    municipality.save()
    return municipality


@pytest.fixture(autouse=True)
def kind() -> Iterator[IntakeKind]:
    file_kinds.register(
        FileKind(name=NAME, title="Naam", accepts=("text/csv",), max_bytes=100, keep=dt.timedelta(days=2))
    )
    yield intake_kinds.register(
        IntakeKind(
            name=NAME,
            title="Naam",
            files=NAME,
            permission="areas.import_figures",
            place=municipality_of,
            plan=planned,
            apply=rename,
            page=lambda *, intake: f"/naam/{intake.uuid}/",
            told=lambda *, intake, found, by: {"name": getattr(found, "after", "")},
            one_each=True,
        )
    )
    intake_kinds.unregister(NAME)
    file_kinds.unregister(NAME)


def upload(text: str = "Dorp") -> CheckedUpload:
    return check_upload(ContentFile(text.encode(), name="naam.csv"), kind=NAME)


def kept(land: Land, by: User, text: str = "Dorp") -> Intake:
    return intakes.keep(kind=NAME, upload=upload(text), place=land.municipality.pk, owner=by.uuid, by=by)


def name(land: Land) -> str:
    land.municipality.refresh_from_db()
    return land.municipality.name


def on_disk() -> int:
    return len(private_storage().listdir("")[1])


def test_from_file_to_yes(land: Land, cast: dict[str, User]) -> None:
    intake = kept(land, cast["steward"])
    plan = intakes.plan_of(intake)
    assert (plan.after, name(land)) == ("Dorp", "Proefdorp")
    done = intakes.confirm(intake=intake, digest=plan.digest, by=cast["steward"], choices={"more": "je"})
    assert done == land.municipality
    assert name(land) == "Dorpje"
    assert not Intake.objects.exists()
    assert not PrivateFile.objects.exists()
    with pytest.raises(Gone):  # a second click
        intakes.confirm(intake=intake, digest=plan.digest, by=cast["steward"])
    intakes.discard(intake=intake, by=cast["steward"])


def test_only_who_may(land: Land, cast: dict[str, User]) -> None:
    intake = kept(land, cast["steward"])
    for part in ("resident", "worker_here", "alderman"):
        for refused in (
            lambda by: kept(land, by),
            lambda by: intakes.replace_file(intake=intake, upload=upload("Ander"), by=by),
            lambda by: intakes.answer(intake=intake, answers={"tail": "x"}, by=by),
            lambda by: intakes.confirm(intake=intake, digest="Proefdorp>Dorp", by=by),
            lambda by: intakes.discard(intake=intake, by=by),
        ):
            with pytest.raises(PermissionDenied):
                refused(cast[part])
    intake.refresh_from_db()
    assert (intake.answers, name(land)) == ({}, "Proefdorp")


def test_what_it_would_do_has_changed(land: Land, cast: dict[str, User]) -> None:
    intake = kept(land, cast["steward"])
    shown = intakes.plan_of(intake).digest
    land.municipality.name = "Intussen"
    land.municipality.save()
    with pytest.raises(ChangedSince) as changed:
        intakes.confirm(intake=intake, digest=shown, by=cast["steward"])
    assert changed.value.current == Renaming("Intussen", "Dorp")
    assert name(land) == "Intussen"
    assert Intake.objects.exists()
    intakes.confirm(intake=intake, digest=changed.value.current.digest, by=cast["steward"])
    assert name(land) == "Dorp"


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda intake, by: intakes.replace_file(intake=intake, upload=upload("Ander"), by=by),
        lambda intake, by: intakes.answer(intake=intake, answers={"tail": "x"}, by=by),
    ],
)
def test_a_file_or_an_answer_of_another_window(land: Land, cast: dict[str, User], meanwhile: Any) -> None:
    intake = kept(land, cast["steward"])
    shown = intakes.plan_of(intake).digest
    meanwhile(intake, cast["administrator"])
    with pytest.raises(ChangedSince):
        intakes.confirm(intake=intake, digest=shown, by=cast["steward"])
    assert name(land) == "Proefdorp"


def test_a_faulty_file_is_replaced_and_the_answers_stay(land: Land, cast: dict[str, User]) -> None:
    intake = kept(land, cast["steward"], "1")
    with pytest.raises(Refused, match="geen naam"):
        intakes.plan_of(intake)
    intakes.answer(intake=intake, answers={"tail": "je"}, by=cast["steward"])
    checked = intakes.check(intake=intake, by=TEST)
    assert (checked.refused, checked.report) == (
        "Dit is geen naam.",
        {"refused": "Dit is geen naam.", "name": ""},
    )
    before = intake.file.uuid
    mended = intakes.replace_file(intake=intake, upload=upload(), by=cast["steward"])
    assert (mended.uuid, mended.report) == (intake.uuid, None)
    assert intakes.plan_of(mended).after == "Dorpje"
    assert not PrivateFile.objects.filter(uuid=before).exists()
    assert PrivateFile.objects.get().owner == cast["steward"].uuid


def test_a_check_of_the_file_of_before_changes_nothing(land: Land, cast: dict[str, User]) -> None:
    intake = kept(land, cast["steward"], "1")
    old = Intake.objects.select_related("file").get()
    intakes.replace_file(intake=intake, upload=upload(), by=cast["steward"])
    intakes.check(intake=old, by=TEST)
    assert Intake.objects.get().report is None


def test_what_one_did_not_confirm_goes_with_the_next(land: Land, cast: dict[str, User]) -> None:
    kept(land, cast["steward"])
    others = kept(land, cast["administrator"])
    new = kept(land, cast["steward"], "Stad")
    assert set(Intake.objects.all()) == {others, new}
    assert PrivateFile.objects.count() == 2


def test_it_goes_when_its_time_is_over(land: Land, cast: dict[str, User]) -> None:
    kept(land, cast["steward"])
    with time_machine.travel(timezone.now() + dt.timedelta(days=2, minutes=1), tick=False):
        private_files(dry_run=False)
    assert not Intake.objects.exists()


def test_a_file_that_was_lost_from_the_disk(land: Land, cast: dict[str, User]) -> None:
    intake = kept(land, cast["steward"])
    private_storage().delete(str(intake.file.uuid))
    with pytest.raises(Refused, match="Kies het opnieuw"):
        intakes.plan_of(intake)


def test_the_worker_checks_and_brings_in(
    land: Land, cast: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    steward = cast["steward"]
    intake = kept(land, steward)
    with django_capture_on_commit_callbacks(execute=True):
        job = start_check(intake, owner=steward.uuid)
    job.refresh_from_db()
    assert (job.state, job.result_url) == ("done", f"/naam/{intake.uuid}/")
    intake.refresh_from_db()
    assert intake.report == {"name": "Dorp", "digest": "Proefdorp>Dorp"}
    with django_capture_on_commit_callbacks(execute=True):
        start_confirm(intake, owner=steward.uuid, digest="Proefdorp>Anders", choices={})
    assert "is veranderd" in JobProgress.objects.latest("pk").message
    assert name(land) == "Proefdorp"


def test_the_worker_does_nothing_for_who_is_gone(
    land: Land, cast: dict[str, User], django_capture_on_commit_callbacks: Any
) -> None:
    intake = kept(land, cast["steward"])
    with django_capture_on_commit_callbacks(execute=True):
        job = start_check(intake, owner=uuid4())
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", "Dit mag je niet (meer) doen.")


@pytest.mark.django_db(transaction=True)
def test_two_yeses_at_once(land: Land, cast: dict[str, User]) -> None:
    """The second waits for the first and finds the file gone; without the lock on the intake it would plan beside it."""
    intake = kept(land, cast["steward"])
    shown = intakes.plan_of(intake).digest
    outcomes: list[str] = []
    first = threading.Event()

    def yes() -> None:
        first.wait()
        try:
            intakes.confirm(intake=intake, digest=shown, by=cast["steward"])
            outcomes.append("in")
        except Refused as refused:
            outcomes.append(str(refused.code))
        finally:
            connection.close()

    other = threading.Thread(target=yes)
    other.start()
    with transaction.atomic():
        intakes.confirm(intake=intake, digest=shown, by=cast["steward"])
        first.set()
        other.join(0.5)
        assert other.is_alive(), "it waits"
    other.join()
    assert outcomes == ["gone"]
    assert name(land) == "Dorp"
