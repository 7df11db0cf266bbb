
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0016_address_imports_are_done'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='areaedition',
            trigger=pgtrigger.compiler.Trigger(name='status_moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:active,active:superseded,active:taken_back,superseded:active}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='69cd4c8b0cb8086705d538b7244a01a0d7cfb420', operation='UPDATE', pgid='pgtrigger_status_moves_bdb9f', table='areas_areaedition', when='BEFORE')),
        ),
    ]
