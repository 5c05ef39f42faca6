"""The ledger's tables, for reading. They are written only by `execute` (see statements.py) and the worker."""

from __future__ import annotations

from django.db import models


class Stream(models.Model):
    """One matter: its newest state and the head of its chain."""

    id = models.TextField(primary_key=True)
    kind = models.TextField()
    version = models.IntegerField()
    head = models.BinaryField()
    state = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_stream"


class Event(models.Model):
    """One act. Rows are never changed."""

    pk = models.CompositePrimaryKey("stream_id", "seq")
    position = models.BigIntegerField(unique=True)
    stream_id = models.TextField()
    seq = models.IntegerField()
    type = models.TextField()
    version = models.SmallIntegerField()
    payload = models.TextField()
    at = models.DateTimeField()
    actor = models.TextField()
    principal = models.TextField()
    request_id = models.TextField()
    prev_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        db_table = "ledger_event"


class Private(models.Model):
    """The personal values of one event, with the salts of their commitments; erasable."""

    pk = models.CompositePrimaryKey("stream_id", "seq")
    stream_id = models.TextField()
    seq = models.IntegerField()
    plain = models.TextField()
    salts = models.TextField()

    class Meta:
        db_table = "ledger_private"


class Request(models.Model):
    """The command a request id stood for."""

    request_id = models.TextField(primary_key=True)
    stream_id = models.TextField()
    fingerprint = models.BinaryField()
    first_seq = models.IntegerField()
    last_seq = models.IntegerField()

    class Meta:
        db_table = "ledger_request"


class DueRow(models.Model):
    """A command to be given to a stream at a time."""

    pk = models.CompositePrimaryKey("stream_id", "key")
    stream_id = models.TextField()
    key = models.TextField()
    queue = models.TextField()
    name = models.TextField()
    at = models.DateTimeField()
    args = models.JSONField()
    fence = models.IntegerField()
    leased_until = models.DateTimeField()
    attempts = models.IntegerField()
    last_error = models.TextField()

    class Meta:
        db_table = "ledger_due"


class Counter(models.Model):
    """The last number given out of a series."""

    series = models.TextField(primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        db_table = "ledger_counter"
