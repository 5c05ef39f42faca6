"""The calendar's read table. Only the ledger writes it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CalendarYear(models.Model):
    """One year's exceptions from "Monday to Friday are worked"."""

    stream_id = models.TextField(primary_key=True)
    year = models.SmallIntegerField(unique=True)
    rest = ArrayField(models.DateField())
    work = ArrayField(models.DateField())
    provisional = models.BooleanField()
    source = models.TextField()

    class Meta:
        db_table = "process_calendar_year"
        constraints = [
            models.CheckConstraint(condition=models.Q(year__gte=2000, year__lte=2999), name="calendar_year_range"),
            models.CheckConstraint(
                condition=models.Q(provisional=True) | ~models.Q(source=""), name="calendar_year_source"
            ),
        ]


class HistoryLog(models.Model):
    """An event log of elsewhere with the route it was played on: read-only, by trigger."""

    name = models.CharField(primary_key=True, max_length=60)
    title = models.TextField()
    source = models.TextField()
    route_id = models.TextField()
    route_xml = models.TextField()
    cases = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    first = models.DateTimeField()
    last = models.DateTimeField()
    figures = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.TextField()

    class Meta:
        db_table = "process_history_log"


class HistoryCase(models.Model):
    """One case of such a log."""

    id = models.BigAutoField(primary_key=True)
    log = models.ForeignKey(HistoryLog, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    case = models.TextField()
    start = models.DateTimeField()
    end = models.DateTimeField()
    days = models.PositiveIntegerField()
    workdays = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    fitness = models.FloatField()
    kinds = ArrayField(models.TextField())  # of its deviations
    deviations = models.JSONField()
    course = models.JSONField()
    flows = models.JSONField()

    class Meta:
        db_table = "process_history_case"
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="process_history_case_once")]
        indexes = [models.Index(fields=["log", "-workdays", "number"], name="process_history_longest")]
