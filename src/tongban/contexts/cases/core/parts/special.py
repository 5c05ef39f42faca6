"""Values of special procedures."""

from __future__ import annotations
