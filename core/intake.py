"""Files that come in: kept, read, held against what there is, shown, and brought in when a person says yes.

intake = keep(kind="areas.figures", upload=checked, place=municipality.pk, owner=request.user.uuid, by=request.user)
plan = plan_of(intake)                                                  # what it would do now; writes nothing
confirm(intake=intake, digest=request.POST["digest"], by=request.user)  # raises Conflict when it would do something else

An app registers an `IntakeKind` in its `intake.py`: how such a file is read and held against what there is, and the verb that
brings it in. What takes long is checked by the worker (`core.tasks`), and what the page needs of it is kept as a report.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.files import CheckedUpload, file_content, remove_file, store_file
from core.models import Intake
from core.registry import Registry
from core.verbs import Actor, Conflict, Refused, require, verb

Progress = Callable[[int, int, str], None]


class Plan(Protocol):
    """What a file would do; `digest` changes when any of it does, whatever the language it is told in."""

    @property
    def digest(self) -> str: ...


class Gone(Conflict):
    """The file is no longer there: it came in already, was thrown away, or its time is over."""

    def __init__(self) -> None:
        message = _("This file is no longer there: it came in already, or was thrown away.")
        super().__init__(None, message, "gone")


class ChangedSince(Conflict):
    """What the file would do is no longer what was shown; nothing was written. `current` is the plan of now."""

    def __init__(self, plan: Plan) -> None:
        message = _("What this file would do has changed since you looked. Nothing was written.")
        super().__init__(plan, message, "changed")


class Lost(Refused):
    """The bytes of a file are not where they were kept."""

    def __init__(self) -> None:
        super().__init__(_("The file is no longer there. Choose it again."), "lost")


def no_progress(done: int, total: int, message: str) -> None:
    """Nobody watches."""


class Place(Protocol):
    """What a file is for: the object that the permission is asked of."""

    def __call__(self, *, intake: Intake) -> Any: ...


class Planning(Protocol):
    """Reads a file and holds it against what there is; writes nothing. Raises Refused when the file cannot be read."""

    def __call__(self, *, intake: Intake, place: Any, content: IO[bytes], progress: Progress) -> Plan: ...


class Applying(Protocol):
    """The verb that brings a file in: takes its locks, plans again, asks `agree`, writes; returns what came of it."""

    def __call__(
        self,
        *,
        intake: Intake,
        place: Any,
        content: IO[bytes],
        digest: str,
        choices: Mapping[str, Any],
        by: Actor,
        progress: Progress,
    ) -> Any: ...


class Page(Protocol):
    """The address at which a file is looked at."""

    def __call__(self, *, intake: Intake) -> str: ...


class Telling(Protocol):
    """What a report keeps of a plan, or of the Refused in its place; what the file tells of itself may be written down."""

    def __call__(self, *, intake: Intake, found: Any, by: Actor) -> Mapping[str, Any]: ...


def nothing_more(*, intake: Intake, found: Any, by: Actor) -> Mapping[str, Any]:
    """The default of what a report keeps: only the digest, or why the file was refused."""
    return {}


@dataclass(frozen=True, kw_only=True)
class IntakeKind:
    """One kind of files that come in.

    `files` names their kind of private file: what is accepted, how large, kept how long. With `one_each`, what a person uploaded
    before and did not confirm goes when the next one comes.
    """

    name: str
    title: str | Promise
    files: str
    permission: str
    place: Place
    plan: Planning
    apply: Applying
    page: Page
    told: Telling = nothing_more
    one_each: bool = False
    order: int = 100


intake_kinds: Registry[IntakeKind] = Registry(IntakeKind, "intake")


def agree(plan: Plan, digest: str | None) -> None:
    """Raise ChangedSince unless this is the plan that was shown; None, from the command line, agrees with what comes."""
    if digest is not None and plan.digest != digest:
        raise ChangedSince(plan)


@verb
def keep(
    *,
    kind: str,
    upload: CheckedUpload,
    place: int,
    owner: UUID | None,
    by: Actor,
    subject: UUID | None = None,
    reading: Mapping[str, Any] | None = None,
) -> Intake:
    """Keep a file, to look at what it would do. Without an `owner` it is the municipality's, and not of one person."""
    wanted = intake_kinds[kind]
    require(wanted.permission, wanted.place(intake=Intake(kind=kind, place=place, subject=subject)), by=by)
    if wanted.one_each:
        for before in Intake.objects.of_kind(kind).filter(place=place, file__owner=owner):
            remove_file(before.file)
    return Intake.objects.create(
        kind=kind,
        place=place,
        subject=subject,
        file=store_file(upload, kind=wanted.files, owner=owner, subject=subject),
        reading=dict(reading or {}),
    )


