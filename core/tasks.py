"""Long work on files that came in, done by the worker while a page shows how far it is."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django_tasks import task

from core import intake as intakes
from core.models import Intake, JobProgress
from core.progress import reporting, start_job


def start_check(intake: Intake, *, owner: UUID) -> JobProgress:
    """Have the worker check a file; its page is where that leads."""
    title = _("Check: %(file)s") % {"file": intake.file.name}
    return start_job(
        check_intake,
        title=title,
        owner=owner,
        back_url=intakes.page_of(intake),
        intake=str(intake.uuid),
        user=str(owner),
    )


def start_confirm(intake: Intake, *, owner: UUID, digest: str, choices: Mapping[str, Any]) -> JobProgress:
    """Have the worker bring a file in on behalf of a person, whose permission is asked again."""
    return start_job(
        confirm_intake,
        title=_("Bring in: %(file)s") % {"file": intake.file.name},
        owner=owner,
        back_url=intakes.page_of(intake),
        intake=str(intake.uuid),
        user=str(owner),
        digest=digest,
        choices=dict(choices),
    )


@task()
def check_intake(job: str, intake: str, user: str) -> None:
    """Check a file; leads to its page, with what was found."""
    with reporting(job) as report:
        found = intakes.check(intake=_intake(intake), by=person_of(user), progress=report)
        report.leads_to(intakes.page_of(found))


@task()
def confirm_intake(job: str, intake: str, user: str, digest: str, choices: dict[str, Any]) -> None:
    """Bring a file in as it was shown to a person; leads to what came of it, or its page shows what it would do now."""
    with reporting(job) as report:
        person = person_of(user)
        found = _intake(intake)
        try:
            done = intakes.confirm(intake=found, digest=digest, by=person, choices=choices, progress=report)
        except intakes.ChangedSince as changed:
            intakes.keep_report(found, changed.current, by=person)
            raise
        report.leads_to(done.get_absolute_url())


def _intake(identifier: str) -> Intake:
    found = Intake.objects.select_related("file").filter(uuid=identifier).first()
    if found is None:
        raise intakes.Gone
    return found


def person_of(user: str) -> AbstractBaseUser:
    """Who asked for it, as they are now; PermissionDenied when that account is no more."""
    person = get_user_model()._default_manager.filter(uuid=user).first()
    if person is None:
        raise PermissionDenied("the account of who asked is no more")
    return person
