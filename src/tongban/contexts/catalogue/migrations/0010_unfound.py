from django.db import migrations, models

# Two citizens who look for the same words at once must not wait for each other: whoever would wait gives up.
FORWARD = """
CREATE FUNCTION catalogue_note_unfound(on_day date, looked_for text) RETURNS void LANGUAGE plpgsql
SET lock_timeout = '20ms' AS $$
BEGIN
    INSERT INTO catalogue_unfound AS known (day, words, count) VALUES (on_day, looked_for, 1)
    ON CONFLICT (day, words) DO UPDATE SET count = known.count + 1;
EXCEPTION WHEN lock_not_available THEN NULL;
END $$;
"""
BACKWARD = "DROP FUNCTION catalogue_note_unfound(date, text)"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_life")]

    operations = [
        migrations.CreateModel(
            name="Unfound",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("words", models.CharField(max_length=60)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "db_table": "catalogue_unfound",
                "constraints": [models.UniqueConstraint(fields=["day", "words"], name="catalogue_unfound_once")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
