"""Files on their way in and out: scans into a draft, papers of a case to whoever may see them."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from tongban.contexts.cases import actions
from tongban.contexts.documents.core.files import StoredFile, too_large
from tongban.contexts.parties.core import Actor
from tongban.foundation.i18n import say
from tongban.kernel.refusals import NotAllowed, NotFound, Refusal

#: No material of any item may be larger (the catalogue's own limits are below it).
MOST_BYTES = 100 * 1024 * 1024
#: A file somebody brought runs nothing and loads nothing, whatever is in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
#: Types a browser shows by itself, and what is added to their policy; anything else is saved. Browsers show no PDF in
#: a sandbox.
SHOWN = {"application/pdf": "", "image/jpeg": "; sandbox", "image/png": "; sandbox"}


def file_response(found: tuple[StoredFile, bytes]) -> HttpResponse:
    """The bytes of a paper, of the type that was read from its content, kept by no cache on the way."""
    stored, data = found
    shown = stored.media_type in SHOWN
    answer = HttpResponse(data, content_type=stored.media_type if shown else "application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(not shown, stored.filename) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = POLICY + SHOWN.get(stored.media_type, "; sandbox")
    return answer


def keep_files(request: HttpRequest, draft_id: str, *, actor: Actor, now: datetime) -> dict[str, str]:
    """Store every file of a form in the draft, or take one out; what was refused and why, by material.

    Controls: `file-<material>`, `seen-<material>` (compared with the original), `remove` = material. Raises NotFound
    and NotAllowed, for which there is no page to show them on.
    """
    refused = {}
    if gone := request.POST.get("remove", ""):
        actions.remove_material(draft_id=draft_id, material_id=gone, actor=actor, now=now)
    for name, file in request.FILES.items():
        if not isinstance(file, UploadedFile) or not name.startswith("file-"):
            continue
        material = name.removeprefix("file-")
        try:
            actions.attach_material(
                draft_id=draft_id, material_id=material, data=whole(file), filename=file.name or "",
                original_seen=f"seen-{material}" in request.POST, actor=actor, now=now,
            )  # fmt: skip
        except (NotFound, NotAllowed):
            raise
        except Refusal as refusal:
            refused[material] = say(refusal)
    return refused


def whole(file: UploadedFile[bytes]) -> bytes:
    """The whole file. Refuses FileTooLarge for what no material takes, before it is read into memory."""
    if (file.size or 0) > MOST_BYTES:
        raise too_large(file.name or "", file.size or 0, MOST_BYTES)
    return bytes(file.read())
