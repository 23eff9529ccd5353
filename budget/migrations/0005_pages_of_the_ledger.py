from django.db import migrations, models


class Migration(migrations.Migration):
    """Pages of the ledger and of invoices out of an index; one that no question used goes."""

    dependencies = [("budget", "0004_sums_of_the_ledger")]
    operations = [
        migrations.RemoveIndex(model_name="invoice", name="budget_invo_commitm_2a70f3_idx"),
        migrations.RemoveIndex(model_name="ledgerentry", name="budget_entry_sums"),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["commitment", "received_on", "id"],
                include=["state", "amount"],
                name="budget_invoice_listed",
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerentry",
            index=models.Index(fields=["fund", "id"], name="budget_entry_newest"),
        ),
    ]
