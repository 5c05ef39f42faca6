"""Tables of the cases: drafts, and the read tables that the ledger keeps equal to the state of every case."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """An application being filled in, or the papers of a supplement being gathered: nobody's business but the owner's.

    It is no act of power and stands in no ledger; filing it consumes it in the same transaction.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField(default="application")  # application | supplement
    owner = models.TextField()  # actor id: a citizen, or the window officer who fills it in for somebody present
    principal = models.UUIDField()  # party the application is for
    person = models.TextField()  # party id of the natural person who acts
    item_code = models.TextField()
    item_version = models.IntegerField()
    division = models.TextField()
    channel = models.TextField(default="online")
    values = models.JSONField(default=dict)
    materials = models.JSONField(default=list)
    contact_name = models.TextField(default="")
    contact_phone = models.TextField(default="")
    answers = models.JSONField(default=dict)  # steps already passed
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "cases_draft"
        indexes = [models.Index(fields=["owner", "-updated_at"], name="cases_draft_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["application", "supplement"]), name="cases_draft_kind"),
            models.CheckConstraint(condition=Q(channel__in=["online", "window"]), name="cases_draft_channel"),
        ]


class Case(models.Model):
    """One row a case, for lists."""

    stream_id = models.UUIDField(primary_key=True)
    number = models.TextField(unique=True)
    phase = models.TextField()
    ending = models.TextField()
    item_code = models.TextField()
    item_version = models.IntegerField()
    channel = models.TextField()
    applicant = models.UUIDField()
    applicant_name = models.TextField()
    person = models.TextField()
    division = models.TextField()
    agency = models.TextField()
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    legal_due = models.DateField(null=True)
    promised_due = models.DateField(null=True)
    stopped = models.BooleanField()
    waits_applicant = models.BooleanField()
    rated = models.BooleanField()

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(fields=["applicant", "-submitted_at"], name="cases_case_applicant"),
            models.Index(fields=["agency", "-submitted_at"], name="cases_case_agency"),
        ]


class Task(models.Model):
    """One row a task, with all that a worktable shows, so that one index scan fills a page."""

    pk = models.CompositePrimaryKey("stream_id", "task")
    stream_id = models.UUIDField()
    task = models.TextField()
    act = models.TextField()
    role = models.TextField()
    agency = models.TextField()
    name = models.TextField()
    name_en = models.TextField()
    item_code = models.TextField()
    division = models.TextField()
    number = models.TextField()
    applicant_name = models.TextField()
    channel = models.TextField()
    opened_at = models.DateTimeField()
    due = models.DateField(null=True)
    promised_due = models.DateField(null=True)
    legal_due = models.DateField(null=True)
    stopped = models.BooleanField()
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField()
    outcome = models.TextField()

    class Meta:
        db_table = "cases_task"
        indexes = [
            models.Index(
                fields=["agency", "stopped", "due", "stream_id", "task"],
                name="cases_task_open",
                condition=Q(done_at__isnull=True),
                include=["role", "item_code"],
            ),
            models.Index(fields=["done_by", "-done_at"], name="cases_task_done", condition=Q(done_at__isnull=False)),
        ]


