"""Tables of figures that wait for a yes move to `core.Intake`, their bytes to a private file."""

import datetime as dt
from typing import Any

from django.db import migrations

from core.migrations._intakes import move_file, move_intake
from core.sniff import HEAD, sniff

KEPT = dt.timedelta(days=2)
ACCEPTED = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/json")


def move(apps: Any, schema_editor: Any) -> None:
    for kept in apps.get_model("areas", "FigureImport").objects.iterator():
        data = bytes(kept.data)
        file = move_file(
            apps,
            data=data,
            name=kept.file_name,
            kind="areas.figures",
            content_type=sniff(data[:HEAD], kept.file_name, ACCEPTED) or "text/csv",
            owner=kept.owner,
            expires_at=kept.created_at + KEPT,
        )
        reading = {**kept.reading, "kind": kept.kind_id, "indicator": kept.indicator_id}
        move_intake(
            apps, uuid=kept.uuid, kind="areas.figures", place=kept.municipality_id, file=file, reading=reading,
            answers=kept.matches, created_at=kept.created_at,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_intake"),
        ("areas", "0011_taken_back_at"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.DeleteModel(name="FigureImport"),
    ]
