"""Files beside an item, items/<CODE>/files/: blank forms and samples. What they may be, and their record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tongban.kernel.refusals import N_, Refusal

#: Ending -> media type and the bytes such a file begins with.
KINDS: Final = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
}
MOST_BYTES: Final = 10 * 1024 * 1024
_NAME = re.compile(r"[\w.()（）-]{1,120}")


class ItemFileRefused(Refusal):
    """A file beside an item is not what its name says, too large, or oddly named: nothing is loaded."""

    code = "item_file_refused"
    message = N_("文件 %(file)s 不能用：只收 PDF、PNG、JPG、DOCX 和 XLSX，不超过 10 MB，内容要与后缀一致。")


@dataclass(frozen=True)
class ItemFile:
    """The record of one file: whose it is, what it is called, and the digest its bytes are kept under."""

    item: str
    name: str
    media_type: str
    sha256: str
    size: int


def media_type_of(path: str, data: bytes) -> str:
    """The media type of a file by its ending, checked against how it begins. Refuses `ItemFileRefused`."""
    name = path.rsplit("/", 1)[-1]
    ending = f".{name.rpartition('.')[2].lower()}"
    kind = KINDS.get(ending.replace(".jpeg", ".jpg"))
    if kind is None or not _NAME.fullmatch(name) or not 0 < len(data) <= MOST_BYTES or not data.startswith(kind[1]):
        raise ItemFileRefused(file=path)
    return kind[0]
