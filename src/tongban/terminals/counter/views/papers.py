"""Papers of a case or draft, handed out one by one to whoever may see it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries
from tongban.terminals.common.papers import file_response
from tongban.terminals.common.requests import actor
from tongban.terminals.counter.views.base import at_window


@require_safe
@at_window
def material(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A material as it was handed in."""
    return file_response(queries.material_bytes(case_id, file_id, actor=actor(request)))


@require_safe
@at_window
def scan(request: HttpRequest, draft_id: str, file_id: str) -> HttpResponse:
    """A scan of an own reception or supplement that is not filed yet."""
    return file_response(queries.draft_bytes(draft_id, file_id, actor=actor(request)))


@require_safe
@at_window
def document(request: HttpRequest, case_id: str, file_id: str) -> HttpResponse:
    """A document or licence issued in the case, to print."""
    return file_response(queries.document_bytes(case_id, file_id, actor=actor(request)))
