"""The one Clock port: nothing else in the product reads the time of day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Protocol

#: Official time of the People's Republic of China; legal days are counted in it.
CHINA = timezone(timedelta(hours=8), "CST")


class Clock(Protocol):
    """Answers the present moment as an aware datetime in `CHINA`."""

    def now(self) -> datetime: ...
