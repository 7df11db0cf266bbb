"""Addresses are kept in lower case, and new ones in ASCII."""

import accounts.addresses
from django.db import migrations, models
from django.db.models.functions import Lower


def write_in_lower_case(apps, schema_editor):
    """What was written before addresses were spelled; two accounts cannot collide, an index has seen to that since the first day."""
    for name in ("User", "Invitation"):
        rows = apps.get_model("accounts", name).objects.exclude(email=Lower("email"))
        rows.update(email=Lower("email"))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_identity_providers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='invitation',
            name='email',
            field=models.EmailField(max_length=254, validators=[accounts.addresses.validate_ascii], verbose_name='e-mail address'),
        ),
        migrations.AlterField(
            model_name='invitationevent',
            name='email',
            field=models.EmailField(max_length=254, validators=[accounts.addresses.validate_ascii], verbose_name='e-mail address'),
        ),
        migrations.AlterField(
            model_name='user',
            name='email',
            field=models.EmailField(error_messages={'unique': 'This e-mail address is in use.'}, max_length=254, unique=True, validators=[accounts.addresses.validate_ascii], verbose_name='e-mail address'),
        ),
        migrations.RunPython(write_in_lower_case, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('email', Lower('email'))), name='invitation_email_in_lower_case', violation_error_message='An e-mail address is kept in lower case.'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('email', Lower('email'))), name='user_email_in_lower_case', violation_error_message='An e-mail address is kept in lower case.'),
        ),
    ]
