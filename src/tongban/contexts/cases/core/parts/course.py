"""Values of the way along the route: timers, messages, tables, rounds of reviewers, escalation."""

from __future__ import annotations
