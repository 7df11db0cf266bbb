"""Long work on boundaries, done by the worker for a person while a page shows how far it is.

Each is done by that person: the permission is asked again, and the history names them.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django_tasks import task

from areas.actions import activate_edition, check_draft, take_back_edition
from areas.actions.editions import outdated
from areas.models import AreaEdition
from core.progress import reporting


@task()
def check_boundaries(job: str, edition: str, user: str) -> None:
    """Check a draft; leads to the page with what was found."""
    with reporting(job) as report:
        draft = AreaEdition.objects.select_related("kind__municipality", "file").get(uuid=edition)
        check_draft(edition=draft, by=_person(user), progress=report)
        report.leads_to(draft.get_absolute_url())


@task()
def activate_boundaries(
    job: str, edition: str, compared_with: str, without_faulty: bool, retirements: list[str], user: str
) -> None:
    """Bring a draft into force."""
    with reporting(job) as report:
        draft = AreaEdition.objects.select_related("kind__municipality").filter(uuid=edition).first()
        base = AreaEdition.objects.filter(uuid=compared_with).first() if compared_with else None
        if draft is None:
            raise outdated()
        active = activate_edition(
            edition=draft,
            by=_person(user),
            compared_with=base,
            without_faulty=without_faulty,
            confirmed_retirements=retirements,
            progress=report,
        )
        report.leads_to(active.get_absolute_url())


@task()
def take_boundaries_back(job: str, edition: str, user: str) -> None:
    """Take the boundaries in force back."""
    with reporting(job) as report:
        taken = AreaEdition.objects.select_related("kind__municipality").get(uuid=edition)
        before = take_back_edition(edition=taken, by=_person(user))
        report.leads_to(before.get_absolute_url())


def _person(user: str) -> AbstractBaseUser:
    """Who asked for it, as they are now."""
    return get_user_model()._default_manager.get(uuid=user)
