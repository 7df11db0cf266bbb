"""Who is competent in every area and in none, a careful period, what was asked in it, and a template of documents."""

import datetime as dt
from collections.abc import Iterable
from uuid import uuid4

from accounts.models import Competence, Consent, MandateHolder, PolicyField, User
from areas.models import Area, CalendarPeriod, Municipality, OfficeTemplate
from core.models import PrivateFile
from core.sniff import DOCX

FIRST = dt.date(2025, 1, 1)


def things(municipality: Municipality, areas: Iterable[Area | None], person: User) -> None:
    """A mandate holder, competent for one field in each of these areas; a person asked something."""
    CalendarPeriod.objects.create(
        municipality=municipality, kind="budget_freeze", name="Budgetstop", first=FIRST, last=FIRST
    )
    Consent.objects.create(
        municipality=municipality, period_kind="budget_freeze", period_name="Budgetstop", period_last=FIRST,
        kind="tests.area", subject=uuid4(), title="Bergen heet voortaan Berg", payload={}, why="proef", asked_by=person,
    )  # fmt: skip
    file = PrivateFile.objects.create(
        kind="areas.office", name="brief.docx", content_type=DOCX, size=1, sha256="0" * 64, owner=None
    )
    OfficeTemplate.objects.create(municipality=municipality, kind="tests.letter", file=file)
    field = PolicyField.objects.create(municipality=municipality, slug="mobiliteit", name="Mobiliteit")
    holder = MandateHolder.objects.create(municipality=municipality, name="Lid 1 (voorbeeld)")
    for area in areas:
        Competence.objects.create(
            municipality=municipality, holder=holder, field=field, area=area, valid_from=FIRST
        )
