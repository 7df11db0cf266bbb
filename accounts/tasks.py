"""What the worker does for people."""

from django.db import transaction
from django_tasks import task

from accounts.filekinds import EXPORT
from accounts.models import User
from accounts.privacy import export_person
from core.files import store_bytes
from core.models import PrivateFile
from core.progress import reporting


@task()
def make_export(job: str, person: str) -> None:
    """Put together what is known about a person, and keep it for two days for them alone; an older one goes."""
    with reporting(job) as report:
        with transaction.atomic():
            user = User.objects.get(uuid=person, is_active=True)
            PrivateFile.objects.filter(kind=EXPORT, owner=user.uuid).delete()
            content = export_person(person=user, by=user)
            file = store_bytes(
                content,
                kind=EXPORT,
                owner=user.uuid,
                name="mijn-gegevens.zip",
                content_type="application/zip",
            )
        report.leads_to(f"/mijn/#bestand-{file.uuid}")
