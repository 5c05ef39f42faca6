"""Personal columns: sealed, found again by key, and useless without the key file."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from tongban.foundation.crypto import KeyUnavailable, Tampered, lookup_key, open_, seal


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.TONGBAN_DATA = tmp_path
    return tmp_path


@given(value=st.binary(max_size=300))
@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_what_was_sealed_opens(value: bytes) -> None:
    assert open_(seal(value)) == value


def test_equal_values_look_different_sealed_and_equal_as_lookup_keys() -> None:
    assert seal(b"429901199005170013") != seal(b"429901199005170013")
    assert lookup_key("429901199005170013") == lookup_key("429901199005170013")
    assert lookup_key("429901199005170013") != lookup_key("42990119900517003X")


def test_a_change_of_any_byte_is_noticed() -> None:
    sealed = seal("李雷".encode())
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Tampered):
            open_(bytes(changed))
    with pytest.raises(Tampered):
        open_(sealed[:-1])
    with pytest.raises(Tampered):
        open_(b"")


def test_another_installation_can_neither_open_nor_look_up(settings: Any, tmp_path: Path) -> None:
    sealed, key = seal(b"x"), lookup_key("x")
    settings.TONGBAN_DATA = tmp_path / "other"
    assert lookup_key("x") != key
    with pytest.raises(Tampered):
        open_(sealed)


def test_the_key_file_is_the_owners_alone_and_made_once(data: Path) -> None:
    keys: list[bytes] = []
    threads = [threading.Thread(target=lambda: keys.append(lookup_key("x"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    path = data / "keys" / "personal.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["personal.key"]


def test_a_broken_key_file_is_named_and_never_replaced(data: Path) -> None:
    path = data / "keys" / "personal.key"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"short")
    with pytest.raises(KeyUnavailable, match=r"personal\.key"):
        seal(b"x")
    assert path.read_bytes() == b"short"