class BatchDraft(models.Model):
    """One application for many people, being put together: nobody's business but the owner's. Filing takes rows out of
    it; what can't be filed yet stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    owner = models.TextField()  # actor id
    principal = models.UUIDField()
    person = models.TextField()
    item_code = models.TextField()
    item_version = models.IntegerField()
    division = models.TextField()
    channel = models.TextField(default="online")
    values = models.JSONField(default=dict)  # answers given once for all
    answered = models.BooleanField(default=False)
    materials = models.JSONField(default=list)  # papers handed in once for all
    sheet = models.JSONField(default=dict)  # name, letters of the columns, notes
    contact_name = models.TextField(default="")
    contact_phone = models.TextField(default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "cases_batch_draft"
        indexes = [models.Index(fields=["owner", "-updated_at"], name="cases_batch_draft_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=["online", "window"]), name="cases_batch_draft_channel")
        ]


class BatchRow(models.Model):
    """One person of a batch draft; `batch` is set while the row is being filed, and the row goes when it is a case."""

    pk = models.CompositePrimaryKey("draft", "place")
    draft = models.UUIDField()
    place = models.IntegerField()
    row = models.IntegerField()  # in the sheet
    name = models.TextField(default="")
    number = models.TextField(default="")
    values = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    materials = models.JSONField(default=list)
    lacking = models.JSONField(default=list)  # ids of materials
    ready = models.BooleanField(default=False)
    batch = models.UUIDField(null=True)

    class Meta:
        db_table = "cases_batch_row"
        indexes = [
            models.Index(fields=["batch", "place"], name="cases_batch_row_batch", condition=Q(batch__isnull=False))
        ]


class Batch(models.Model):
    """One row a batch, for lists."""

    stream_id = models.UUIDField(primary_key=True)
    number = models.TextField(unique=True)
    draft = models.UUIDField()
    item_code = models.TextField()
    item_version = models.IntegerField()
    applicant = models.UUIDField()
    applicant_name = models.TextField()
    agency = models.TextField()
    division = models.TextField()
    opened_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    count = models.IntegerField()

    class Meta:
        db_table = "cases_batch"
        indexes = [models.Index(fields=["applicant", "-opened_at"], name="cases_batch_applicant")]


class Batched(models.Model):
    """One row a case that came in a batch: its place there."""

    stream_id = models.UUIDField(primary_key=True)
    batch = models.UUIDField()
    row = models.IntegerField()
    name = models.TextField()
    id_number = models.TextField()  # masked

    class Meta:
        db_table = "cases_batched"
        constraints = [models.UniqueConstraint(fields=["batch", "row"], name="cases_batched_place")]


class Notice(models.Model):
    """One row a public notice, for the published list."""

    pk = models.CompositePrimaryKey("stream_id", "special")
    stream_id = models.UUIDField()
    special = models.TextField()
    number = models.TextField()
    item_code = models.TextField()
    item_version = models.IntegerField()
    division = models.TextField()
    agency = models.TextField()
    title = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField()
    ended = models.BooleanField()

    class Meta:
        db_table = "cases_notice"
        indexes = [models.Index(fields=["-last_day", "stream_id"], name="cases_notice_last")]


class TableDecision(models.Model):
    """One row a case that a published table may decide, for figures and re-checks."""

    stream_id = models.UUIDField(primary_key=True)
    number = models.TextField()
    item_code = models.TextField()
    item_version = models.IntegerField()
    agency = models.TextField()
    reference = models.TextField()
    digest = models.TextField()
    outcome = models.TextField()
    left_why = models.TextField()
    asked_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    percent = models.IntegerField()
    drawn = models.BooleanField()
    recheck = models.TextField()
    rechecked_at = models.DateTimeField(null=True)
    review = models.TextField()
    review_asked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_table_decision"
        indexes = [
            models.Index(fields=["reference", "digest"], name="cases_table_decision_table"),
            models.Index(
                fields=["-rechecked_at"], name="cases_table_decision_disagree", condition=Q(recheck="disagree")
            ),
        ]


class Recused(models.Model):
    """One row for each officer who keeps out of a case."""

    pk = models.CompositePrimaryKey("stream_id", "officer")
    stream_id = models.UUIDField()
    officer = models.TextField()

    class Meta:
        db_table = "cases_recused"


class Published(models.Model):
    """One row a decision, for the public list."""

    stream_id = models.UUIDField(primary_key=True)
    number = models.TextField()
    item_code = models.TextField()
    item_version = models.IntegerField()
    outcome = models.TextField()
    holder = models.TextField()  # natural persons masked
    division = models.TextField()
    agency = models.TextField()
    decided_on = models.DateField()
    by_law = models.BooleanField()

    class Meta:
        db_table = "cases_published"
        indexes = [models.Index(fields=["-decided_on", "stream_id"], name="cases_published_day")]
