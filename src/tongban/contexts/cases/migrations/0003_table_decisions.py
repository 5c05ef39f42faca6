from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_notice")]

    operations = [
        migrations.CreateModel(
            name="TableDecision",
            fields=[
                ("stream_id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("item_code", models.TextField()),
                ("item_version", models.IntegerField()),
                ("agency", models.TextField()),
                ("reference", models.TextField()),
                ("digest", models.TextField()),
                ("outcome", models.TextField()),
                ("left_why", models.TextField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                ("percent", models.IntegerField()),
                ("drawn", models.BooleanField()),
                ("recheck", models.TextField()),
                ("rechecked_at", models.DateTimeField(null=True)),
                ("review", models.TextField()),
                ("review_asked_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "cases_table_decision",
                "indexes": [
                    models.Index(fields=["reference", "digest"], name="cases_table_decision_table"),
                    models.Index(
                        condition=models.Q(recheck="disagree"),
                        fields=["-rechecked_at"],
                        name="cases_table_decision_disagree",
                    ),
                ],
            },
        ),
    ]
