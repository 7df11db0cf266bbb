"""What migrations of other apps need to move files that waited for a yes into `core.Intake`."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from core.files import safe_name


def move_file(
    apps: Any,
    *,
    data: bytes,
    name: str,
    kind: str,
    content_type: str,
    owner: UUID | None,
    expires_at: datetime | None,
    subject: UUID | None = None,
) -> Any:
    """Store bytes as a private file, as the tables were when this ran; returns its row."""
    file = apps.get_model("core", "PrivateFile").objects.create(
        kind=kind,
        owner=owner,
        subject=subject,
        name=safe_name(name, content_type),
        content_type=content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        expires_at=expires_at,
    )
    storages["private"].save(str(file.uuid), ContentFile(data))
    return file


def move_intake(apps: Any, *, created_at: datetime, **values: Any) -> None:
    """Write an intake with the moment at which its file was uploaded."""
    intakes = apps.get_model("core", "Intake").objects
    intake = intakes.create(**values)
    intakes.filter(pk=intake.pk).update(created_at=created_at)
