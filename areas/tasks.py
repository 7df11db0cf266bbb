"""Long work on boundaries, done by the worker for a person while a page shows how far it is."""

from django_tasks import task

from areas.actions import take_back_edition
from areas.models import AreaEdition
from core.progress import reporting
from core.tasks import person_of


@task()
def take_boundaries_back(job: str, edition: str, user: str) -> None:
    """Take the boundaries in force back; the permission is asked again, and the history names who asked for it."""
    with reporting(job) as report:
        taken = AreaEdition.objects.select_related("kind__municipality").get(uuid=edition)
        report.leads_to(take_back_edition(edition=taken, by=person_of(user)).get_absolute_url())
