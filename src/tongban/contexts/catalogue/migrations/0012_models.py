"""Routes and decision tables get lives of their own, as items have.

Those in use from before get their streams by `actions.adopt`, which `tongban migrate` calls next.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_decisions")]

    operations = [
        migrations.CreateModel(
            name="Modelled",
            fields=[
                ("stream_id", models.TextField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("stage", models.TextField()),
                ("name_zh", models.TextField()),
                ("name_en", models.TextField()),
                ("agency", models.TextField()),
                ("author", models.TextField()),
                ("base", models.PositiveIntegerField()),
                ("origin", models.TextField()),
                ("digest", models.TextField()),
                ("published_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("errors", models.PositiveIntegerField()),
                ("warnings", models.PositiveIntegerField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "catalogue_model",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "number"), name="catalogue_model_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ["draft", "department_review", "legal_review", "approved"])),
                        fields=("kind", "key"),
                        name="catalogue_model_one_draft",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "published")),
                        fields=("kind", "key"),
                        name="catalogue_model_one_in_force",
                    ),
                ],
            },
        ),
    ]
