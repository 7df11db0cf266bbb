"""Tables of work locations that wait for a yes move to `core.Intake`: their rows become a CSV file again."""

import datetime as dt
from typing import Any

from django.db import migrations

from core.migrations._intakes import move_file, move_intake
from core.tables import csv_lines

KEPT = dt.timedelta(days=2)


def move(apps: Any, schema_editor: Any) -> None:
    for kept in apps.get_model("workplaces", "LocationImport").objects.select_related("owner").iterator():
        columns = list(dict.fromkeys(name for _number, cells in kept.rows for name in cells))
        rows = [[cells.get(name, "") for name in columns] for _number, cells in kept.rows]
        file = move_file(
            apps,
            data=b"".join(csv_lines(columns, rows)),
            name=kept.file_name,
            kind="workplaces.table",
            content_type="text/csv",
            owner=kept.owner.uuid,
            expires_at=kept.created_at + KEPT,
        )
        move_intake(
            apps, uuid=kept.uuid, kind="workplaces.locations", place=kept.municipality_id, file=file,
            created_at=kept.created_at,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_intake"),
        ("workplaces", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="LocationImport"),
    ]
