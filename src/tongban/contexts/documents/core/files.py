"""Files as they come in: what they really are, how large they may be, what they are called."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import Image

from tongban.kernel.refusals import N_, Refusal

#: Short names used in the catalogue, and what they mean on the wire.
MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
#: A photograph of a page needs 10 million points, the largest phone camera makes 200; beyond that it is a bomb.
MAX_POINTS = 200_000_000
MAX_NAME = 120
UNKNOWN_FORMAT = N_("认不出的格式")


@dataclass(frozen=True)
class StoredFile:
    """A file the store holds. `media_type` was read from its content, never from its name."""

    id: str
    sha256: str
    media_type: str
    size: int
    filename: str
    owner: str = ""  # actor id of who brought it
    created_at: datetime | None = None


class FileEmpty(Refusal):
    code = "file_empty"
    message = N_("文件“%(filename)s”是空的。请检查文件以后重新上传。")


class FileTooLarge(Refusal):
    """`limit_mib` is the limit in MiB, as text."""

    code = "file_too_large"
    message = N_("文件“%(filename)s”有 %(size_mib)s MB，最多可以上传 %(limit_mib)s MB。请压缩或者分开上传。")
    status = 413


class FileTypeRefused(Refusal):
    code = "file_type_refused"
    message = N_("文件“%(filename)s”的内容（%(found)s）不能收，这里可以上传 %(accepted)s。请另存为可以上传的格式。")
    status = 415


class FileDamaged(Refusal):
    code = "file_damaged"
    message = N_("文件“%(filename)s”打不开，可能已经损坏。请检查以后重新上传。")


class UndecodableError(Exception):
    """The header promises a picture or a PDF that the content does not keep."""


def clean_name(name: str) -> str:
    """A name fit to show and to offer for download: no path, no control or bidirectional signs, at most 120 signs."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(c for c in text if unicodedata.category(c)[0] != "C")
    text = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", text)).strip(" .")
    if len(text) > MAX_NAME:
        stem, dot, ext = text.rpartition(".")
        text = f"{stem[: MAX_NAME - 1 - len(ext)]}.{ext}" if dot and len(ext) <= 8 else text[:MAX_NAME]
    return text or "文件"


def sniff(data: bytes) -> str:
    """What `data` is by its content: "pdf", "jpeg", "png", or a customary name of what it looks like ("" = unknown).

    Raises `UndecodableError` when a PDF lacks its end or a picture does not decode.
    """
    if data[:1024].lstrip(b"\xef\xbb\xbf\x00\t\r\n ").startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _picture(data, "JPEG", "jpeg")
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _picture(data, "PNG", "png")
    return _looks_like(data)


def accept(data: bytes, filename: str, accepts: Sequence[str], max_bytes: int) -> tuple[str, str]:
    """The short type and the clean name of a file that may be taken in.

    Refuses `FileEmpty`, `FileTooLarge`, `FileTypeRefused`, `FileDamaged`.
    """
    name = clean_name(filename)
    if not data:
        raise FileEmpty(filename=name)
    if len(data) > max_bytes:
        raise too_large(name, len(data), max_bytes)
    try:
        kind = sniff(data)
    except UndecodableError as error:
        raise FileDamaged(filename=name) from error
    if kind not in accepts:
        raise FileTypeRefused(filename=name, found=_shown(kind), accepted=" / ".join(_shown(a) for a in accepts))
    return kind, name


def too_large(filename: str, size: int, max_bytes: int) -> FileTooLarge:
    """The refusal of a file of `size` bytes where `max_bytes` are allowed; for whoever knows the size beforehand."""
    return FileTooLarge(filename=clean_name(filename), size_mib=_mib(size), limit_mib=_mib(max_bytes))


def _pdf(data: bytes) -> str:
    tail = data[-2048:]
    if b"%%EOF" not in tail or b"startxref" not in tail or b"obj" not in data:
        raise UndecodableError("pdf without trailer")
    return "pdf"


def _picture(data: bytes, expected: str, kind: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=[expected]) as image:
                if image.width * image.height > MAX_POINTS:
                    raise UndecodableError("too many points")
                # A large picture is decoded small: the JPEG decoder can, and the rest of the check is the same.
                image.draft("RGB", (512, 512))
                image.load()
    except UndecodableError:
        raise
    except Exception as error:  # Pillow raises whatever its decoders meet in a hostile file
        raise UndecodableError(str(error)) from error
    return kind


def _looks_like(data: bytes) -> str:
    marks = (
        (b"PK\x03\x04", "ZIP/Office"), (b"\xd0\xcf\x11\xe0", "Office"), (b"MZ", "EXE"), (b"\x7fELF", "ELF"),
        (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"),
        (b"7z\xbc\xaf", "7-Zip"), (b"\x1f\x8b", "GZIP"),
    )  # fmt: skip
    for mark, name in marks:
        if data.startswith(mark):
            return name
    if data[8:12] == b"WEBP":
        return "WebP"
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "HEIC"
    head = data[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<script")):
        return "HTML"
    return "SVG/XML" if head.startswith((b"<?xml", b"<svg")) else ""


def _shown(kind: str) -> str:
    return {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG", "": UNKNOWN_FORMAT}.get(kind, kind)


def _mib(size: int) -> str:
    tenths = (size * 10 + (1 << 20) - 1) // (1 << 20)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"
