"""Long work on files that came in, done by the worker while a page shows how far it is."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django_tasks import task

from core import intake as intakes
from core.models import Intake
from core.progress import reporting


@task()
def check_intake(job: str, intake: str, user: str) -> None:
    """Check a file; leads to its page, with what was found."""
    with reporting(job) as report:
        found = intakes.check(intake=_intake(intake), by=_person(user), progress=report)
        report.leads_to(intakes.page_of(found))


@task()
def confirm_intake(job: str, intake: str, user: str, digest: str, choices: dict[str, Any]) -> None:
    """Bring a file in as it was shown to a person; leads to what came of it, or its page shows what it would do now."""
    with reporting(job) as report:
        person = _person(user)
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


def _person(user: str) -> AbstractBaseUser:
    """Who asked for it, as they are now."""
    return get_user_model()._default_manager.get(uuid=user)