@verb
def replace_file(*, intake: Intake, upload: CheckedUpload, by: Actor) -> Intake:
    """Put another file in the place of the one that is there; how it is read and what was answered stays."""
    kept, _place = _locked(intake, by=by)
    before = kept.file
    kept.file = store_file(upload, kind=_kind(kept).files, owner=before.owner, subject=before.subject)
    kept.report = None
    kept.save(update_fields=["file", "report"])
    remove_file(before)
    return kept


@verb
def answer(
    *,
    intake: Intake,
    by: Actor,
    reading: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Intake:
    """Say how the file is to be read, or what was asked about it; what was found before no longer holds."""
    kept, _place = _locked(intake, by=by)
    if reading is not None:
        kept.reading = dict(reading)
    if answers is not None:
        kept.answers = dict(answers)
    kept.report = None
    kept.save(update_fields=["reading", "answers", "report"])
    return kept


def plan_of(intake: Intake, progress: Progress = no_progress) -> Any:
    """What a file would do now; raises Refused when it cannot be read."""
    with _content(intake) as content:
        return _kind(intake).plan(intake=intake, place=_place(intake), content=content, progress=progress)


@verb
def check(*, intake: Intake, by: Actor, progress: Progress = no_progress) -> Intake:
    """Read a file and keep with it what was found, for the page that shows it; a file of before changes nothing any more."""
    require(_kind(intake).permission, _place(intake), by=by)
    try:
        found = plan_of(intake, progress)
    except Refused as refused:
        found = refused
    keep_report(intake, found, by=by)
    return intake


def keep_report(intake: Intake, found: Any, *, by: Actor) -> None:
    """Keep with a file what was found in it (a plan, or the Refused in its place), unless it has another file by now."""
    more = {"refused": " ".join(found.messages)} if isinstance(found, Refused) else {"digest": found.digest}
    intake.report = {**_kind(intake).told(intake=intake, found=found, by=by), **more}
    Intake.objects.filter(pk=intake.pk, file=intake.file_id).update(report=intake.report)


@verb
def confirm(
    *,
    intake: Intake,
    digest: str,
    by: Actor,
    choices: Mapping[str, Any] | None = None,
    progress: Progress = no_progress,
) -> Any:
    """Bring a file in as it was shown; returns what the verb of its kind returns, and forgets the file.

    `choices` are what was chosen beside the yes, as the verb wants them.

    Raises Gone when that happened already, ChangedSince when it would do something else than was shown, else what the verb raises.
    """
    kept, place = _locked(intake, by=by)
    with _content(kept) as content:
        done = _kind(kept).apply(
            intake=kept,
            place=place,
            content=content,
            digest=digest,
            choices=choices or {},
            by=by,
            progress=progress,
        )
    remove_file(kept.file)
    return done


@verb
def discard(*, intake: Intake, by: Actor) -> None:
    """Throw a file away; one that is gone already is no fault."""
    with suppress(Gone):
        kept, _place = _locked(intake, by=by)
        remove_file(kept.file)


def page_of(intake: Intake) -> str:
    """Where a file is looked at."""
    return _kind(intake).page(intake=intake)


def _place(intake: Intake) -> Any:
    """What a file is for, asked once of each row."""
    if "asked_of" not in intake.__dict__:
        intake.__dict__["asked_of"] = _kind(intake).place(intake=intake)
    return intake.__dict__["asked_of"]


def _kind(intake: Intake) -> IntakeKind:
    return intake_kinds[intake.kind]


def _locked(intake: Intake, *, by: Actor) -> tuple[Intake, Any]:
    """The file under lock and what it is for; whoever does something with it waits for the one before."""
    rows = Intake.objects.select_for_update(of=("self",)).select_related("file")
    kept = rows.filter(pk=intake.pk).first()
    if kept is None:
        raise Gone
    kept.__dict__["asked_of"] = place = _place(intake)
    require(_kind(kept).permission, place, by=by)
    return kept, place


@contextmanager
def _content(intake: Intake) -> Iterator[IO[bytes]]:
    """The bytes; raises Lost when they are not on the disk any more."""
    try:
        with file_content(intake.file) as content:
            yield content
    except FileNotFoundError:
        raise Lost from None
