"""Papers of a case, handed out one by one to whoever may see the case, and kept by no cache on the way."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries
from tongban.contexts.documents.core.files import StoredFile
from tongban.terminals.desk.access import at_desk

#: A file somebody brought runs nothing and loads nothing, whatever is in it.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
#: Types a browser shows by itself; anything else is saved.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})


@require_safe
@at_desk()
def material(request: HttpRequest, case_id: UUID, file_id: str) -> HttpResponse:
    """A material as it was handed in."""
    return _answer(*queries.material_bytes(str(case_id), file_id, actor=request.actor))  # type: ignore[attr-defined]


@require_safe
@at_desk()
def document(request: HttpRequest, case_id: UUID, file_id: str) -> HttpResponse:
    """A document or licence issued in the case."""
    return _answer(*queries.document_bytes(str(case_id), file_id, actor=request.actor))  # type: ignore[attr-defined]


def _answer(stored: StoredFile, data: bytes) -> HttpResponse:
    shown = stored.media_type in SHOWN
    answer = HttpResponse(data, content_type=stored.media_type if shown else "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(not shown, stored.filename) or "inline"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = FILE_POLICY
    return answer
