"""Every version gets a ledger stream: `stream_id` in the read tables, and the table of versions on their way.

What was published before has no stream yet. It is put aside (`catalogue_before`), and `actions.adopt`, which
`tongban migrate` calls next, publishes it again through the ledger, byte by byte the same.
"""

from django.db import migrations, models

PUT_ASIDE = """
ALTER TABLE catalogue_current DROP CONSTRAINT catalogue_current_published;
DROP TRIGGER catalogue_version_append_only ON catalogue_version;
INSERT INTO catalogue_before (code, version, body, digest, route_id, published_at, published_by, in_force)
    SELECT v.code, v.version, v.body, v.digest, v.route_id, v.published_at, v.published_by, c.code IS NOT NULL
    FROM catalogue_version v LEFT JOIN catalogue_current c ON c.code = v.code AND c.version = v.version
    ORDER BY v.code, v.version;
DELETE FROM catalogue_current;
DELETE FROM catalogue_version;
"""
PUT_BACK = """
INSERT INTO catalogue_version (code, version, body, digest, route_id, published_at, published_by)
    SELECT code, version, body, digest, route_id, published_at, published_by FROM catalogue_before;
INSERT INTO catalogue_current (code, version) SELECT code, version FROM catalogue_before WHERE in_force;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER catalogue_version_append_only BEFORE UPDATE OR DELETE ON catalogue_version
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
ALTER TABLE catalogue_current ADD CONSTRAINT catalogue_current_published
    FOREIGN KEY (code, version) REFERENCES catalogue_version (code, version);
"""
GUARD = """
CREATE TRIGGER catalogue_version_append_only BEFORE UPDATE OR DELETE ON catalogue_version
    FOR EACH ROW EXECUTE FUNCTION catalogue_refuse_change();
ALTER TABLE catalogue_current ADD CONSTRAINT catalogue_current_published
    FOREIGN KEY (code, version) REFERENCES catalogue_version (code, version);
"""
UNGUARD = """
ALTER TABLE catalogue_current DROP CONSTRAINT catalogue_current_published;
DROP TRIGGER catalogue_version_append_only ON catalogue_version;
INSERT INTO catalogue_before (code, version, body, digest, route_id, published_at, published_by, in_force)
    SELECT v.code, v.version, v.body, v.digest, v.route_id, v.published_at, v.published_by, c.code IS NOT NULL
    FROM catalogue_version v LEFT JOIN catalogue_current c ON c.code = v.code AND c.version = v.version
    ORDER BY v.code, v.version;
DELETE FROM catalogue_current;
DELETE FROM catalogue_version;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("ledger", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Before",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("body", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("route_id", models.CharField(max_length=64, null=True)),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=80)),
                ("in_force", models.BooleanField()),
            ],
            options={"db_table": "catalogue_before"},
        ),
        migrations.RunSQL(PUT_ASIDE, PUT_BACK),
        migrations.CreateModel(
            name="Life",
            fields=[
                ("stream_id", models.TextField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField()),
                ("stage", models.TextField()),
                ("name_zh", models.TextField()),
                ("name_en", models.TextField()),
                ("agency", models.TextField()),
                ("author", models.TextField()),
                ("base", models.PositiveIntegerField()),
                ("origin", models.TextField()),
                ("effective_from", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("errors", models.PositiveIntegerField()),
                ("warnings", models.PositiveIntegerField()),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "catalogue_life",
                "indexes": [models.Index(fields=["stage", "agency", "-updated_at"], name="catalogue_life_lists")],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "number"), name="catalogue_life_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("stage__in", ["draft", "department_review", "legal_review"])),
                        fields=("code",),
                        name="catalogue_life_one_draft",
                    ),
                ],
            },
        ),
        migrations.AddField("route", "stored_at", models.DateTimeField(null=True)),
        migrations.AddField("version", "stream_id", models.TextField(default="", unique=True), preserve_default=False),
        migrations.AddField("current", "stream_id", models.TextField(default="", unique=True), preserve_default=False),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
