"""Extensions, and the role that may erase personal data from append-only history."""

from typing import Any

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.contrib.gis.db.backends.postgis.schema import PostGISSchemaEditor
from django.db import migrations

from core.history import ERASURE_ROLE

ROLE_MISSING = (
    f"The database role {ERASURE_ROLE} is missing and this user may not make it. Ask the database administrator for: "
    f"CREATE ROLE {ERASURE_ROLE} NOLOGIN; GRANT {ERASURE_ROLE} TO <this user>; (docs/operations.md)"
)


def make_erasure_role(apps: Any, schema_editor: PostGISSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ERASURE_ROLE])
        exists = cursor.fetchone()
        cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
        may_create = cursor.fetchone()[0]
        if not exists:
            if not may_create:
                raise RuntimeError(ROLE_MISSING)
            cursor.execute(
                f"DO $$ BEGIN CREATE ROLE {ERASURE_ROLE} NOLOGIN; "
                "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        cursor.execute(f"SELECT pg_has_role(current_user, '{ERASURE_ROLE}', 'MEMBER')")
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {ERASURE_ROLE} TO current_user")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {ERASURE_ROLE}")
        cursor.execute(f"GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ERASURE_ROLE}")
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, UPDATE, DELETE ON TABLES TO " + ERASURE_ROLE
        )
        cursor.execute(
            "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO " + ERASURE_ROLE
        )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS postgis", migrations.RunSQL.noop),
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunPython(make_erasure_role, migrations.RunPython.noop),
    ]
