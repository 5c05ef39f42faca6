"""The way along the route: timers, messages, tables, rounds of reviewers, escalation."""
