"""Files that wait for a yes, made for a test."""

from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from areas.models import Municipality
from core.files import check_upload
from core.intake import intake_kinds, keep
from core.models import Intake
from tests.conftest import OPERATOR


def kept_file(
    kind: str,
    municipality: Municipality,
    data: bytes | str,
    owner: User | None,
    *,
    name: str = "proef.csv",
    **more: Any,
) -> Intake:
    """A file that somebody uploaded, as the operator keeps it for them."""
    content = ContentFile(data.encode() if isinstance(data, str) else data, name=name)
    return keep(
        kind=kind,
        upload=check_upload(content, kind=intake_kinds[kind].files),
        place=municipality.pk,
        owner=owner.uuid if owner else None,
        by=OPERATOR,
        **more,
    )
