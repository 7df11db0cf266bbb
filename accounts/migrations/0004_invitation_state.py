"""The state of an invitation, which followed from its moments, is a column of its own; the history gets it too."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


STATE = """
UPDATE {table} SET state = CASE WHEN accepted_at IS NOT NULL THEN 'accepted' ELSE 'revoked' END
WHERE accepted_at IS NOT NULL OR revoked_at IS NOT NULL
"""
# The history is append-only, also for its owner: this adds a column to what it says, and changes nothing of it.
MOVE = [
    STATE.format(table="accounts_invitation"),
    "ALTER TABLE accounts_invitationevent DISABLE TRIGGER USER",
    STATE.format(table="accounts_invitationevent"),
    "ALTER TABLE accounts_invitationevent ENABLE TRIGGER USER",
]


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_addresses_in_lower_case'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='invitation_accepted_or_revoked',
        ),
        migrations.AddField(
            model_name='invitation',
            name='state',
            field=models.CharField(choices=[('sent', 'sent'), ('accepted', 'accepted'), ('revoked', 'revoked')], default='sent', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='invitationevent',
            name='state',
            field=models.CharField(choices=[('sent', 'sent'), ('accepted', 'accepted'), ('revoked', 'revoked')], default='sent', max_length=10, verbose_name='state'),
        ),
        migrations.RunSQL(MOVE, reverse_sql=migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_invitationevent" ("accepted_at", "area_id", "created_at", "email", "expires_at", "id", "invited_by_id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "state", "uuid", "valid_from", "valid_until", "why") VALUES (NEW."accepted_at", NEW."area_id", NEW."created_at", NEW."email", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."municipality_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."role", NEW."state", NEW."uuid", NEW."valid_from", NEW."valid_until", NEW."why"); RETURN NULL;', hash='0a67d90af3b172fb9a44ae4728b8febcd4a20c80', operation='INSERT', pgid='pgtrigger_insert_insert_8c354', table='accounts_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."area_id" IS DISTINCT FROM (NEW."area_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."municipality_id" IS DISTINCT FROM (NEW."municipality_id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uuid" IS DISTINCT FROM (NEW."uuid") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_until" IS DISTINCT FROM (NEW."valid_until") OR OLD."why" IS DISTINCT FROM (NEW."why"))', func='INSERT INTO "accounts_invitationevent" ("accepted_at", "area_id", "created_at", "email", "expires_at", "id", "invited_by_id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "state", "uuid", "valid_from", "valid_until", "why") VALUES (NEW."accepted_at", NEW."area_id", NEW."created_at", NEW."email", NEW."expires_at", NEW."id", NEW."invited_by_id", NEW."municipality_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."role", NEW."state", NEW."uuid", NEW."valid_from", NEW."valid_until", NEW."why"); RETURN NULL;', hash='34dd8acd3845c6b74ded45a7071171f4dae6de68', operation='UPDATE', pgid='pgtrigger_update_update_4e12d', table='accounts_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_invitationevent" ("accepted_at", "area_id", "created_at", "email", "expires_at", "id", "invited_by_id", "municipality_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "role", "state", "uuid", "valid_from", "valid_until", "why") VALUES (OLD."accepted_at", OLD."area_id", OLD."created_at", OLD."email", OLD."expires_at", OLD."id", OLD."invited_by_id", OLD."municipality_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revoked_at", OLD."role", OLD."state", OLD."uuid", OLD."valid_from", OLD."valid_until", OLD."why"); RETURN NULL;', hash='9aa064196d1db22c83ef7b582f464c8265cb0e49', operation='DELETE', pgid='pgtrigger_delete_delete_f2c14', table='accounts_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='state_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{sent:sent,sent:accepted,sent:revoked}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='dd4a5b034e33c72e534965ce983ba5bdb094ab7a', operation='UPDATE', pgid='pgtrigger_state_moves_06155', table='accounts_invitation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', True), ('state', 'sent')), models.Q(('accepted_at__isnull', False), ('revoked_at__isnull', True), ('state', 'accepted')), models.Q(('accepted_at__isnull', True), ('revoked_at__isnull', False), ('state', 'revoked')), _connector='OR'), name='invitation_state_has_moment', violation_error_message='An invitation that was accepted cannot be revoked.'),
        ),
    ]
