"""Batches: put together in a draft, filed as many cases, acted on together."""

from __future__ import annotations

from .drafts import adopt_batch_version, discard_batch, save_common, start_batch
from .filing import continue_filing, file_batch
from .papers import attach_for_all, remove_for_all, take_archive
from .sheets import take_sheet
from .together import accept_together, grant_together, opine_together

__all__ = [
    "accept_together",
    "adopt_batch_version",
    "attach_for_all",
    "continue_filing",
    "discard_batch",
    "file_batch",
    "grant_together",
    "opine_together",
    "remove_for_all",
    "save_common",
    "start_batch",
    "take_archive",
    "take_sheet",
]
