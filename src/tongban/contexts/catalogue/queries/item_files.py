"""Reads of the files that stand beside items."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from tongban.contexts.catalogue import models
from tongban.contexts.catalogue.core.item_files import ItemFile
from tongban.foundation.storage import FileMissingError, store
from tongban.kernel.refusals import NotFound

FILES = "files"


def every_file(codes: Collection[str]) -> dict[str, bytes]:
    """Path in a catalogue folder -> bytes of every file beside the items `codes`. One statement."""
    return {f"items/{one.item}/files/{one.name}": store().get(one.sha256) for one in _records() if one.item in codes}


def _records() -> tuple[ItemFile, ...]:
    body = models.Words.objects.filter(name=FILES).values_list("body", flat=True).first()
    return msgspec.json.decode(body, type=tuple[ItemFile, ...]) if body else ()


def item_file(code: str, name: str) -> tuple[ItemFile, bytes]:
    """A blank form or sample of item `code` and its bytes: one statement. Refuses `NotFound`."""
    found = next((one for one in _records() if (one.item, one.name) == (code, name)), None)
    if found is None:
        raise NotFound
    try:
        return found, store().get(found.sha256)
    except FileMissingError:
        raise NotFound from None
