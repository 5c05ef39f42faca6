"""Event logs of elsewhere, kept beside the ledger; append-only like everything that was recorded."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION process_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'imported history is append-only'; END $$;
CREATE TRIGGER process_history_log_append_only BEFORE UPDATE OR DELETE ON process_history_log
    FOR EACH ROW EXECUTE FUNCTION process_refuse_change();
CREATE TRIGGER process_history_case_append_only BEFORE UPDATE OR DELETE ON process_history_case
    FOR EACH ROW EXECUTE FUNCTION process_refuse_change();
"""
BACKWARD = """
DROP TRIGGER process_history_case_append_only ON process_history_case;
DROP TRIGGER process_history_log_append_only ON process_history_log;
DROP FUNCTION process_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("process", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="HistoryLog",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("title", models.TextField()),
                ("source", models.TextField()),
                ("route_id", models.TextField()),
                ("route_xml", models.TextField()),
                ("cases", models.PositiveIntegerField()),
                ("events", models.PositiveIntegerField()),
                ("first", models.DateTimeField()),
                ("last", models.DateTimeField()),
                ("figures", models.JSONField()),
                ("imported_at", models.DateTimeField()),
                ("imported_by", models.TextField()),
            ],
            options={"db_table": "process_history_log"},
        ),
        migrations.CreateModel(
            name="HistoryCase",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("case", models.TextField()),
                ("start", models.DateTimeField()),
                ("end", models.DateTimeField()),
                ("days", models.PositiveIntegerField()),
                ("workdays", models.PositiveIntegerField()),
                ("events", models.PositiveIntegerField()),
                ("fitness", models.FloatField()),
                ("kinds", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("deviations", models.JSONField()),
                ("course", models.JSONField()),
                ("flows", models.JSONField()),
                (
                    "log",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="process.historylog"
                    ),
                ),
            ],
            options={
                "db_table": "process_history_case",
                "indexes": [models.Index(fields=["log", "-workdays", "number"], name="process_history_longest")],
                "constraints": [models.UniqueConstraint(fields=("log", "number"), name="process_history_case_once")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
