from django.db import migrations

from regioagenda.exclusion import add_exclusions, drop_exclusions


class Migration(migrations.Migration):
    """A municipality leads a block once at a time, also when two enter it at once (PostgreSQL)."""

    dependencies = [("regioagenda", "0001_initial"), ("governance", "0002_one_at_a_time")]
    operations = [migrations.RunPython(add_exclusions, drop_exclusions)]
