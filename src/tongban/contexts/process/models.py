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
