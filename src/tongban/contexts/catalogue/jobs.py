"""What the worker does for the catalogue: versions into force and out of it on their day. Idempotent and thin."""

from __future__ import annotations

from datetime import datetime

from tongban.contexts.catalogue.actions import end_version, put_in_force
from tongban.foundation.ledger.worker import DueCall


def publish(call: DueCall, now: datetime) -> None:
    """A scheduled version comes into force."""
    put_in_force(call.stream_id, now=now, request_id=call.request_id)


def cancel(call: DueCall, now: datetime) -> None:
    """A version's last day has passed."""
    end_version(call.stream_id, now=now, request_id=call.request_id)
