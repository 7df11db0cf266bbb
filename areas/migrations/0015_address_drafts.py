"""Files of addresses that wait for a yes move to `core.Intake`, and are checked again there; what came in stays as it is."""

from typing import Any

from django.db import migrations

from core.migrations._intakes import move_intake


def move(apps: Any, schema_editor: Any) -> None:
    drafts = apps.get_model("areas", "AddressImport").objects.filter(status="draft")
    files = apps.get_model("core", "PrivateFile").objects.filter(kind="areas.addresses")
    for draft in drafts:
        file = files.filter(subject=draft.uuid).first()
        if file is None:  # its two weeks are over
            continue
        files.filter(pk=file.pk).update(subject=None)
        move_intake(
            apps,
            uuid=draft.uuid,
            kind="areas.addresses",
            place=draft.municipality_id,
            file=file,
            reading={
                "reference_date": draft.reference_date.isoformat(),
                "source": draft.source,
                "licence": draft.licence,
                "is_complete": draft.is_complete,
            },
            created_at=draft.created_at,
        )
    drafts.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_intake"),
        ("areas", "0014_kinds_checked_against_layers"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
