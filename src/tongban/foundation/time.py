"""The present moment, from the one clock that the wiring set.

Only terminals, jobs and commands call `now()`; actions take the moment as an argument, so that everything one request
does happens at one time, and so that a rule can be tried on any day.
"""

from __future__ import annotations

from datetime import datetime

from tongban.kernel.clock import Clock

_clock: Clock | None = None


def set_clock(clock: Clock) -> Clock | None:
    """Make `clock` the clock of this process; returns the one before it."""
    global _clock
    before, _clock = _clock, clock
    return before


def now() -> datetime:
    """The present moment in official time (UTC+8)."""
    if _clock is None:
        raise RuntimeError("no clock is wired: call django.setup(), or set_clock() in a test")
    return _clock.now()
