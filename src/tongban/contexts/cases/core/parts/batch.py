"""Values of cases that came in one batch."""

from __future__ import annotations
