"""Values of decisions by a published table, their explanation, review by a person, and samples for re-check."""

from __future__ import annotations
