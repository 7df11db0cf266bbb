"""Boundaries that are there already get the code and name that their area has now."""

from django.db import migrations

FILL = """
UPDATE areas_areashape shape SET name = area.name, code = coalesce(code.code, '')
FROM areas_area area
JOIN areas_areakind kind ON kind.id = area.kind_id
LEFT JOIN areas_areacode code ON code.area_id = area.id AND code.scheme = kind.scheme
WHERE shape.area_id = area.id
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0008_editions_compared")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
