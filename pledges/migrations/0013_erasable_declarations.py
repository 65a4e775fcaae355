"""What signers declare gets a salt and a digest, so that it can be erased by law and the ledger still verifies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pledges", "0012_pledge_authors"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="approver_interest_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="approver_interest_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="author_interest_digest",
            field=models.CharField(blank=True, default="", editable=False, max_length=64, verbose_name="digest"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="author_interest_salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32, verbose_name="salt"),
        ),
    ]
