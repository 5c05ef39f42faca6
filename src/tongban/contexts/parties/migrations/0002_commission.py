"""What chief representatives may decide in the name of their organ."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Commission",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("stream_id", models.UUIDField(db_index=True)),
                ("agency", models.TextField()),
                ("items", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("start", models.DateField()),
                ("until", models.DateField()),
                ("given_by_name", models.TextField()),
                ("revoked_on", models.DateField(null=True)),
                ("active", models.BooleanField()),
            ],
            options={"db_table": "parties_commission"},
        ),
    ]
