"""Files of draft editions move to `core.Intake`, with the codes that were answered; they are checked again there."""

from typing import Any

from django.db import migrations

from core.migrations._intakes import move_file, move_intake
from core.sniff import HEAD, sniff

ACCEPTED = ("application/geo+json", "application/json", "application/geopackage+sqlite3", "application/zip")


def move(apps: Any, schema_editor: Any) -> None:
    files = apps.get_model("areas", "EditionFile").objects.filter(edition__status="draft")
    for kept in files.select_related("edition__kind").iterator():
        data = bytes(kept.data)
        file = move_file(
            apps,
            data=data,
            name=kept.name,
            kind="areas.boundaries",
            content_type=sniff(data[:HEAD], kept.name, ACCEPTED) or "application/json",
            owner=None,
            expires_at=None,
            subject=kept.edition.uuid,
        )
        move_intake(
            apps,
            kind="areas.boundaries",
            place=kept.edition.kind.municipality_id,
            subject=kept.edition.uuid,
            file=file,
            answers={} if kept.recodings is None else {"recodings": kept.recodings},
            created_at=kept.edition.created_at,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_intake"),
        ("areas", "0017_edition_moves"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="EditionFile"),
    ]
