"""Sheets for anybody: guides and forms on paper. Nothing is recorded, nothing numbered, nothing sealed."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache

from tongban.contexts.documents.actions.acts import typesetter
from tongban.contexts.documents.core.prints import PaperForm, Sheet

#: Sheets a process keeps: the same words on the same day are the same bytes.
_KEPT = 32


def render_sheet(sheet: Sheet, *, at: datetime) -> bytes:
    """A guide as PDF/A-2b; `at` is the date of its creation (the item version's own moment)."""
    return _set("sheet.typ", json.dumps(asdict(sheet), ensure_ascii=False), at)


def render_form(form: PaperForm, *, at: datetime) -> bytes:
    """A form as PDF/A-2b, blank or as a sample."""
    return _set("form.typ", json.dumps(asdict(form), ensure_ascii=False), at)


@lru_cache(maxsize=_KEPT)
def _set(template: str, facts: str, at: datetime) -> bytes:
    return typesetter().pdf(template, json.loads(facts), at=at)
