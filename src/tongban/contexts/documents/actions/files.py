"""Taking files in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from tongban.contexts.documents.core import files
from tongban.contexts.documents.core.files import StoredFile
from tongban.contexts.documents.models import File
from tongban.contexts.documents.queries import file_of
from tongban.foundation.storage import store


def store_file(
    *, data: bytes, filename: str, accepts: Sequence[str], max_bytes: int, owner: str, now: datetime
) -> StoredFile:
    """Keep a file that somebody brought. `accepts` holds "pdf", "jpeg", "png"; `owner` is the actor's id.

    What it is is read from its content; its name is cleaned and never becomes a path. Refuses `FileEmpty`,
    `FileTooLarge`, `FileTypeRefused`, `FileDamaged`. Records one row; the bytes are on disk before the row is.
    """
    kind, name = files.accept(data, filename, accepts, max_bytes)
    return keep(data, media_type=files.MEDIA_TYPES[kind], filename=name, owner=owner, now=now)


def keep(data: bytes, *, media_type: str, filename: str, owner: str, now: datetime) -> StoredFile:
    """Keep bytes whose type is known, as those this platform made itself."""
    row = File.objects.create(
        id=uuid.uuid4(),
        sha256=store().put(data),
        media_type=media_type,
        size=len(data),
        filename=filename,
        owner=owner,
        created_at=now,
    )
    return file_of(row)
