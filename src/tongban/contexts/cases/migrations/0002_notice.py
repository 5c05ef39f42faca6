"""Public notices, for the published list."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "stream_id", "special", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stream_id", models.UUIDField()),
                ("special", models.TextField()),
                ("number", models.TextField()),
                ("item_code", models.TextField()),
                ("item_version", models.IntegerField()),
                ("division", models.TextField()),
                ("agency", models.TextField()),
                ("title", models.TextField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("ended", models.BooleanField()),
            ],
            options={
                "db_table": "cases_notice",
                "indexes": [models.Index(fields=["-last_day", "stream_id"], name="cases_notice_last")],
            },
        ),
    ]
