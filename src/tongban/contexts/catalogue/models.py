"""Tables of the catalogue. Published versions and routes are append-only, by trigger; only the pointer moves.

`Version`, `Current` and `Life` are read tables: the ledger keeps them equal to the streams of item versions.
"""

from __future__ import annotations

from django.db import models


class Route(models.Model):
    """A process diagram as it was published, addressed by the SHA-256 of its bytes."""

    digest = models.CharField(primary_key=True, max_length=64)
    key = models.CharField(max_length=80)  # id of the file in catalogue/routes
    body = models.TextField()  # BPMN 2.0 XML
    stored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalogue_route"


class Decision(models.Model):
    """A file of decision tables as it was published, addressed by the SHA-256 of its bytes."""

    digest = models.CharField(primary_key=True, max_length=64)
    key = models.CharField(max_length=80)  # id of the file in catalogue/decisions
    body = models.TextField()  # DMN XML
    stored_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalogue_decision"


class Version(models.Model):
    """One published version of one item: canonical JSON of the item and the digest of its route."""

    id = models.BigAutoField(primary_key=True)
    stream_id = models.TextField(unique=True)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of body
    route = models.ForeignKey(Route, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)

    class Meta:
        db_table = "catalogue_version"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="catalogue_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="catalogue_version_from_one"),
        ]


class Current(models.Model):
    """Which version of an item is in force now; (code, version) refers to `Version` by a foreign key in SQL."""

    code = models.CharField(primary_key=True, max_length=40)
    stream_id = models.TextField(unique=True)
    version = models.PositiveIntegerField()

    class Meta:
        db_table = "catalogue_current"


class Life(models.Model):
    """One row a version in whatever stage, for lists."""

    stream_id = models.TextField(primary_key=True)
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    stage = models.TextField()  # core.life.LifeStage
    name_zh = models.TextField()
    name_en = models.TextField()
    agency = models.TextField()
    author = models.TextField()
    base = models.PositiveIntegerField()
    origin = models.TextField()
    effective_from = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "catalogue_life"
        indexes = [models.Index(fields=["stage", "agency", "-updated_at"], name="catalogue_life_lists")]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="catalogue_life_once"),
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(stage__in=["draft", "department_review", "legal_review"]),
                name="catalogue_life_one_draft",
            ),
        ]


class Modelled(models.Model):
    """One row a version of a route or decision table in whatever stage, for lists; kept by the ledger."""

    stream_id = models.TextField(primary_key=True)
    kind = models.TextField()  # "route", "table"
    key = models.TextField()
    number = models.PositiveIntegerField()
    stage = models.TextField()  # core.life.LifeStage
    name_zh = models.TextField()
    name_en = models.TextField()
    agency = models.TextField()
    author = models.TextField()
    base = models.PositiveIntegerField()
    origin = models.TextField()
    digest = models.TextField()  # SHA-256 of its text: under it published ones stand in `Route` and `Decision`
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "catalogue_model"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "number"], name="catalogue_model_once"),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(stage__in=["draft", "department_review", "legal_review", "approved"]),
                name="catalogue_model_one_draft",
            ),
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(stage="published"), name="catalogue_model_one_in_force"
            ),
        ]


class Before(models.Model):
    """Versions published before versions had streams, until `actions.adopt` has given them theirs."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    body = models.TextField()
    digest = models.CharField(max_length=64)
    route_id = models.CharField(max_length=64, null=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    in_force = models.BooleanField()

    class Meta:
        db_table = "catalogue_before"


class Words(models.Model):
    """What a folder holds beside its items, as loaded last: "synonyms" for search, "papers" that others issue."""

    name = models.CharField(primary_key=True, max_length=40)
    body = models.TextField()  # canonical JSON
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "catalogue_words"


class Unfound(models.Model):
    """Words that found nothing, counted a day, for whoever keeps the synonyms: normalised, every digit masked."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()  # official date
    words = models.CharField(max_length=60)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "catalogue_unfound"
        constraints = [models.UniqueConstraint(fields=["day", "words"], name="catalogue_unfound_once")]
