"""The file store: both implementations keep the same promises; the disk one also survives what happens to disks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tongban.foundation.storage import DiskStore, FileMissingError, FileStore, MemoryStore


@pytest.fixture(params=["disk", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return DiskStore(tmp_path / "files") if request.param == "disk" else MemoryStore()


def test_a_file_is_named_by_its_content(files: FileStore) -> None:
    digest = files.put(b"one page")
    assert digest == hashlib.sha256(b"one page").hexdigest()
    assert files.get(digest) == b"one page"
    assert files.has(digest)


def test_the_same_content_is_kept_once(files: FileStore) -> None:
    assert files.put(b"x" * 5000) == files.put(b"x" * 5000)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "/.."])
def test_what_is_not_kept_or_no_digest_is_missing(files: FileStore, name: str) -> None:
    with pytest.raises(FileMissingError):
        files.get(name)


def test_a_file_changed_on_disk_no_longer_answers(tmp_path: Path) -> None:
    files = DiskStore(tmp_path)
    digest = files.put(b"the decision")
    path = tmp_path / digest[:2] / digest[2:4] / digest
    path.chmod(0o600)
    path.write_bytes(b"another decision")
    with pytest.raises(FileMissingError):
        files.get(digest)
    # Bringing the true content again mends it.
    assert files.put(b"the decision") == digest
    assert files.get(digest) == b"the decision"


def test_a_broken_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = DiskStore(tmp_path)

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        files.put(b"half")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
    assert not files.has(hashlib.sha256(b"half").hexdigest())


def test_files_are_for_the_owner_of_the_process_only(tmp_path: Path) -> None:
    digest = DiskStore(tmp_path / "files").put(b"personal")
    path = tmp_path / "files" / digest[:2] / digest[2:4] / digest
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.stat().st_mode & 0o077 == 0
