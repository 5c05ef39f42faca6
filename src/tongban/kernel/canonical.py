"""Canonical JSON after RFC 8785: the one byte form of a value, which the ledger hashes.

Only what has one spelling everywhere is let in: text, whole numbers that every JSON reader holds exactly, true, false,
null, lists and objects with text keys. Fractions are refused: money is fen, limits are days.
"""

from __future__ import annotations

from typing import Final

import msgspec

#: Largest whole number that a double holds exactly (RFC 8785 §3.2.2.3, RFC 7493 §2.2).
LARGEST: Final = 2**53 - 1

#: msgspec spells numbers and escapes as RFC 8785 does, and sorts keys by code point. The RFC sorts by UTF-16 unit: the
#: two differ only for keys beyond U+D7FF, which are put in order here and encoded as they stand.
_encode_sorted = msgspec.json.Encoder(order="sorted").encode
_encode_as_is = msgspec.json.Encoder().encode


class NotCanonicalError(ValueError):
    """A value without one canonical form was about to be hashed: a fault of the caller, never of a person."""


def canonical(value: object) -> bytes:
    """The RFC 8785 bytes of `value` (str, int, bool, None, list or tuple, dict with str keys; nested at will).

    Raises `NotCanonicalError` for floats, whole numbers beyond 2^53-1, keys that are no text, lone surrogates and
    every other type.
    """
    wide = _check(value)
    try:
        return _encode_as_is(_in_utf16_order(value)) if wide else _encode_sorted(value)
    except UnicodeEncodeError as error:
        raise NotCanonicalError("text holds a lone surrogate") from error


def _check(value: object) -> bool:
    """Refuse what has no canonical form; True where some key reaches beyond U+D7FF."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return False
    if kind is int:
        if not -LARGEST <= value <= LARGEST:  # type: ignore[operator]
            raise NotCanonicalError(f"whole number beyond 2^53-1: {value}")
        return False
    wide = False
    if kind is dict:
        for key, item in value.items():  # type: ignore[attr-defined]
            if type(key) is not str:
                raise NotCanonicalError(f"key is no text: {key!r}")
            if not key.isascii() and max(key) > "\ud7ff":
                wide = True
            if _check(item):
                wide = True
        return wide
    if kind is list or kind is tuple:
        for item in value:  # type: ignore[attr-defined]
            if _check(item):
                wide = True
        return wide
    raise NotCanonicalError(f"no canonical form for {kind.__name__}: {value!r}")


def _in_utf16_order(value: object) -> object:
    if isinstance(value, dict):
        return {key: _in_utf16_order(value[key]) for key in sorted(value, key=lambda text: text.encode("utf-16-be"))}
    if isinstance(value, (list, tuple)):
        return [_in_utf16_order(item) for item in value]
    return value
