"""Tables of documents: stored files, issued acts with their counters, and the read table of licences."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class File(models.Model):
    """One stored file; its bytes are in the file store under `sha256`."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    filename = models.CharField(max_length=200)
    owner = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="documents_file_sha256")]
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="documents_file_not_empty")]


class Issued(models.Model):
    """One written act as it went out; `request_id` makes issuing it twice impossible."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=80)
    agency = models.CharField(max_length=60)
    case_number = models.CharField(max_length=60)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    issued_on = models.DateField()
    issued_by = models.CharField(max_length=100)
    request_id = models.CharField(max_length=200, unique=True)

    class Meta:
        indexes = [models.Index(fields=["case_number"], name="documents_issued_case")]


class Counter(models.Model):
    """The last serial of a series (organ, kind, year). Gaps are allowed, repeats are not."""

    series = models.CharField(max_length=120, primary_key=True)
    value = models.BigIntegerField()


class Licence(models.Model):
    """Read table of the licence streams, written by the ledger's projection only."""

    stream_id = models.UUIDField(primary_key=True)
    number = models.TextField()
    number_key = models.TextField(unique=True)
    identifier = models.TextField(unique=True)
    token = models.TextField(unique=True)
    item_code = models.TextField()
    name = models.TextField()
    name_en = models.TextField()
    case_id = models.TextField()
    holder_party_id = models.TextField()
    holder_name = models.TextField()
    holder_number_masked = models.TextField()
    holder_kind = models.TextField()
    agency = models.TextField()
    agency_name = models.TextField()
    agency_name_en = models.TextField()
    issued_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    status = models.TextField()
    ended_on = models.DateField(null=True)
    ended_reason = models.TextField()
    file_id = models.TextField()
    sha256 = models.TextField()
    facts = models.JSONField()
    conditions = ArrayField(models.TextField())

    class Meta:
        indexes = [
            models.Index(fields=["holder_party_id"], name="documents_licence_holder"),
            models.Index(fields=["case_id"], name="documents_licence_case"),
            models.Index(fields=["sha256"], name="documents_licence_sha256"),
        ]
