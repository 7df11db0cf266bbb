from django.db import migrations


class Migration(migrations.Migration):
    """The names of map layers are checked against the registry; a constraint that names the layer of another app goes."""

    dependencies = [("areas", "0013_place_of_a_figure")]

    operations = [
        migrations.RemoveConstraint(model_name="areakind", name="areakind_slug_not_reserved"),
    ]
