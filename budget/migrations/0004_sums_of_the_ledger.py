from django.db import migrations, models


class Migration(migrations.Migration):
    """What a fund comes to out of one index; what was booked since a moment out of another."""

    dependencies = [("budget", "0003_sheets_read_in")]
    operations = [
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(
                fields=["fund", "line", "year", "commitment"],
                include=["kind", "amount"],
                name="budget_entry_sums",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["fund", "recorded_at"], name="budget_entry_since"),
        ),
    ]
