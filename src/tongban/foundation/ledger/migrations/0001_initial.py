"""The ledger's tables, from schema.sql; Django only learns their shape for reading."""

from pathlib import Path

from django.db import migrations, models

SCHEMA = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
TABLES = ("event", "private", "request", "due", "counter", "stream")
DROP = "".join(f"DROP TABLE ledger_{table};" for table in TABLES) + "DROP FUNCTION ledger_refuse_change;"


def text(**options):
    return models.TextField(**options)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(SCHEMA, DROP)],
            state_operations=[
                migrations.CreateModel(
                    "Stream",
                    [
                        ("id", text(primary_key=True, serialize=False)),
                        ("kind", text()),
                        ("version", models.IntegerField()),
                        ("head", models.BinaryField()),
                        ("state", text()),
                        ("created_at", models.DateTimeField()),
                        ("updated_at", models.DateTimeField()),
                    ],
                    {"db_table": "ledger_stream"},
                ),
                migrations.CreateModel(
                    "Event",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "stream_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("position", models.BigIntegerField(unique=True)),
                        ("stream_id", text()),
                        ("seq", models.IntegerField()),
                        ("type", text()),
                        ("version", models.SmallIntegerField()),
                        ("payload", text()),
                        ("at", models.DateTimeField()),
                        ("actor", text()),
                        ("principal", text()),
                        ("request_id", text()),
                        ("prev_hash", models.BinaryField()),
                        ("hash", models.BinaryField()),
                    ],
                    {"db_table": "ledger_event"},
                ),
                migrations.CreateModel(
                    "Private",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "stream_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("stream_id", text()),
                        ("seq", models.IntegerField()),
                        ("plain", text()),
                        ("salts", text()),
                    ],
                    {"db_table": "ledger_private"},
                ),
                migrations.CreateModel(
                    "Request",
                    [
                        ("request_id", text(primary_key=True, serialize=False)),
                        ("stream_id", text()),
                        ("fingerprint", models.BinaryField()),
                        ("first_seq", models.IntegerField()),
                        ("last_seq", models.IntegerField()),
                    ],
                    {"db_table": "ledger_request"},
                ),
                migrations.CreateModel(
                    "DueRow",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "stream_id", "key", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("stream_id", text()),
                        ("key", text()),
                        ("queue", text()),
                        ("name", text()),
                        ("at", models.DateTimeField()),
                        ("args", models.JSONField()),
                        ("fence", models.IntegerField()),
                        ("leased_until", models.DateTimeField()),
                        ("attempts", models.IntegerField()),
                        ("last_error", text()),
                    ],
                    {"db_table": "ledger_due"},
                ),
                migrations.CreateModel(
                    "Counter",
                    [
                        ("series", text(primary_key=True, serialize=False)),
                        ("value", models.BigIntegerField()),
                    ],
                    {"db_table": "ledger_counter"},
                ),
            ],
        )
    ]
