"""Files of areas that come in: tables of figures, addresses, boundaries."""

from collections.abc import Mapping
from typing import IO, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.actions import (
    AboutAddresses,
    AddressPlan,
    Reading,
    activate_edition,
    import_addresses,
    import_figures,
    plan_addresses,
    read_draft,
    told_of_draft,
)
from areas.figures.plan import Plan, asked_from, make_plan
from areas.figures.tables import rows_in
from areas.filekinds import ADDRESSES, BOUNDARIES, FIGURES
from areas.models import AddressImport, AreaEdition, AreaKind, Indicator, Municipality
from core.intake import Gone, IntakeKind, Progress, intake_kinds
from core.models import Intake
from core.verbs import Actor, Refused


def municipality_of(*, intake: Intake) -> Municipality:
    """For which municipality a file is."""
    (municipality,) = Municipality.objects.filter(pk=intake.place)
    return municipality


def about_figures(intake: Intake) -> tuple[AreaKind, Indicator | None]:
    """Of which kind of area a table tells, and of which indicator (None: each column is named after its own)."""
    kinds = AreaKind.objects.select_related("municipality").filter(municipality=intake.place)
    kind = kinds.filter(pk=intake.reading["kind"]).first()
    asked = intake.reading["indicator"]
    indicator = Indicator.objects.filter(municipality=intake.place, pk=asked).first() if asked else None
    if kind is None or (asked and indicator is None):
        raise Refused(
            _("The figure or the kind of area that this table is about is no longer there."), "gone"
        )
    return kind, indicator


def plan_figures(*, intake: Intake, place: Municipality, content: IO[bytes], progress: Progress) -> Plan:
    """What a table of figures would change now."""
    kind, indicator = about_figures(intake)
    indicators = Indicator.objects.filter(municipality=intake.place)
    return make_plan(
        kind, indicator, indicators, rows_in(content), asked_from(intake.reading, intake.answers)
    )


def apply_figures(
    *,
    intake: Intake,
    place: Municipality,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> Plan:
    """Bring a table of figures in."""
    kind, indicator = about_figures(intake)
    return import_figures(
        kind=kind,
        indicator=indicator,
        rows=rows_in(content),
        ask=asked_from(intake.reading, intake.answers),
        by=by,
        file_name=intake.file.name,
        digest=digest,
        without_faulty=bool(choices.get("without_faulty")),
    )


def plan_address_file(
    *, intake: Intake, place: Municipality, content: IO[bytes], progress: Progress
) -> AddressPlan:
    """What a file of addresses would change now."""
    about = AboutAddresses.from_json(intake.reading)
    plan = plan_addresses(municipality=place, file=content, is_complete=about.is_complete, progress=progress)
    progress(4, 4, _("Checked"))
    return plan


def apply_address_file(
    *,
    intake: Intake,
    place: Municipality,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> AddressImport:
    """Bring addresses in."""
    brought = import_addresses(
        municipality=place,
        file=content,
        file_name=intake.file.name,
        about=AboutAddresses.from_json(intake.reading),
        identifier=intake.uuid,
        digest=digest,
        with_large_loss=bool(choices.get("with_large_loss")),
        by=by,
        progress=progress,
    )
    return brought.file


def told_of_addresses(*, intake: Intake, found: AddressPlan | Refused, by: Actor) -> Mapping[str, Any]:
    """What the page needs of a check."""
    return {} if isinstance(found, Refused) else {"changes": found.changes.as_json()}


def draft_of(intake: Intake) -> AreaEdition:
    """The edition that a file of boundaries is the draft of; raises Gone when it is none any more."""
    drafts = AreaEdition.objects.filter(status=AreaEdition.Status.DRAFT)
    rows = drafts.select_related("kind__municipality")
    draft = rows.filter(uuid=intake.subject).first() if intake.subject else None
    if draft is None:
        raise Gone
    return draft


def plan_boundaries(
    *, intake: Intake, place: Municipality, content: IO[bytes], progress: Progress
) -> Reading:
    """What a file of boundaries would change now."""
    reading = read_draft(edition=draft_of(intake), kept=intake, data=content.read(), progress=progress)
    progress(4, 4, _("Checked"))
    return reading


def apply_boundaries(
    *,
    intake: Intake,
    place: Municipality,
    content: IO[bytes],
    digest: str,
    choices: Mapping[str, Any],
    by: Actor,
    progress: Progress,
) -> AreaEdition:
    """Bring boundaries into force."""
    return activate_edition(
        edition=draft_of(intake),
        kept=intake,
        data=content.read(),
        digest=digest,
        without_faulty=bool(choices.get("without_faulty")),
        confirmed_retirements=choices.get("retirements", ()),
        by=by,
        progress=progress,
    )


def told_of_boundaries(*, intake: Intake, found: Reading | Refused, by: Actor) -> Mapping[str, Any]:
    """What the page needs of a check."""
    return told_of_draft(draft_of(intake), found, by=by)


intake_kinds.register(
    IntakeKind(
        name=FIGURES,
        title=gettext_lazy("Table of figures"),
        files=FIGURES,
        permission="areas.import_figures",
        place=municipality_of,
        plan=plan_figures,
        apply=apply_figures,
        page=lambda *, intake: reverse("areas:figures_check", args=[intake.uuid]),
        one_each=True,
    )
)
intake_kinds.register(
    IntakeKind(
        name=ADDRESSES,
        title=gettext_lazy("File of addresses"),
        files=ADDRESSES,
        permission="areas.import_addresses",
        place=municipality_of,
        plan=plan_address_file,
        apply=apply_address_file,
        page=lambda *, intake: reverse("areas:address_import", args=[intake.uuid]),
        told=told_of_addresses,
    )
)

intake_kinds.register(
    IntakeKind(
        name=BOUNDARIES,
        title=gettext_lazy("File of boundaries"),
        files=BOUNDARIES,
        permission="areas.import_edition",
        place=municipality_of,
        plan=plan_boundaries,
        apply=apply_boundaries,
        page=lambda *, intake: reverse("areas:edition", args=[intake.subject]),
        told=told_of_boundaries,
    )
)
