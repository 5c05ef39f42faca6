"""Clocks: the real one of installations, and the movable one of the demo and `walk`."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from tongban.kernel.clock import CHINA


class RealClock:
    """The machine's clock in official time."""

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(CHINA)


class MovableClock:
    """The real clock plus an offset that stands in a file, so that all processes of a city see the same moment.

    The file holds seconds as an integer. Its state is asked of the file system at most every `fresh` seconds.
    """

    def __init__(self, file: Path, *, fresh: float = 0.05) -> None:
        self._file = file
        self._fresh = fresh
        self._looked = -1.0
        self._stamp: tuple[int, int] | None = None
        self._offset = timedelta()

    def now(self) -> datetime:
        """The moved moment."""
        return datetime.now(CHINA) + self.offset()

    def offset(self) -> timedelta:
        """How far the clock is moved, e.g. timedelta(days=3)."""
        at = time.monotonic()
        if at - self._looked >= self._fresh:
            self._looked = at
            self._read()
        return self._offset

    def advance(self, by: timedelta) -> datetime:
        """Move the clock by `by`; time never runs backwards here. Returns the new moment."""
        if by < timedelta():
            raise ValueError("a city's clock only moves forward: the ledger's times do not go back")
        return self._write(self.offset() + by)

    def start_at(self, moment: datetime) -> datetime:
        """Set the clock to `moment` (aware). For a new city: what is recorded later must not be earlier."""
        return self._write(moment - datetime.now(CHINA))

    def _read(self) -> None:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            self._stamp, self._offset = None, timedelta()
            return
        stamp = (found.st_mtime_ns, found.st_ino)
        if stamp != self._stamp:
            self._offset = timedelta(seconds=int(self._file.read_text("ascii").strip() or "0"))
            self._stamp = stamp

    def _write(self, offset: timedelta) -> datetime:
        draft = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        draft.write_text(f"{round(offset.total_seconds())}\n", "ascii")
        draft.rename(self._file)
        self._looked = -1.0
        return self.now()
