"""Keep the files that stand beside items: the bytes under their digest, the record with the lists."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tongban.contexts.catalogue.core.item_files import ItemFile, media_type_of
from tongban.foundation.storage import store
from tongban.kernel.canonical import canonical


def keep_item_files(path: Path) -> bytes:
    """Store every file of items/<CODE>/files/ under `path`; answers their records as one canonical text.

    Refuses `ItemFileRefused`. Bytes that were there before are kept once more at no cost.
    """
    found: list[ItemFile] = []
    for file in sorted(one for one in path.glob("items/*/files/*") if one.is_file()):
        data = file.read_bytes()
        relative = str(file.relative_to(path))
        media_type = media_type_of(relative, data)
        found.append(ItemFile(file.parts[-3], file.name, media_type, store().put(data), len(data)))
    return canonical(msgspec.to_builtins(found))
