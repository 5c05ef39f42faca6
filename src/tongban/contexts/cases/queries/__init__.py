"""Reads, each scoped by the actor: what somebody may not see is not found."""

from __future__ import annotations

from .cases import case, case_lines, document_bytes, find_cases, material_bytes, my_cases, open_by_version, progress
from .drafts import draft, draft_bytes, drafts
from .worktables import COUNT_CAP, PAGE, done_by, worktable

__all__ = [
    "COUNT_CAP",
    "PAGE",
    "case",
    "case_lines",
    "document_bytes",
    "done_by",
    "draft",
    "draft_bytes",
    "drafts",
    "find_cases",
    "material_bytes",
    "my_cases",
    "open_by_version",
    "progress",
    "worktable",
]
