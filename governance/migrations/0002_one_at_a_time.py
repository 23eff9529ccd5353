from django.db import migrations

from governance.exclusion import add_exclusions, drop_exclusions


class Migration(migrations.Migration):
    """What two people enter at once may not overlap in time (PostgreSQL only)."""

    dependencies = [("governance", "0001_initial")]
    operations = [migrations.RunPython(add_exclusions, drop_exclusions)]
