"""Sealing values under the master key of the installation."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

FORMAT: Final = b"\x01"
_NONCE = 12
_KEY = 32
_WRAPPED = _NONCE + _KEY + 16  # nonce, data key, tag


class KeyUnavailable(RuntimeError):  # noqa: N818 - named for what the operator sees
    """The master key file is broken: nothing personal can be read or written until it is restored."""


class Tampered(ValueError):  # noqa: N818
    """A sealed value was changed, cut, or sealed under another master key."""


def seal(value: bytes) -> bytes:
    """`value` encrypted: format byte, wrapped data key, nonce, ciphertext with tag. Never the same twice."""
    data_key = os.urandom(_KEY)
    wrap_nonce, nonce = os.urandom(_NONCE), os.urandom(_NONCE)
    wrapped = AESGCM(_subkey("wrap")).encrypt(wrap_nonce, data_key, FORMAT)
    return FORMAT + wrap_nonce + wrapped + nonce + AESGCM(data_key).encrypt(nonce, value, FORMAT)


def open_(sealed: bytes) -> bytes:
    """What `seal` was given; raises `Tampered` for anything else."""
    sealed = bytes(sealed)
    body = sealed[1:]
    if sealed[:1] != FORMAT or len(body) < _WRAPPED + _NONCE + 16:
        raise Tampered("not a sealed value")
    wrap_nonce, wrapped = body[:_NONCE], body[_NONCE:_WRAPPED]
    nonce, ciphertext = body[_WRAPPED : _WRAPPED + _NONCE], body[_WRAPPED + _NONCE :]
    try:
        data_key = AESGCM(_subkey("wrap")).decrypt(wrap_nonce, wrapped, FORMAT)
        return AESGCM(data_key).decrypt(nonce, ciphertext, FORMAT)
    except InvalidTag as error:
        raise Tampered("changed, or sealed under another key") from error


def lookup_key(text: str) -> bytes:
    """32 bytes that are equal for equal text. Normalise the text first (upper case of a check letter, no spaces)."""
    return hmac.digest(_subkey("lookup"), text.encode(), hashlib.sha256)


def _subkey(purpose: str) -> bytes:
    return _derived(Path(settings.TONGBAN_DATA) / "keys" / "personal.key", purpose)


@lru_cache(maxsize=16)
def _derived(path: Path, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=b"tongban/personal/" + purpose.encode()).derive(_master(path))


def _master(path: Path) -> bytes:
    if not path.exists():
        _create(path)
    key = path.read_bytes()
    if len(key) != _KEY:
        raise KeyUnavailable(f"{path} is not a key of {_KEY} bytes; restore it from its backup")
    return key


def _create(path: Path) -> None:
    """Write a new key whole or not at all; of two processes that try at once, the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(_KEY))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
