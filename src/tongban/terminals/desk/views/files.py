"""Papers of a case, handed out one by one to whoever may see the case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tongban.contexts.cases import queries
from tongban.terminals.common.papers import file_response
from tongban.terminals.common.requests import actor
from tongban.terminals.desk.access import at_desk


@require_safe
@at_desk()
def material(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A material as it was handed in."""
    return file_response(queries.material_bytes(str(case_id), str(file_id), actor=actor(request)))


@require_safe
@at_desk()
def document(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A document or licence issued in the case."""
    return file_response(queries.document_bytes(str(case_id), str(file_id), actor=actor(request)))
