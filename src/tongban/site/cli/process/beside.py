"""A DMN file from the command line, and the files beside it that it imports."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_LARGEST: Final = 8_000_000  # bytes; what is larger is no model that could be imported


def read_with_imports(path: Path) -> tuple[bytes, list[bytes]]:
    """The file, and those .dmn files beside it that it imports, also by way of others.

    What else lies in the folder is not read as a model: its faults are not those of this file. Raises `OSError`
    where the file itself cannot be read; refuses `ModelRefused` where it is no model.
    """
    from tongban.contexts.process.core.dmn.reader import read_model
    from tongban.contexts.process.core.dmn.refusals import ModelRefused

    content = path.read_bytes()
    if b"import" not in content:
        return content, []
    wanted = {one.namespace for one in read_model(content).imports}
    models = []
    for other in sorted(path.parent.glob("*.dmn")):
        try:
            if other.samefile(path) or not other.is_file() or other.stat().st_size > _LARGEST:
                continue
            raw = other.read_bytes()
            models.append((read_model(raw), raw))
        except (OSError, ModelRefused):
            continue
    found: list[bytes] = []
    while reached := [pair for pair in models if pair[0].namespace in wanted and pair[1] not in found]:
        for model, raw in reached:
            found.append(raw)
            wanted |= {one.namespace for one in model.imports}
    return content, found
