"""Values of fair procedure."""

from __future__ import annotations
