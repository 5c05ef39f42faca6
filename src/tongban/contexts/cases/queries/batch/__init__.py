"""Batches, drafted and filed; each scoped by the actor."""

from __future__ import annotations

from .batches import batch, batch_document, batches, in_batches, licence_papers
from .drafts import batch_draft, batch_drafts, batch_file, batch_rows, rows_to_mend

__all__ = [
    "batch",
    "batch_document",
    "batch_draft",
    "batch_drafts",
    "batch_file",
    "batch_rows",
    "batches",
    "in_batches",
    "licence_papers",
    "rows_to_mend",
]
