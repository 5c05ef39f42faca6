"""Composition: which adapter stands behind which port. The only place that knows both sides."""

from __future__ import annotations

from django.conf import settings

from tongban.foundation import time
from tongban.integrations.clock import MovableClock, RealClock
from tongban.kernel.clock import Clock


def wire() -> None:
    """Connect everything, once per process, when Django is ready."""
    time.set_clock(clock())


def clock() -> Clock:
    """The clock of this installation."""
    return MovableClock(settings.TONGBAN_DATA / "clock") if settings.TONGBAN_CLOCK == "movable" else RealClock()
