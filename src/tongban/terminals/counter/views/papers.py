"""Papers of a case, handed out one by one to whoever may see the case, and kept by no cache on the way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries
from tongban.contexts.documents.core.files import StoredFile
from tongban.terminals.counter.views.base import actor, at_window

#: Types a browser shows by itself; anything else is saved.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png"})


@require_safe
@at_window
def material(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A material as it was handed in."""
    return _answer(*queries.material_bytes(case_id, file_id, actor=actor(request)))


@require_safe
@at_window
def document(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A document or licence issued in the case, to print."""
    return _answer(*queries.document_bytes(case_id, file_id, actor=actor(request)))


def _answer(stored: StoredFile, data: bytes) -> HttpResponse:
    shown = stored.media_type in SHOWN
    answer = HttpResponse(data, content_type=stored.media_type if shown else "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(not shown, stored.filename) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
