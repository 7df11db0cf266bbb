"""Long work on boundaries and addresses, done by the worker while a page shows how far it is."""

from django.contrib.auth import get_user_model
from django_tasks import task

from areas.actions import (
    AddressConflict,
    EditionConflict,
    LargeLoss,
    NotTakenBack,
    RetirementsUnconfirmed,
    activate_edition,
    bring_addresses,
    check_addresses,
    check_draft,
    take_back_edition,
)
from areas.addresses.rows import AddressFileRefused
from areas.importers.faults import ImportRefused
from areas.models import AddressImport, AreaEdition
from core.progress import JobRefused, reporting


@task()
def check_boundaries(job: str, edition: str) -> None:
    """Check a draft; leads to the page with what was found."""
    with reporting(job) as report:
        draft = AreaEdition.objects.select_related("kind__municipality", "file").get(uuid=edition)
        check_draft(edition=draft, progress=report)
        report.leads_to(draft.get_absolute_url())


@task()
def activate_boundaries(
    job: str, edition: str, compared_with: str, without_faulty: bool, retirements: list[str], user: str
) -> None:
    """Bring a draft into force on behalf of a person, whose permission is asked again."""
    with reporting(job) as report:
        person = get_user_model().objects.get(uuid=user)
        draft = AreaEdition.objects.select_related("kind__municipality").filter(uuid=edition).first()
        base = AreaEdition.objects.filter(uuid=compared_with).first() if compared_with else None
        if draft is None:
            raise JobRefused(str(EditionConflict()))
        try:
            active = activate_edition(
                edition=draft,
                user=person,
                compared_with=base,
                without_faulty=without_faulty,
                confirmed_retirements=retirements,
                progress=report,
            )
        except (EditionConflict, ImportRefused) as refused:
            raise JobRefused(str(refused)) from None
        except RetirementsUnconfirmed as refused:
            raise JobRefused(" ".join(refused.messages)) from None
        report.leads_to(active.get_absolute_url())


@task()
def take_boundaries_back(job: str, edition: str, user: str) -> None:
    """Take the boundaries in force back on behalf of a person, whose permission is asked again."""
    with reporting(job) as report:
        person = get_user_model().objects.get(uuid=user)
        taken = AreaEdition.objects.select_related("kind__municipality").get(uuid=edition)
        try:
            before = take_back_edition(edition=taken, user=person)
        except NotTakenBack as refused:
            raise JobRefused(" ".join(refused.messages)) from None
        report.leads_to(before.get_absolute_url())


@task()
def check_address_file(job: str, draft: str) -> None:
    """Check a file of addresses; leads to the page with what it would change."""
    with reporting(job) as report:
        found = AddressImport.objects.select_related("municipality").get(uuid=draft)
        check_addresses(draft=found, progress=report)
        report.leads_to(found.get_absolute_url())


@task()
def bring_addresses_in(job: str, draft: str, with_large_loss: bool, user: str) -> None:
    """Bring addresses in on behalf of a person, whose permission is asked again."""
    with reporting(job) as report:
        person = get_user_model().objects.get(uuid=user)
        found = AddressImport.objects.select_related("municipality").filter(uuid=draft).first()
        if found is None:
            raise JobRefused(str(AddressConflict()))
        try:
            done = bring_addresses(draft=found, user=person, with_large_loss=with_large_loss, progress=report)
        except (AddressConflict, LargeLoss, AddressFileRefused) as refused:
            raise JobRefused(str(refused)) from None
        report.leads_to(done.get_absolute_url())
