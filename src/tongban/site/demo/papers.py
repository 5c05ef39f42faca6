"""Stand-ins for the papers that demo applicants upload: a real PDF page that says what it stands for."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from tongban.foundation.pdf import Typesetter
from tongban.kernel.clock import CHINA

_TYPESETTER = Typesetter(Path(__file__).parent)


@lru_cache(maxsize=64)
def sketch(title: str, holder: str) -> bytes:
    """One page with a title and a frame, as PDF."""
    return _TYPESETTER.pdf("sketch.typ", {"title": title, "holder": holder}, at=datetime(2026, 1, 1, tzinfo=CHINA))
