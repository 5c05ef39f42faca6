"""The bytes of a log, unpacked where it is packed, never more of them than a log has."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from tongban.contexts.process.core.replay.refusals import LogPackedTooTight, LogTooLarge, LogTruncated, LogUnreadable

LARGEST: Final = 1024**3  # bytes, unpacked
PIECE: Final = 64 * 1024
#: Real logs pack 10 to 60 times; above `FREE` bytes nothing may unpack to more than so many times.
TIGHTEST: Final = 200
FREE: Final = 16 * 1024**2
_GZIP: Final = b"\x1f\x8b"


def unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """`pieces` as they are, or unpacked when they are gzip (told by the first bytes, not by a name).

    Refuses `LogTooLarge` above `LARGEST` bytes, `LogPackedTooTight`, `LogTruncated` and `LogUnreadable`.
    """
    source = iter(pieces)
    head = b""
    while len(head) < len(_GZIP):
        more = next(source, b"")
        if not more:
            break
        head += more
    inside = _gunzipped(head, source) if head.startswith(_GZIP) else _plain(head, source)
    total = 0
    for piece in inside:
        total += len(piece)
        if total > LARGEST:
            raise LogTooLarge(0, limit=f"{LARGEST // 1024**2} MB")
        yield piece


def _plain(head: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest


def _gunzipped(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    packed = total = 0
    member = zlib.decompressobj(wbits=31)
    data = head
    try:
        while data:
            if member.eof:
                member = zlib.decompressobj(wbits=31)
            packed += len(data)
            full = True
            while data or full:  # a full piece may leave some of it inside zlib
                piece = member.decompress(data, PIECE)
                full = len(piece) == PIECE
                total += len(piece)
                if total > FREE and total > TIGHTEST * packed:
                    raise LogPackedTooTight(0, limit=TIGHTEST)
                if piece:
                    yield piece
                data = member.unconsumed_tail
                if member.eof:
                    full, data = False, member.unused_data.lstrip(b"\0")  # padding between members
                    member = zlib.decompressobj(wbits=31) if data else member
            data = next(rest, b"")
    except zlib.error:
        raise LogUnreadable(0) from None
    if not member.eof:
        raise LogTruncated(0)
