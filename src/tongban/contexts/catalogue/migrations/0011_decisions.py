from django.db import migrations, models

FORWARD = """
CREATE TRIGGER catalogue_decision_append_only BEFORE UPDATE OR DELETE ON catalogue_decision
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
"""
BACKWARD = "DROP TRIGGER catalogue_decision_append_only ON catalogue_decision"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_unfound")]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("body", models.TextField()),
                ("stored_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "catalogue_decision"},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
