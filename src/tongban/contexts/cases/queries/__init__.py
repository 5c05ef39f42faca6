"""Reads, each scoped by the actor: what somebody may not see is not found."""

from __future__ import annotations

from .batch import (
    batch,
    batch_document,
    batch_draft,
    batch_drafts,
    batch_file,
    batch_rows,
    batches,
    in_batches,
    licence_papers,
    rows_to_mend,
)
from .cases import case, case_lines, document_bytes, find_cases, material_bytes, my_cases, open_by_version, progress
from .drafts import draft, draft_bytes, drafts
from .notices import NoticeLine, NoticeView, notice, notice_bytes, notices, special_bytes
from .openness import numbered
from .published import PublishedDecision, published_decisions, published_items
from .rechecks import Disagreement, TableFigures, disagreements, may_see_tables, table_figures
from .recusals import officers_of_case
from .worktables import COUNT_CAP, PAGE, done_by, worktable

__all__ = [
    "COUNT_CAP",
    "PAGE",
    "Disagreement",
    "NoticeLine",
    "NoticeView",
    "PublishedDecision",
    "TableFigures",
    "batch",
    "batch_document",
    "batch_draft",
    "batch_drafts",
    "batch_file",
    "batch_rows",
    "batches",
    "case",
    "case_lines",
    "disagreements",
    "document_bytes",
    "done_by",
    "draft",
    "draft_bytes",
    "drafts",
    "find_cases",
    "in_batches",
    "licence_papers",
    "material_bytes",
    "may_see_tables",
    "my_cases",
    "notice",
    "notice_bytes",
    "notices",
    "numbered",
    "officers_of_case",
    "open_by_version",
    "progress",
    "published_decisions",
    "published_items",
    "rows_to_mend",
    "special_bytes",
    "table_figures",
    "worktable",
]
