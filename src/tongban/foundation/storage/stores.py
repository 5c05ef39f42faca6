"""The port `FileStore`, its adapter on disk, and the fake that keeps files in memory."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Protocol

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileMissingError(Exception):
    """No file of this digest, or its content no longer has it."""


class FileStore(Protocol):
    """Keeps bytes under their SHA-256."""

    def put(self, data: bytes) -> str:
        """Keeps `data` for good before it returns; returns its SHA-256 in hexadecimal. Putting it again is free."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes of this digest. Raises `FileMissingError` when there are none or they were changed on disk."""
        ...

    def has(self, sha256: str) -> bool:
        """Whether a file of this digest is kept (its content is not read)."""
        ...


class DiskStore:
    """Files under `root`/ab/cd/abcd…, written to a temporary file, flushed, then renamed: whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if path.exists() and self._whole(path, digest):
            return digest
        folder = path.parent
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for made in (folder.parent, self._root):
                _flush_folder(made)
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o400)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _flush_folder(folder)
        return digest

    def get(self, sha256: str) -> bytes:
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise FileMissingError(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileMissingError(f"{sha256}: content changed on disk")
        return data

    def has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def _path(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise FileMissingError(f"not a digest: {digest[:80]!r}")
        return self._root / digest[:2] / digest[2:4] / digest

    @staticmethod
    def _whole(path: Path, digest: str) -> bool:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest


class MemoryStore:
    """The fake: the same promises without a disk."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._files[digest] = bytes(data)
        return digest

    def get(self, sha256: str) -> bytes:
        try:
            return self._files[sha256]
        except KeyError as error:
            raise FileMissingError(sha256) from error

    def has(self, sha256: str) -> bool:
        return sha256 in self._files


_chosen: FileStore | None = None


def use(chosen: FileStore | None) -> None:
    """Wiring and tests choose the store of this process; None forgets the choice."""
    global _chosen  # noqa: PLW0603 - one store per process, chosen once
    _chosen = chosen


def store() -> FileStore:
    """The store of this process: the chosen one, else `<data>/files` of the settings."""
    if _chosen is None:
        from django.conf import settings

        use(DiskStore(Path(settings.TONGBAN_DATA) / "files"))
    assert _chosen is not None
    return _chosen


def _flush_folder(folder: Path) -> None:
    """A new name is only safe when its folder is on disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
