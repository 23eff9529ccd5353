from django.db import migrations

from budget.database import add_guards, drop_guards


class Migration(migrations.Migration):
    """One mandate at a time, and a ledger that is only added to (PostgreSQL only)."""

    dependencies = [("budget", "0001_initial"), ("governance", "0002_one_at_a_time")]
    operations = [migrations.RunPython(add_guards, drop_guards)]
