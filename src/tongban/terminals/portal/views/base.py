"""What the portal's views share."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from tongban.contexts.documents.core import StoredFile
from tongban.contexts.documents.core.files import too_large
from tongban.contexts.parties.core import Actor
from tongban.foundation import time
from tongban.kernel.clock import CHINA

#: No material of any item may be larger (the catalogue's own limits are below it).
MOST_BYTES = 100 * 1024 * 1024
_REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}")


def now() -> datetime:
    """The moment of this request."""
    return time.now()


def today() -> date:
    """Today in official time."""
    return time.now().astimezone(CHINA).date()


def actor(request: HttpRequest) -> Actor:
    """Whoever asks; behind `citizen_required` a plain value."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def new_request_id() -> str:
    """Written into a form when it is shown, so that posting it twice does it once."""
    return str(uuid.uuid4())


def request_id(request: HttpRequest) -> str:
    """The form's request id; a form without one gets a fresh one and so no protection against repeats."""
    given = request.POST.get("request_id", "")
    return given if _REQUEST_ID.fullmatch(given) else new_request_id()


def page(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page that is nobody else's: never kept by a browser or a proxy."""
    response = render(request, template, dict(context), status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def uploads(request: HttpRequest) -> Iterator[tuple[str, str, bytes]]:
    """The files of a form whose controls are called "file-<material>": material, file name, bytes.

    Refuses FileTooLarge for what no material takes, before it is read into memory.
    """
    for name, file in request.FILES.items():
        if isinstance(file, UploadedFile) and name.startswith("file-"):
            if (file.size or 0) > MOST_BYTES:
                raise too_large(file.name or "", file.size or 0, MOST_BYTES)
            yield name.removeprefix("file-"), file.name or "", file.read()


def file_response(found: tuple[StoredFile, bytes], *, inline: bool = True) -> HttpResponse:
    """Bytes of a case, with a type that was read from the content and never guessed by the browser."""
    stored, data = found
    response = HttpResponse(data, content_type=stored.media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, stored.filename) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
    return response
