"""Reads of the files that stand beside items."""

from __future__ import annotations

import msgspec

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core.item_files import ItemFile
from tongban.foundation.storage import FileMissingError, store
from tongban.kernel.refusals import NotFound

FILES = "files"


def item_file(code: str, name: str) -> tuple[ItemFile, bytes]:
    """A blank form or sample of item `code` and its bytes: one statement. Refuses `NotFound`."""
    body = models.Words.objects.filter(name=FILES).values_list("body", flat=True).first()
    records = msgspec.json.decode(body, type=tuple[ItemFile, ...]) if body else ()
    found = next((one for one in records if (one.item, one.name) == (code, name)), None)
    if found is None:
        raise NotFound
    try:
        return found, store().get(found.sha256)
    except FileMissingError:
        raise NotFound from None
