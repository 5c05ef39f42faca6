"""Who keeps out of which case, and the decisions open to the public."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_batches")]

    operations = [
        migrations.CreateModel(
            name="Recused",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "stream_id", "officer", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("stream_id", models.UUIDField()),
                ("officer", models.TextField()),
            ],
            options={"db_table": "cases_recused"},
        ),
        migrations.CreateModel(
            name="Published",
            fields=[
                ("stream_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("item_code", models.TextField()),
                ("item_version", models.IntegerField()),
                ("outcome", models.TextField()),
                ("holder", models.TextField()),
                ("division", models.TextField()),
                ("agency", models.TextField()),
                ("decided_on", models.DateField()),
                ("by_law", models.BooleanField()),
            ],
            options={
                "db_table": "cases_published",
                "indexes": [models.Index(fields=["-decided_on", "stream_id"], name="cases_published_day")],
            },
        ),
    ]
