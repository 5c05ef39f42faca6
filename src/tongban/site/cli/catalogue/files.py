"""Reading what an operator names, and writing an export: faults of the file system are told as refusals."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tongban.kernel.refusals import N_, Refusal


class FileUnreadable(Refusal):
    """The named file is not there or can't be read."""

    code = "file_unreadable"
    message = N_("读不了文件 %(path)s：%(reason)s。请核对路径和权限。")


class FolderUnwritable(Refusal):
    """The named folder can't be written."""

    code = "folder_unwritable"
    message = N_("写不了文件夹 %(path)s：%(reason)s。请换一个文件夹，或核对权限。")


def read(path: str) -> bytes:
    """The bytes of a file. Refuses `FileUnreadable`."""
    try:
        return Path(path).read_bytes()
    except OSError as fault:
        raise FileUnreadable(path=path, reason=fault.strerror or "") from fault


def write(folder: str, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write the files under `folder`, made where it lacks; what is there under another name stays.

    Each file is put in its place whole. Gives the paths written, in order. Refuses `FolderUnwritable`.
    """
    top = Path(os.path.abspath(folder))
    try:
        for name, body in files.items():
            place = top / name
            place.parent.mkdir(parents=True, exist_ok=True)
            half = place.with_name(f".{place.name}.part")
            half.write_bytes(body)
            half.replace(place)
    except OSError as fault:
        raise FolderUnwritable(path=str(top), reason=fault.strerror or "") from fault
    return tuple(sorted(files))
