from django.db import migrations, models

FORWARD = """
ALTER TABLE catalogue_current ADD CONSTRAINT catalogue_current_published
    FOREIGN KEY (code, version) REFERENCES catalogue_version (code, version);

CREATE FUNCTION catalogue_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published versions never change: % of % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER catalogue_version_append_only BEFORE UPDATE OR DELETE ON catalogue_version
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
CREATE TRIGGER catalogue_route_append_only BEFORE UPDATE OR DELETE ON catalogue_route
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
"""

BACKWARD = """
DROP TRIGGER catalogue_route_append_only ON catalogue_route;
DROP TRIGGER catalogue_version_append_only ON catalogue_version;
DROP FUNCTION catalogue_refuse_change();
ALTER TABLE catalogue_current DROP CONSTRAINT catalogue_current_published;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Current",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
            ],
            options={"db_table": "catalogue_current"},
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=80)),
                ("body", models.TextField()),
            ],
            options={"db_table": "catalogue_route"},
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("body", models.TextField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={"db_table": "catalogue_words"},
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("body", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=80)),
                (
                    "route",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.route",
                    ),
                ),
            ],
            options={
                "db_table": "catalogue_version",
                "constraints": [
                    models.UniqueConstraint(fields=("code", "version"), name="catalogue_version_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="catalogue_version_from_one"),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
